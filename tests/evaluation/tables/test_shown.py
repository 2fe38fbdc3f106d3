"""What may be shown: masked, worded, and never more than people said."""

from dataclasses import replace

import pandas as pd
import pytest

from toolkit import Evaluation
from toolkit.evaluation import Rater, Wave
from toolkit.ratings import Rating

FIGURES = ["n", "dont_know", "not_applicable", "skipped", "low", "high", "top", "agreement"]


@pytest.fixture
def people(opened):
    """Give one line's answers, one a person: `people("CV1", [3, 4, "dont_know"])`."""

    def give(indicator, answers, *, first=0, group="", wave="r1", **more):
        for i, answer in enumerate(answers, start=first):
            said = {"status": answer} if isinstance(answer, str) else {"value": answer}
            opened.know(Rater(f"p{i}", "", group))
            opened._store.append([rating(indicator, rater=f"p{i}", wave=wave, **said, **more)])

    return give


def rating(indicator, **fields):
    usual = {"instrument": "four_conditions", "version": 1, "scale": "rooted5"}
    return Rating(indicator=indicator, **{**usual, **fields})


def row(frame, indicator, group="all"):
    found = frame[(frame["indicator"] == indicator) & (frame["group"] == group)]
    assert len(found) == 1
    return found.iloc[0]


def condition(frame, code, group="all"):
    found = frame[(frame["condition"] == code) & (frame["group"] == group)]
    assert len(found) == 1
    return found.iloc[0]


def steps(frame):
    return [name for name in frame.index if name.startswith("step_")]


def test_fewer_than_five_people_are_masked_entirely(opened, people):
    people("CV1", [3, 4, 4, 5])
    line = row(opened.summary(), "CV1")
    assert line["shown"] == "nothing"
    assert line[[*FIGURES, "reading"]].isna().all()
    counts = row(opened.counts(), "CV1")
    assert counts[steps(counts)].isna().all()


def test_dont_know_does_not_help_to_reach_the_minimum(opened, people):
    people("CV1", [3, 4, 4, 5, "dont_know", "dont_know", "not_applicable"])
    assert row(opened.summary(), "CV1")["shown"] == "nothing"


def test_from_five_a_statistic_is_shown_and_from_eight_the_counts(opened, people):
    people("CV1", [3, 4, 4, 5, 5])
    line, counts = row(opened.summary(), "CV1"), row(opened.counts(), "CV1")
    assert (line["shown"], line["low"], line["n"]) == ("statistic", 4, 5)
    drawn = [name for name in counts.index if name.startswith(("step_", "start_", "end_"))]
    assert len(drawn) == 15
    assert counts[drawn].isna().all()
    people("CV1", [1, 2, 3], first=5)
    counts = row(opened.counts(), "CV1")
    assert counts["shown"] == "distribution"
    assert list(counts[steps(counts)]) == [1, 1, 2, 2, 2]


def test_the_evaluator_may_ask_for_more_people(opened, people):
    privacy = opened.settings.privacy.model_copy(update={"minimum": 6, "minimum_distribution": 10})
    opened.change(opened.settings.model_copy(update={"privacy": privacy}))
    people("CV1", [3] * 5)
    people("CV2", [3] * 9)
    assert row(opened.summary(), "CV1")["shown"] == "nothing"
    assert row(opened.summary(), "CV2")["shown"] == "statistic"


def test_a_small_group_is_masked_and_another_with_it(opened, people):
    people("CV1", [4] * 9, group="partner")
    people("CV1", [2] * 3, first=9, group="parent")
    summary = opened.summary(by_group=True)
    assert row(summary, "CV1")["shown"] == "distribution"
    for group in ("partner", "parent"):
        hidden = row(summary, "CV1", group)
        assert hidden["shown"] == "nothing"
        assert hidden[FIGURES].isna().all()


def test_large_groups_are_shown_beside_everybody(opened, people):
    people("CV1", [4] * 8, group="partner")
    people("CV1", [2] * 8, first=8, group="parent")
    summary = opened.summary(by_group=True)
    assert row(summary, "CV1", "partner")["low"] == 4
    assert row(summary, "CV1", "parent")["low"] == 2
    assert row(summary, "CV1")["n"] == 16


def test_a_masked_group_is_masked_in_every_table(evaluation):
    small = ["parent", "funder"]
    for table in (evaluation.summary, evaluation.counts, evaluation.profile):
        frame = table(by_group=True)
        parts = frame[frame["group"].isin(small)]
        assert len(parts) > 0
        assert set(parts["shown"]) == {"nothing"}
        assert parts["n"].isna().all()


def test_dont_know_is_shown_beside_the_steps_and_never_among_them(opened, people):
    people("CV1", [2] * 8 + ["dont_know"] * 4 + ["not_applicable", "skipped"])
    line = row(opened.summary(), "CV1")
    assert (line["n"], line["dont_know"], line["not_applicable"], line["skipped"]) == (8, 4, 1, 1)
    assert (line["low"], line["high"]) == (2, 2)


def test_a_corrected_answer_counts_once(opened, people):
    people("CV1", [1] * 8)
    people("CV1", [5] * 5 + [4] * 3)
    counts = row(opened.counts(), "CV1")
    assert list(counts[steps(counts)]) == [0, 0, 0, 3, 5]


def test_a_groups_consensus_is_never_counted(opened, people):
    people("CV1", [2] * 8)
    before = opened.summary()
    people("CV1", [5] * 6, mode="consensus")
    people("CV2", [5] * 9, mode="consensus")
    pd.testing.assert_frame_equal(opened.summary(), before)
    assert len(opened.ratings()) == 8 + 6 + 9


def test_an_answer_on_another_scale_is_never_counted(opened, people):
    people("CV1", [2] * 8)
    people("CV2", [4] * 8)
    before = opened.summary()
    opened._store.append([replace(rating("CV3", rater="p1", wave="r1", value=9), scale="ten10")])
    pd.testing.assert_frame_equal(opened.summary(), before)
    assert "ten10" in set(opened.ratings()["scale"])


def test_two_medians_are_two_steps_and_no_half(opened, people):
    people("CV1", [3, 3, 3, 4, 4, 4])
    line = row(opened.summary(), "CV1")
    assert (line["low"], line["high"]) == (3, 4)


def test_a_round_under_way_is_in_the_evaluators_tables(opened, people):
    people("CV1", [4] * 8)
    assert opened.wave.status == "open"
    assert row(opened.summary(), "CV1")["wave"] == "r1"


def test_a_round_that_is_not_set_any_more_is_in_none(opened, people):
    people("CV1", [4] * 8)
    people("CV2", [4] * 8, wave="gone")
    assert set(opened.summary()["wave"]) == {"r1"}
    assert set(opened.profile()["wave"]) == {"r1"}


def test_a_profile_has_a_row_for_each_condition_and_no_sum_of_them(evaluation):
    profile = evaluation.profile()
    released = profile[profile["wave"] == "2026-T1"]
    assert list(released["condition"]) == ["CV", "PP", "ML", "SA"]
    assert set(profile["condition"]) == {"CV", "PP", "ML", "SA"}
    assert {"total", "score", "mean"}.isdisjoint(profile.columns)


def test_a_condition_pools_the_answers_to_its_lines(opened, people):
    people("CV1", [2] * 5 + [1] * 3)
    people("CV2", [4] * 6 + [5] * 3)
    pooled = condition(opened.profile(), "CV")
    assert (pooled["n"], pooled["answers"]) == (9, 17)
    assert (pooled["low"], pooled["high"]) == (4, 4)
    assert pooled["top"] == 9


def test_a_masked_line_stays_out_of_the_pool(opened, people):
    people("CV1", [2] * 5 + [1] * 3)
    before = condition(opened.profile(), "CV")
    people("CV2", [5] * 4)
    after = condition(opened.profile(), "CV")
    # Otherwise the pool less the line that is shown is the one that is masked.
    for figure in ("answers", "low", "high", "top", "agreement"):
        assert after[figure] == before[figure], figure


def test_a_line_whose_counts_are_masked_stays_out_of_the_pool_too(opened, people):
    people("CV1", [2] * 5 + [1] * 3)
    people("CV2", [5] * 6)
    assert condition(opened.profile(), "CV")["answers"] == 8


def test_lines_that_show_medians_only_give_a_condition_the_median_of_those(opened, people):
    for line, answer in (("CV1", 2), ("CV2", 3), ("CV3", 5)):
        people(line, [answer] * 7)
    said = condition(opened.profile(), "CV")
    assert (said["low"], said["high"], said["n"]) == (3, 3, 7)
    assert said["shown"] == "statistic"
    assert said["reading"] == "shared"
    assert said[["answers", "top", "agreement", "from"]].isna().all()


def words(frame):
    return list(frame[frame["reading"].notna()]["reading"])


def test_a_condition_has_the_word_that_at_least_half_of_its_lines_reach(opened, people):
    close, contrasting = [3] * 9, [1, 1, 1, 1, 1, 5, 5, 5, 5]
    for line in ("CV1", "CV2", "CV3"):
        people(line, contrasting)
    people("CV4", close)
    said = condition(opened.profile(), "CV")
    assert words(opened.summary()) == ["divided", "divided", "divided", "shared"]
    # Its mean agreement would be that of people who vary.
    assert said["reading"] == "divided"
    assert said["agreement"] == min(opened.summary()["agreement"].dropna())


def test_a_condition_of_lines_with_and_without_counts_has_the_word_of_them_all(opened, people):
    people("CV1", [3] * 9)
    for line in ("CV2", "CV3", "CV4"):
        people(line, [1, 1, 2, 4, 5, 5])
    said = condition(opened.profile(), "CV")
    assert said["reading"] == "divided"
    # The one line that shows its counts is close: its agreement would stand for all four.
    assert pd.isna(said["agreement"])


def test_a_condition_whose_lines_are_all_masked_is_there_and_masked(opened, people):
    people("CV1", [2] * 4)
    people("PP1", [2] * 8)
    hidden = condition(opened.profile(), "CV")
    assert hidden["shown"] == "nothing"
    assert hidden[["n", "answers", "low", "top", "agreement"]].isna().all()


def test_a_gap_never_tells_what_the_one_who_skipped_it_answered(opened, people):
    people("CV1", [1] * 4 + [5] * 5)
    people("CV1", [3] * 8, aspect="desired")
    line = row(opened.gaps("r1"), "CV1")
    # Everybody's median, not that of the eight who gave both.
    assert (line["current"], line["wanted"], line["gap"]) == (5, 3, -2)


def test_a_desire_of_too_few_people_is_masked(opened, people):
    people("CV1", [2] * 8)
    people("CV1", [4] * 4, aspect="desired")
    line = row(opened.gaps("r1"), "CV1")
    assert line[["wanted", "gap"]].isna().all()
    assert line["current"] == 2


def test_below_the_count_of_steps_nothing_finer_than_medians_is_shown(opened, people):
    people("CV1", [2, 2, 3, 4, 4, 5])
    line = row(opened.summary(), "CV1")
    assert line["shown"] == "statistic"
    assert (line["low"], line["high"]) == (3, 4)
    assert line[["top", "agreement"]].isna().all()


def test_that_most_do_not_know_is_told_when_few_could_rate(opened, rate):
    for i in range(10):
        rate(f"p{i}", CV1=4 if i < 4 else "dont_know")
    line = row(opened.summary(), "CV1")
    assert line["shown"] == "nothing"
    assert line["low"] is pd.NA
    assert line["dont_know"] == 6
    guide = opened.guide("r1")
    assert list(guide.loc[guide["kind"] == "unknown", "indicator"]) == ["CV1"]


def test_desired_is_optional(opened, people):
    people("CV1", [4] * 8)
    assert opened.gaps("r1")["gap"].isna().all()
    assert list(opened.guide("r1")["kind"]) == ["strength"]


def test_desired_answers_never_count_as_todays(opened, people):
    people("CV1", [2] * 8)
    people("CV1", [5] * 8, aspect="desired")
    today = opened.summary()
    today = today[today["aspect"] == "current"]
    assert row(today, "CV1")["low"] == 2
    assert condition(opened.profile(), "CV")["high"] == 2


@pytest.mark.parametrize("table", ["counts", "summary", "profile"])
def test_before_the_first_answer_a_table_is_empty_and_has_its_columns(evaluation, blank, table):
    empty = getattr(blank, table)(by_group=True)
    assert len(empty) == 0
    assert set(empty.columns) == set(getattr(evaluation, table)(by_group=True).columns)


def test_before_the_first_answer_there_is_nothing_to_talk_about(opened):
    assert len(opened.guide("r1")) == 0
    assert len(opened.gaps("r1")) == 0


def test_tables_are_worded_in_the_readers_language(evaluation):
    french, english = evaluation.summary(), evaluation.summary(language="en")
    asked = evaluation.instrument.indicators["CV1"].text
    assert row(of(french, "2025-T1"), "CV1")["statement"] == asked["fr"]
    assert row(of(english, "2025-T1"), "CV1")["statement"] == asked["en"]
    assert row(of(english, "2025-T1"), "CV1")["round"] == "Spring 2025"
    assert set(evaluation.profile(language="en")["title"]) == {
        section.title["en"] for section in evaluation.instrument.conditions
    }


def of(frame, wave):
    return frame[(frame["wave"] == wave) & (frame["aspect"] == "current")]


def test_rows_follow_the_rounds_and_the_instrument(evaluation):
    frame = evaluation.summary()
    assert list(dict.fromkeys(frame["wave"])) == ["2025-T1", "2025-T2", "2026-T1"]
    lines = list(of(frame, "2025-T1")["indicator"])
    asked = [code for code in evaluation.instrument.indicators if code in lines]
    assert lines == asked
    assert len(lines) == 22


def test_a_table_holds_no_person(evaluation):
    for frame in (evaluation.counts(by_group=True), evaluation.summary(), evaluation.profile()):
        assert {"rater", "partner", "note"}.isdisjoint(frame.columns)


def test_the_sample_coalition_tells_its_story(evaluation):
    guide = evaluation.guide("2026-T1")
    assert "SA5" in set(guide.loc[guide["kind"] == "unknown", "indicator"])
    assert "ML3" in set(guide.loc[guide["kind"] == "low", "indicator"])
    assert list(guide.loc[guide["kind"] == "gap", "indicator"]) == ["SA3", "ML2", "ML4"]
    profile = evaluation.profile().set_index(["wave", "condition"])
    assert profile.loc[("2025-T1", "CV"), "low"] < profile.loc[("2026-T1", "CV"), "low"]


def test_tables_are_the_same_after_the_evaluation_is_opened_again(evaluation):
    again = Evaluation.open(evaluation.folder)
    pd.testing.assert_frame_equal(again.profile(by_group=True), evaluation.profile(by_group=True))


def test_rounds_are_counted_apart(opened, people):
    second = Wave(code="r2", fr="Ronde 2", en="Round 2")
    opened.change(opened.settings.model_copy(update={"waves": (*opened.settings.waves, second)}))
    people("CV1", [2] * 8)
    people("CV1", [5] * 8, wave="r2")
    frame = opened.summary().set_index("wave")
    assert (frame.loc["r1", "low"], frame.loc["r2", "low"]) == (2, 5)


def test_two_hidden_people_may_exchange_their_answers_and_no_table_changes(opened, people):
    # Whatever is shown is computed from the protected counts, and these do not tell them apart.
    tables = ("counts", "summary", "profile")

    def shown():
        told = [getattr(opened, table)(by_group=True) for table in tables]
        return [*told, opened.gaps("r1"), opened.guide("r1"), opened.warnings()]

    for line in ("CV1", "CV2", "PP1"):
        people(line, [1, 3], group="parent")
        people(line, [4, 5], first=2)
        people(line, [4, 4, 3, 5, 2, 4], first=4, group="funder")
    before = shown()
    for line in ("CV1", "CV2", "PP1"):
        people(line, [4], group="parent")
        people(line, [1], first=2)
    for first, second in zip(before, shown(), strict=True):
        pd.testing.assert_frame_equal(first, second)


@pytest.fixture
def twice(opened, people):
    """Give two rounds of one line: `twice([2, 3], [3, 3])`, the same people in order."""
    second = Wave(code="r2", fr="Ronde 2", en="Round 2")
    opened.change(opened.settings.model_copy(update={"waves": (*opened.settings.waves, second)}))

    def give(before, after, indicator="CV1", first=0):
        people(indicator, before, first=first)
        people(indicator, after, first=first, wave="r2")

    return give


def test_a_change_counts_the_same_people_who_rose_stayed_and_fell(opened, twice, people):
    twice([2, 2, 2, 3, 3, 3, 4, 4, 4], [3, 3, 4, 4, 3, 3, 3, 4, "dont_know"])
    people("CV1", [5], first=20, wave="r2")  # a newcomer is in no pair
    moved = opened.changes("r1", "r2").set_index("condition").loc["CV"]
    assert (moved["rose"], moved["same"], moved["fell"], moved["pairs"]) == (4, 3, 1, 8)
    assert (moved["before"], moved["after"]) == (3, 3)
    assert moved["after_round"] == "Ronde 2"


def test_a_person_rises_in_a_condition_where_more_lines_rise_than_fall(opened, twice):
    for line, after in (("CV1", 4), ("CV2", 4), ("CV3", 4), ("CV4", 1)):
        twice([3] * 8, [after] * 8, line)
    moved = opened.changes("r1", "r2").set_index("condition").loc["CV"]
    assert (moved["rose"], moved["pairs"]) == (8, 8)


def test_who_answered_few_lines_of_a_condition_counts_in_none_of_its_moves(opened, twice):
    for line in ("CV1", "CV2", "CV3"):
        twice([3] * 8, [4] * 8, line)
    twice([3], [1], "CV1", first=8)
    assert opened.changes("r1", "r2").set_index("condition").loc["CV", "pairs"] == 8


def test_the_moves_of_fewer_than_eight_people_are_masked(opened, twice):
    twice([2] * 7, [3] * 7)
    moved = opened.changes("r1", "r2").set_index("condition").loc["CV"]
    assert moved[["rose", "same", "fell", "pairs"]].isna().all()
    assert (moved["before"], moved["after"], moved["shown"]) == (2, 3, "statistic")


@pytest.mark.parametrize("other", [{"version": 2}, {"scale": "elsewhere"}])
def test_rounds_asked_in_other_words_or_on_another_scale_show_no_change(
    opened, twice, people, other
):
    twice([2] * 9, [])
    people("CV1", [4] * 9, wave="r2", **other)
    changed = opened.changes("r1", "r2")
    figures = ["before", "after", "fell", "same", "rose", "pairs"]
    assert changed[figures].isna().all(axis=None)
    assert set(changed["shown"]) <= {"nothing"}
    assert opened.tables().apart("r2") == {"r1"}


def test_answers_all_alike_are_a_warning_and_are_named(opened, people):
    people("CV1", [4] * 9)
    people("CV2", [4] * 6 + [3] * 3)
    told = opened.warnings()
    assert list(told["indicator"]) == ["CV1"]
    assert told["statement"].iloc[0] == opened.instrument.indicators["CV1"].text["fr"]


def test_answers_all_alike_are_masked_where_they_would_tell_a_hidden_groups(opened, people):
    people("CV1", [4] * 3, group="parent")
    people("CV1", [4] * 9, first=3, group="funder")
    line = row(opened.summary(), "CV1")
    assert line["shown"] == "statistic"
    assert (line["low"], line["high"]) == (4, 4)
    assert list(opened.warnings()["indicator"]) == ["CV1"]


def test_where_a_newcomer_alone_changed_the_counts_only_the_newest_round_shows_them(
    opened, twice, people
):
    twice([2, 3, 3, 4, 4, 4, 5, 5, 2], [2, 3, 3, 4, 4, 4, 5, 5, 2])
    people("CV1", [1], first=9, wave="r2")
    counts = opened.counts().set_index("wave")
    assert counts.loc["r1", "shown"] == "statistic"
    assert counts.loc["r2", "shown"] == "distribution"
