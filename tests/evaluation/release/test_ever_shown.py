"""What was ever shown is given: no release that follows tells what one person answered."""

import datetime

import pandas as pd
import pytest

from toolkit.evaluation import COALITION, FIGURES, Draft, Wave
from toolkit.ratings import Rating

DAY = datetime.date(2026, 5, 12)
KNOWN = {"instrument": "four_conditions", "scale": "rooted5", "version": 1}


@pytest.fixture
def rounds(blank):
    """Give each round's answers to one line: a number is a step, a text a status, None nobody."""
    waves = [Wave(code=f"r{n}", fr=f"R{n}", en=f"R{n}", status="closed") for n in (1, 2, 3)]
    blank.change(blank.settings.model_copy(update={"waves": tuple(waves)}))

    def give(*answers, line="CV1"):
        blank._store.append(
            Rating(
                wave=f"r{turn}",
                rater=f"p{person}",
                indicator=line,
                **{"status" if isinstance(said, str) else "value": said},
                **KNOWN,
            )
            for turn, part in enumerate(answers, start=1)
            for person, said in enumerate(part)
            if said is not None
        )
        return blank

    return give


def opened(evaluation, *rounds, audience=COALITION):
    composed = evaluation.releases.compose(Draft(audience, audience, rounds, FIGURES))
    return evaluation.releases.open(composed, "Nous", DAY)


def row(release, wave):
    figures = release.snapshot.tables("fr").figures(by_group=False)
    (found,) = figures[(figures["wave"] == wave)].to_dict("records")
    return found


SEVEN = (3, 3, 3, 3, 4, 4, 4)


@pytest.mark.parametrize("audience", [COALITION, "funder"])
def test_a_version_does_not_tell_the_newcomer_beside_the_medians_of_the_one_before(
    rounds, audience
):
    evaluation = rounds(SEVEN, (*SEVEN, 4))
    assert (row(opened(evaluation, "r1"), "r1")["low"]) == 3
    told = row(opened(evaluation, "r1", "r2", audience=audience), "r2")
    assert told["shown"] != "distribution"
    # What was shown is shown again: nobody can unsee it.
    assert row(evaluation.releases.current(audience), "r1")["low"] == 3


def test_so_it_is_after_the_version_before_was_taken_back(rounds):
    evaluation = rounds(SEVEN, (*SEVEN, 4))
    opened(evaluation, "r1")
    evaluation.releases.revoke(COALITION)
    assert row(opened(evaluation, "r2"), "r2")["shown"] != "distribution"


def test_alone_the_same_round_shows_its_counts(rounds):
    assert row(opened(rounds(SEVEN, (*SEVEN, 4)), "r2"), "r2")["shown"] == "distribution"


def test_an_earlier_round_is_masked_where_the_later_one_was_shown_first(rounds):
    evaluation = rounds((3, 3, 3, 3, 4, 4, 4, 5), (3, 3, 3, 3, 4, 4, 4, 5, 2))
    assert row(opened(evaluation, "r2"), "r2")["shown"] == "distribution"
    assert row(opened(evaluation, "r1", "r2"), "r1")["shown"] != "distribution"


def test_one_more_who_does_not_know_is_not_told(rounds):
    eight = (2, 3, 3, 3, 4, 4, 5, 5)
    evaluation = rounds(eight, (*eight, "dont_know"))
    assert row(opened(evaluation, "r1"), "r1")["shown"] == "distribution"
    told = opened(evaluation, "r1", "r2")
    assert row(told, "r1")["shown"] == "distribution"
    assert pd.isna(row(told, "r2")["dont_know"])


def test_what_is_worth_least_goes_first_who_chose_no_step_and_why(rounds):
    # Somebody who left had not known: the counts stay, without the statuses.
    evaluation = rounds(
        (2, 3, 3, 3, 4, 4, 5, 5, "dont_know", "skipped", "skipped"),
        (4, 3, 2, 4, 4, 1, 5, 3, None, "skipped", "skipped"),
    )
    opened(evaluation, "r1")
    told = row(opened(evaluation, "r1", "r2"), "r2")
    assert told["shown"] == "distribution"
    assert pd.isna(told["dont_know"])


def test_of_two_rounds_shown_at_once_the_newer_one_is_shown(rounds):
    told = opened(rounds((2, 3, 3, 3, 4, 4, 5, 5), (2, 3, 3, 3, 4, 4, 5, 5, 1)), "r1", "r2")
    assert row(told, "r2")["shown"] == "distribution"
    assert row(told, "r1")["shown"] != "distribution"


def test_who_came_and_who_left_do_not_tell_each_other_what_they_answered(rounds):
    # Whoever came knows their own answer, and reads the other one off.
    stayed = (2, 3, 3, 3, 4, 4, 5)
    evaluation = rounds((*stayed, 3, None), (*stayed, None, 3))
    opened(evaluation, "r1")
    assert row(opened(evaluation, "r1", "r2"), "r2")["shown"] != "distribution"


def test_the_only_one_who_moved_does_not_read_the_newcomers_answer(rounds):
    evaluation = rounds((2, 3, 3, 3, 4, 4, 5, 5), (2, 3, 3, 4, 4, 4, 5, 5, 1))
    opened(evaluation, "r1")
    assert row(opened(evaluation, "r1", "r2"), "r2")["shown"] != "distribution"


def test_where_several_moved_nothing_is_masked(rounds):
    told = opened(rounds((2, 3, 3, 3, 4, 4, 5, 5), (4, 4, 2, 4, 3, 4, 5, 1, 1)), "r1", "r2")
    assert row(told, "r2")["shown"] == "distribution"


def test_who_moved_on_a_single_line_is_masked_beside_a_newcomer(rounds):
    first = (1, 2, 2, 2, 2, 3, 3, 4)
    told = opened(rounds(first, (1, 1, 2, 2, 4, 3, 3, 4, 1)), "r1", "r2")
    assert told.snapshot.tables("fr").moved("r1", "r2")["pairs"].isna().all()


def test_who_moved_does_not_give_a_masked_turnover_back(rounds):
    evaluation = rounds((1, 2, 3, 4, 1, 2, 3, 4), (2, 3, 4, 5, 2, 1, 2, 3, 4))
    rounds((3, 2, 3, 2, 3, 2, 3, 2), (4, 3, 4, 3, 4, 1, 2, 1, 4), line="CV2")
    tables = opened(evaluation, "r1", "r2").snapshot.tables("fr")
    assert tables.turnover("r1", "r2") is None
    assert tables.moved("r1", "r2")["pairs"].isna().all()


@pytest.mark.parametrize("others", [0, 1, 2])
def test_unanimous_all_but_one_and_nearly_all_look_alike_and_are_warned_of(rounds, others):
    evaluation = rounds((4,) * (13 - others) + (5,) * others)
    composed = evaluation.releases.compose(Draft(rounds=("r1",)))
    told = row(composed, "r1")
    assert (told["shown"], told["low"], told["high"], told["reading"]) == (
        *("statistic", 4, 4),
        "shared",
    )
    assert pd.isna(told["step_4"])
    assert list(composed.tables.warnings()["warning"]) == ["unanimous"]


def test_three_who_answered_otherwise_show_the_counts_without_a_warning(rounds):
    evaluation = rounds((4,) * 10 + (5,) * 3)
    composed = evaluation.releases.compose(Draft(rounds=("r1",)))
    assert row(composed, "r1")["shown"] == "distribution"
    assert composed.tables.warnings().empty


def test_nearly_all_who_do_not_know_are_not_told_of(rounds):
    told = row(opened(rounds(("dont_know",) * 8 + (3,)), "r1"), "r1")
    assert pd.isna(told["dont_know"])


def test_a_person_counted_since_is_no_newcomer_whose_answer_the_next_round_tells(rounds):
    eight = (2, 3, 3, 3, 4, 4, 5, 5)
    evaluation = rounds(eight, (*eight, 1))
    opened(evaluation, "r1")
    evaluation._store.append([Rating(wave="r1", rater="p8", indicator="CV1", value=1, **KNOWN)])
    assert row(opened(evaluation, "r2"), "r2")["shown"] != "distribution"
