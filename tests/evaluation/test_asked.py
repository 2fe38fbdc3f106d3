"""A round is asked, kept and read with the instrument that it was opened with."""

import json

import pytest
import yaml

from toolkit import Evaluation
from toolkit.errors import EvaluationError, RatingError
from toolkit.evaluation import Wave
from toolkit.instruments import available
from toolkit.ratings import Rating
from toolkit.text import both

#: Many times as fast where it is built in.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SHIPPED = available()["four_conditions"]


def shortened(asked):
    """Three steps where there were five, under the same name."""
    steps = asked["scales"]["rooted5"]["steps"]
    asked["scales"]["rooted5"]["steps"] = {step: steps[step] for step in (1, 2, 3)}
    for line in lines(asked):
        for worded in (line, *line.get("asked_as", {}).values()):
            anchors = worded.get("anchors", {})
            worded["anchors"] = {step: anchors[step] for step in anchors if step <= 3}


def turned_round(asked):
    """The lowest step is called what the highest was."""
    steps = asked["scales"]["rooted5"]["steps"]
    asked["scales"]["rooted5"]["steps"] = {step: steps[6 - step] for step in steps}


def recoded(asked):
    """Two steps have changed places."""
    steps = asked["scales"]["rooted5"]["steps"]
    steps[2], steps[3] = steps[3], steps[2]


def renamed(asked):
    """A line has another code."""
    asked["conditions"][0]["indicators"][0]["code"] = "CV9"


def removed(asked):
    """A line is gone."""
    del asked["conditions"][0]["indicators"][0]


def moved(asked):
    """A line is in another condition."""
    first, second = (condition["indicators"] for condition in asked["conditions"][:2])
    second.append(first.pop(0))


def reworded(asked):
    """A line is asked in other words, and nobody thought of the version."""
    asked["conditions"][0]["indicators"][0]["question"] = {"fr": "Autre ?", "en": "Other?"}


CHANGES = [shortened, turned_round, recoded, renamed, removed, moved, reworded]


def lines(asked):
    sections = [*asked["conditions"], *asked["modules"]]
    found = [line for section in sections for line in section["indicators"]]
    return [line for line in found if line["scale"] == "rooted5" and "anchors" in line]


@pytest.fixture
def edit(opened):
    """Change the file of the instrument: `edit(shortened)`."""

    def change(how):
        asked = yaml.load(SHIPPED.read_text(encoding="utf-8"), LOADER)  # noqa: S506
        how(asked)
        told = json.dumps(asked, default=str)
        (opened.folder / SHIPPED.name).write_text(told, encoding="utf-8")
        return Evaluation.open(opened.folder)

    return change


@pytest.fixture
def answered(opened, rate):
    """Nine people answered two lines of the open round."""
    for place, value in enumerate([1, 2, 2, 3, 3, 4, 4, 5, 5]):
        rate(f"p{place}", CV1=value, PP1=value)
    return opened


@pytest.fixture
def next_round(answered, edit):
    """Close the round, change the file, and let the same people answer another round."""

    def follow(how, **answers):
        first = answered.settings.waves[0].model_copy(update={"status": "closed"})
        answered.change(answered.settings.model_copy(update={"waves": (first,)}))
        changed = edit(how)
        second = Wave(code="r2", fr="Ronde 2", en="Round 2", status="open")
        changed.change(changed.settings.model_copy(update={"waves": (first, second)}))
        for place in range(9):
            sheet = changed.sheet("r2", f"p{place}")
            sheet.consent()
            for line, value in answers.items():
                sheet.record(line, value=value - place % 2)
        return changed

    return follow


@pytest.mark.parametrize("how", CHANGES)
def test_a_changed_file_leaves_every_figure_of_an_open_round_as_it_was(answered, edit, how):
    tables = ("counts", "summary", "profile")
    before = {name: getattr(answered, name)(by_group=True) for name in tables}
    kept = answered.ratings()
    changed = edit(how)
    for name in tables:
        assert getattr(changed, name)(by_group=True).equals(before[name])
    assert changed.ratings().equals(kept)
    assert changed.guide("r1").equals(answered.guide("r1"))


@pytest.mark.parametrize("how", CHANGES)
def test_who_answers_after_the_file_changed_is_asked_what_the_others_were(answered, edit, how):
    sheet = edit(how).sheet("r1", "late")
    sheet.consent()
    sheet.record("CV1", value=5)
    assert sheet.sections == answered.sheet("r1", "p0").sections


@pytest.mark.parametrize("how", CHANGES)
def test_a_round_after_the_change_is_asked_and_read_with_the_changed_file(next_round, how):
    changed = next_round(how, PP1=3)
    asked = changed.sheet("r2", "p0").sections
    assert [part.code for part in asked] == [part.code for part in changed.instrument.conditions]
    counts = changed.counts().set_index(["wave", "indicator"])
    assert counts.loc[("r1", "PP1"), "n"] == 9
    assert counts.loc[("r2", "PP1"), "n"] == 9
    assert counts.loc[("r1", "CV1"), "n"] == 9
    assert len(changed.profile().dropna(subset=["low"])) == 3


@pytest.mark.parametrize("how", [shortened, turned_round, recoded])
def test_on_another_scale_nothing_is_compared_between_the_rounds(next_round, how):
    changed = next_round(how, CV1=3, PP1=3)
    told = changed.changes("r1", "r2")
    assert set(told["condition"]) == {"CV", "PP"}
    assert told[["before", "after", "pairs"]].isna().all(axis=None)
    assert changed.tables().apart("r2") == {"r1"}
    assert changed.tables().line_moves("r1", "r2")["reworded"].all()


def test_each_round_has_as_many_steps_as_its_own_scale(next_round):
    changed = next_round(shortened, PP1=3)
    summary = changed.summary().set_index(["wave", "indicator"])
    assert summary.loc[("r1", "PP1"), "top"] == 4  # on 4 and 5 of five
    assert summary.loc[("r2", "PP1"), "top"] == 9  # on 2 and 3 of three
    assert "start_3" in changed.counts()


def test_what_is_asked_alike_still_compares_beside_a_line_in_other_words(next_round):
    changed = next_round(reworded, CV1=3, PP1=3)
    told = changed.changes("r1", "r2").set_index("condition")
    assert told.loc["CV", ["before", "after", "pairs"]].isna().all()
    assert (told.loc["PP", "before"], told.loc["PP", "after"]) == (3, 3)
    assert changed.tables().otherwise("r1", "r2") == {"CV"}
    assert changed.tables().apart("r2") == set()
    found = changed.changed_since("r1")
    titles = {part.code: part.title for part in changed.instrument.conditions}
    assert titles["PP"] in found.alike
    assert found.otherwise == (titles["CV"],)


def test_another_number_of_version_alone_keeps_the_rounds_comparable(next_round):
    changed = next_round(lambda asked: asked.update(version=9), PP1=4)
    assert changed.tables().otherwise("r1", "r2") == set()
    assert changed.again("r1") >= {"PP1"}


def test_blanks_and_the_shape_of_apostrophes_are_no_other_wording(opened, edit):
    def typeset(asked):
        for line in lines(asked):
            for language in ("fr", "en"):
                question = line["question"][language]
                line["question"][language] = question.replace("’", "'").replace(" ", "  ")

    assert edit(typeset).instrument.editions == opened.instrument.editions


def test_a_release_reads_each_of_its_rounds_on_its_own_scale(next_round):
    from toolkit.evaluation import PARTS, Draft

    changed = next_round(shortened, PP1=3)
    waves = [wave.model_copy(update={"status": "closed"}) for wave in changed.settings.waves]
    changed.change(changed.settings.model_copy(update={"waves": tuple(waves)}))
    draft = Draft(rounds=("r1", "r2"), parts=PARTS)
    tables = changed.releases.compose(draft).snapshot.tables("fr")
    live = changed.tables("fr")
    assert list(tables.summary()["top"]) == list(live.summary()["top"])
    assert tables.apart("r2") == {"r1"}
    assert len(tables.folder.instrument_of("r2").scales["rooted5"].steps) == 3
    assert len(tables.folder.instrument_of("r1").scales["rooted5"].steps) == 5


def test_a_round_opened_by_hand_is_kept_with_its_first_answer(blank):
    toml = blank.folder / "evaluation.toml"
    rounds = '\n[[waves]]\ncode = "r1"\nfr = "R"\nen = "R"\nstatus = "open"\n'
    toml.write_text(toml.read_text(encoding="utf-8") + rounds, encoding="utf-8")
    by_hand = Evaluation.open(blank.folder)
    sheet = by_hand.sheet("r1", "p1")
    sheet.consent()
    sheet.record("CV1", value=5)
    digest = by_hand.instrument.digest
    source = SHIPPED.read_text(encoding="utf-8").replace("Absent", "Ailleurs")
    (blank.folder / SHIPPED.name).write_text(source, encoding="utf-8")
    again = Evaluation.open(blank.folder)
    assert again.instrument.digest != digest
    assert again.instrument_of("r1").digest == digest


def test_a_file_that_is_broken_or_gone_stops_no_round(answered, opened):
    for broken in ("scales: [", ""):
        (opened.folder / SHIPPED.name).write_text(broken, encoding="utf-8")
        sheet = Evaluation.open(opened.folder).sheet("r1", "p1")
        sheet.record("CV1", value=1 + len(broken) % 3)
    assert len(Evaluation.open(opened.folder).counts()) == 2


def test_before_the_first_answer_the_round_may_take_the_changed_file(opened, edit):
    changed = edit(shortened)
    assert changed.can_ask_anew("r1")
    changed.ask_anew("r1")
    assert changed.instrument_of("r1").digest == changed.instrument.digest
    assert changed.changed_since("r1") is None


def test_after_the_first_answer_it_never_does(answered, edit):
    changed = edit(shortened)
    assert not changed.can_ask_anew("r1")
    with pytest.raises(EvaluationError) as refused:
        changed.ask_anew("r1")
    assert refused.value.message == both("setup.asked_begun")


def test_a_page_that_shows_other_questions_than_the_round_asks_is_refused_and_told(opened, edit):
    sheet = opened.sheet("r1", "p1")
    sheet.consent()
    assert sheet.sections
    edit(turned_round).ask_anew("r1")
    with pytest.raises(RatingError) as refused:
        sheet.record("CV1", value=5)
    assert refused.value.message == both("refusal.asked_otherwise")
    assert sheet.outdated
    assert not opened.sheet("r1", "p1").answers
    opened.sheet("r1", "p1").record("CV1", value=5)


def test_answers_from_a_file_that_are_off_the_scale_raise_nothing_and_are_counted_nowhere(opened):
    known = {"wave": "r1", "indicator": "CV1", "instrument": "four_conditions", "version": 1}
    values = [1, 2, 3, 4, 5, 5, 4, 3, 2, 9]
    opened._store.append(
        Rating(rater=f"p{place}", scale="rooted5", value=value, **known)
        for place, value in enumerate(values)
    )
    assert opened.counts()["n"].iloc[0] == 9
    assert (opened.ratings()["value"] == 9).sum() == 1
