"""One person, one voice: whose answers count, who is set aside, who is erased."""

import shutil

import pytest

from toolkit.errors import ErasedError, EvaluationError
from toolkit.evaluation import Draft
from toolkit.evaluation.version import version
from toolkit.storage.erasure import tombstones

NOTE = "Ce que je ne voudrais jamais voir ailleurs"


@pytest.fixture
def personal(opened, rate):
    """Answer with links of one's own: `personal("parent", 4, 4, 3)`."""

    def answer(group, *values, line="CV1"):
        people = []
        for value in values:
            token = opened.invite("r1", 1)[0]
            person = opened.links.enter(token, "rater").rater
            rate(person, group=group, **{line: value})
            people.append(person)
        return people

    return answer


@pytest.fixture
def shared(opened, rate):
    """Answer by a group's link: `shared("parent", 4, 4)`."""
    link = opened.links.find(opened.links.make("group", "r1")[0])

    def answer(group, *values, line="CV1"):
        people = []
        for value in values:
            token = opened.enrol("r1", link.link)
            person = opened.links.enter(token, "own").rater
            rate(person, group=group, **{line: value})
            people.append(person)
        return people

    return answer


def row(frame, group):
    found = frame[(frame["indicator"] == "CV1") & (frame["group"] == group)]
    return found.iloc[0] if len(found) else None


def steps(found):
    return [found[f"step_{step}"] for step in range(1, 6)]


def test_a_phone_with_a_groups_link_unmasks_nobody(opened, personal, shared):
    personal("parent", 3, 3, 4, 4, 5, 2, 3, 4, 4, 3)
    personal("partner", 1)
    before = opened.counts(by_group=True)
    shared("partner", *[4] * 9)
    after = opened.counts(by_group=True)
    for frame in (before, after):
        assert row(frame, "partner")["shown"] == "nothing"
    # Neither in the group's own row, nor in the total less the others.
    assert row(after, "all").equals(row(before, "all"))
    assert row(after, "parent").equals(row(before, "parent"))


def figures(evaluation):
    by_group = (evaluation.counts, evaluation.summary, evaluation.profile)
    whole = (evaluation.gaps, evaluation.guide)
    frames = [made(by_group=True) for made in by_group] + [made("r1") for made in whole]
    return [*frames, evaluation.warnings()]


def test_no_figure_at_all_depends_on_what_nobody_vouches_for(opened, personal, shared):
    personal("parent", 3, 3, 4, 4, 5, 2, 3, 4, 4, 3)
    personal("partner", 1, 5)
    before = figures(opened)
    for group in ("partner", "parent", ""):
        for line in ("CV1", "PP2"):
            shared(group, 5, 1, 4, line=line)
    for then, now in zip(before, figures(opened), strict=True):
        assert now.equals(then)


def test_added_answers_do_not_lift_everybody_to_the_minimum(opened, personal, shared):
    personal("parent", 1, 2, 3, 4)
    shared("parent", *[5] * 20)
    assert row(opened.counts(), "all")["shown"] == "nothing"


def test_as_many_as_the_evaluator_counted_are_counted(opened, personal, shared):
    personal("parent", 3, 3, 4)
    shared("parent", 2, 2, 4, 4, 5, 5)
    opened.people.vouch("r1", "parent", 6)
    assert steps(row(opened.counts(), "all")) == [0, 2, 2, 3, 2]
    shared("parent", 1)
    assert row(opened.counts(), "all")["shown"] == "nothing"
    opened.people.vouch("r1", "parent", 7)
    assert steps(row(opened.counts(), "all")) == [1, 2, 2, 3, 2]


def test_what_is_left_out_is_said_and_never_silently_dropped(opened, personal, shared):
    personal("parent", *[3, 4] * 5)
    shared("partner", 4, 4)
    masked = opened.tables("fr").masked()
    rows = masked[(masked["indicator"] == "CV1") & (masked["reason"] == "unvouched")]
    assert set(rows["group"]) == {"all", "partner"}
    assert set(rows["masked"]) == {"waiting"}
    assert opened.participation("r1") == 12
    assert opened.participation("r1", vouched=True) == 10
    opened.people.vouch("r1", "partner", 2)
    assert not (opened.tables("fr").masked()["reason"] == "unvouched").any()


@pytest.mark.parametrize("count", [-1, True, 2.0, "3", None, 10_001])
def test_a_head_count_is_a_whole_number_of_people(opened, count):
    with pytest.raises(EvaluationError):
        opened.people.vouch("r1", "parent", count)
    assert opened.people.headcounts("r1") == {}


def test_whoever_is_set_aside_is_counted_nowhere_and_kept(opened, personal):
    people = personal("parent", 2, 2, 3, 3, 4, 4, 4, 5, 5, 1)
    opened.people.set_aside(people[-1:])
    assert steps(row(opened.counts(), "all")) == [0, 2, 2, 3, 2]
    assert opened.participation("r1") == 9
    flagged = opened.ratings().set_index("rater")["excluded"]
    assert flagged[people[-1]] == "set_aside"
    assert flagged.drop(people[-1]).isna().all()
    opened.people.take_back(people[-1:])
    assert steps(row(opened.counts(), "all")) == [1, 2, 2, 3, 2]
    assert opened.ratings()["excluded"].isna().all()


def test_a_burst_from_one_browser_is_seen_and_set_aside_makes_room(opened, personal, shared):
    shared("parent", 2, 2, 3, 3, 4, 4, 5, 5)
    opened.people.vouch("r1", "parent", 8)
    extra = shared("parent", *[1] * 3)
    assert row(opened.counts(), "all") is None
    opened.people.set_aside(extra)
    assert steps(row(opened.counts(), "all")) == [0, 2, 2, 2, 2]
    bursts = {person.burst for person in opened.people.of("r1")}
    assert bursts == {1}


def test_the_evaluator_sees_who_and_when_and_never_what(opened, personal, shared, rate):
    (own,) = personal("parent", 5)
    (device,) = shared("partner", 4)
    opened.change(
        opened.settings.model_validate(
            {**opened.settings.model_dump(), "partners": [{"code": "cpe", "name": "CPE"}]}
        )
    )
    invited = opened.links.enter(opened.invite_partner("r1", "cpe"), "rater").rater
    rate("by-hand", CV1=3)
    opened.sheet("r1", own).finish()
    found = {person.rater: person for person in opened.people.of("r1")}
    assert {name: person.kind for name, person in found.items()} == {
        own: "personal",
        device: "group",
        invited: "partner",
        "by-hand": "file",
    }
    assert found[own].finished_at
    assert found[own].last_answer_at
    assert found[device].finished_at is None
    assert found[invited].linked_at
    assert found[invited].begun_at is None
    assert "value" not in repr(found)


def test_an_erased_person_is_nowhere_any_more(opened, personal):
    people = personal("parent", 2, 2, 3, 3, 4, 4, 4, 5, 5, 1)
    opened.sheet("r1", people[-1]).record("CV1", note=NOTE)
    opened.people.set_aside(people[-1:])
    shutil.copytree(opened.folder, opened.folder / "backups", ignore=lambda *_: ["backups"])
    erased = opened.people.erase(people[-1:])
    assert "ratings.db" in erased.cleaned
    assert people[-1] not in set(opened.ratings(history=True)["rater"])
    assert people[-1] not in {person.rater for person in opened.people.of("r1")}
    for file in [*opened.folder.rglob("*.db*")]:
        assert NOTE.encode() not in file.read_bytes(), file
        assert people[-1].encode() not in file.read_bytes(), file
    with pytest.raises(ErasedError):
        opened.sheet("r1", people[-1]).consent()
    assert steps(row(opened.counts(), "all")) == [0, 2, 2, 3, 2]


def test_a_copy_that_cannot_be_reached_is_named(opened, personal):
    (person,) = personal("parent", 4)
    (opened.folder / "backups").mkdir()
    (opened.folder / "backups" / "2026-05-01.db.age").write_bytes(b"not to be read" * 100)
    assert opened.people.erase([person]).unreached == ("2026-05-01.db.age",)
    assert len(tombstones(opened.folder / "ratings.db")) == 1


def test_a_release_counts_only_who_is_vouched_for(opened, personal, shared):
    personal("parent", *[3, 4] * 5)
    shared("partner", *[5] * 4)
    waves = [wave.model_copy(update={"status": "closed"}) for wave in opened.settings.waves]
    opened.change(opened.settings.model_copy(update={"waves": tuple(waves)}))
    release = opened.releases.compose(Draft(rounds=("r1",), parts=("conditions",)))
    assert release.snapshot.participation("r1") == 10


def test_a_change_of_who_counts_is_a_new_state(opened, personal):
    people = personal("parent", 4, 5)
    states = [version(opened)]
    for change in (
        lambda: opened.people.set_aside(people[:1]),
        lambda: opened.people.take_back(people[:1]),
        lambda: opened.people.vouch("r1", "parent", 3),
        lambda: opened.people.erase(people[:1]),
    ):
        change()
        states.append(version(opened))
    assert len(set(states)) == len(states)
