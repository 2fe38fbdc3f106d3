"""On a served page an evaluation is opened as its visitor: what the role may not see raises."""

import inspect

import pytest
from pandas.testing import assert_frame_equal

from tests.visiting import served, visited
from toolkit import DashboardPage, Evaluation, RatingPage, ToolkitError
from toolkit.errors import AccessError
from toolkit.evaluation import Draft, Links
from toolkit.evaluation.consensus import Room
from toolkit.evaluation.relations import Relations
from toolkit.evaluation.relations.partners import Partners
from toolkit.evaluation.release import Releases
from toolkit.evaluation.sheet import Sheet
from toolkit.evaluation.strategy import Strategy
from toolkit.evaluation.visit import Visit
from toolkit.evaluation.visitor import _REACHED
from toolkit.text import say, today


@pytest.fixture
def tokens(opened, rate):
    """A link of each role, of a round with two people."""
    people = opened.invite("r1", 2)
    raters = [opened.links.enter(token, "rater").rater for token in people]
    for rater in raters:
        rate(rater, CV1=4)
    opened.sheet("r1", raters[1]).record("CV1", note="between us")
    return {
        "rater": people[0],
        "other": people[1],
        "own": opened.enrol("r1"),
        "group": opened.links.make("group", "r1")[0],
        "viewer": opened.links.make("viewer")[0],
        "evaluator": opened.links.make("evaluator")[0],
    }


RAW = {
    "ratings": lambda e: e.ratings(),
    "raters": lambda e: e.raters(),
    "participation": lambda e: e.participation("closed"),
    "counts": lambda e: e.counts(),
    "summary": lambda e: e.summary(by_group=True),
    "tables": lambda e: e.tables(),
    "guide": lambda e: e.guide("r1"),
    "warnings": lambda e: e.warnings(),
    "store": lambda e: e._store.answers("r1"),
    "entries": lambda e: e.releases._entries,
    "a link for the evaluator": lambda e: e.links.make("evaluator"),
    "a standing link": lambda e: e.links.standing("evaluator"),
    "all links": lambda e: e.links.everything(),
    "a token": lambda e: e.links.token(None),
    "a new person": lambda e: e.invite("r1", 1),
    "one more device": lambda e: e.enrol("r1"),
    "a partner's person": lambda e: e.rater_of("x"),
    "who is who": lambda e: e.know(None),
    "settings": lambda e: e.change(e.settings),
    "session": lambda e: e.session("r1"),
    "plan": lambda e: e.plan,
    "every release": lambda e: e.releases.every(),
    "a release": lambda e: e.releases.compose(Draft("coalition", "", ("r1",))),
    "another audience's": lambda e: e.releases.current("funder"),
    "ties": lambda e: e.relations.spoken("r1"),
    "the map": lambda e: e.relations.map("r1", own=True),
    "strategy": lambda e: e.strategy.answers("r1", "b1"),
    "its store": lambda e: e.strategy.store,
    "anybody's sheet": lambda e: e.sheet("r1", "somebody"),
    "the people": lambda e: e.people,
    "what a notebook was confirmed as": lambda e: e.confirm("rate.ipynb", "x"),
    "no sheet": lambda e: e.sheet("r1"),
    "another round's sheet": lambda e: e.sheet("r0", "somebody"),
}


@pytest.mark.parametrize("what", RAW)
@pytest.mark.parametrize("role", ["rater", "own", "group", "viewer", "nobody", "forged"])
def test_what_is_the_evaluators_raises_whatever_a_cell_says(opened, tokens, role, what):
    token = {"nobody": "", "forged": "abc.def"}.get(role) or tokens.get(role, "")
    with pytest.raises(AccessError) as refused:
        RAW[what](visited(opened.folder, token))
    assert isinstance(refused.value, ToolkitError)
    assert refused.value.say("fr") == say("door.not_yours", "fr")


def test_the_evaluator_reaches_everything(opened, tokens):
    assert len(visited(opened.folder, tokens["evaluator"]).ratings()) == 2
    assert len(Evaluation.open(opened.folder).ratings()) == 2  # in a notebook that nobody serves


def test_a_person_reaches_their_own_answers_and_nobody_elses(opened, tokens):
    own, other = (opened.links.enter(tokens[name], "rater").rater for name in ("rater", "other"))
    evaluation = visited(opened.folder, tokens["rater"])
    assert evaluation.sheet("r1", own).answers["CV1", "current"].value == 4
    for reach in (
        lambda: evaluation.sheet("r1", other),
        lambda: evaluation.sheet(wave="r1", rater=other),
        lambda: evaluation.sheet("r1", own)._store,
        lambda: evaluation.strategy.answer("r1", "b1"),
        lambda: evaluation.strategy.answer("r1", "b1", other),
        lambda: evaluation.strategy.record("r1", "b1", "need", 1, other),
        lambda: evaluation.relations.ties("r1", other),
        lambda: evaluation.relations.record("r1", other, "x", current=1),
        lambda: evaluation.relations.partners.of(other),
        lambda: evaluation.relations.partners.agree(opened.sheet("r1", other), named=True),
        lambda: evaluation.room("r1").vote_of(opened.sheet("r1", other), None),
        lambda: evaluation.room("r1")._entries,
    ):
        with pytest.raises(AccessError):
            reach()


def test_a_viewer_reaches_what_their_audience_is_shown(conversed):
    evaluation = visited(conversed.folder, conversed.links.make("viewer")[0])
    assert evaluation.releases.current("coalition").number
    with pytest.raises(AccessError):
        evaluation.releases.current("portfolio")
    with pytest.raises(AccessError):
        evaluation.releases.standing("portfolio")


def test_a_viewer_reads_the_tables_as_they_were_released_and_no_other(conversed):
    viewer = visited(conversed.folder, conversed.links.make("viewer")[0])
    release = conversed.releases.current("coalition")
    shown = {wave.code for wave in conversed.releases.visible(release)}
    for table in ("counts", "summary", "profile"):
        frame = getattr(viewer, table)()
        assert_frame_equal(frame, getattr(release.snapshot, table)(language="fr"))
        assert set(frame["wave"]) == shown
    first, *_, last = sorted(shown)
    assert not viewer.guide(last).empty
    assert_frame_equal(viewer.changes(first, last), release.snapshot.changes(first, last))
    open_round = conversed.open_wave.code
    for reach in (
        lambda: viewer.guide(open_round),
        lambda: viewer.gaps(wave=open_round),
        lambda: viewer.changes(last, open_round),
        lambda: viewer.warnings(language="fr"),
        lambda: viewer.tables("fr"),
    ):
        with pytest.raises(AccessError):
            reach()


def test_a_viewer_reads_no_part_that_was_left_out_nor_a_round_that_was_withdrawn(conversed):
    token = conversed.links.make("viewer")[0]
    release = conversed.releases.current("coalition")
    *_, last = codes = [wave.code for wave in conversed.releases.visible(release)]
    waves = [
        wave.model_copy(update={"status": "withdrawn"}) if wave.code == last else wave
        for wave in conversed.settings.waves
    ]
    conversed.change(conversed.settings.model_copy(update={"waves": tuple(waves)}))
    viewer = visited(conversed.folder, token)
    assert set(viewer.profile()["wave"]) == set(codes[:-1])
    with pytest.raises(AccessError):
        viewer.guide(last)
    draft = Draft("coalition", "", tuple(codes[:-1]), ("conditions",))
    conversed.releases.open(
        conversed.releases.compose(draft), agreed="the table", agreed_on=today()
    )
    assert not viewer.profile().empty
    for left_out in (
        lambda: viewer.profile(by_group=True),
        lambda: viewer.counts(language="fr"),
        lambda: viewer.guide(codes[0]),
    ):
        with pytest.raises(AccessError):
            left_out()


@pytest.mark.parametrize("role", ["rater", "viewer"])
def test_nothing_that_a_visitor_is_handed_leads_back_to_what_is_behind_it(opened, tokens, role):
    set_status(opened, "released" if role == "viewer" else "open")
    evaluation = visited(opened.folder, tokens[role])
    own = opened.links.enter(tokens["rater"], "rater").rater
    handed = [evaluation.newest, evaluation.consent, evaluation.links.enter]
    if role == "viewer":
        standing = evaluation.releases.standing("coalition")
        handed += [evaluation.participation, evaluation.releases.current, standing]
        assert standing.participation("r1") == 2
    else:
        handed += [evaluation.sheet, evaluation.sheet("r1", own).record, evaluation.room("r1").vote]
    for one in handed:
        assert not hasattr(one, "__self__")
        assert not hasattr(one, "__wrapped__")
        assert not any(isinstance(part, Evaluation) for part in vars(one).values())


def test_a_round_that_is_not_shown_is_in_nothing_that_a_viewer_reaches(opened, tokens):
    set_status(opened, "closed")
    evaluation = visited(opened.folder, tokens["viewer"])
    standing = evaluation.releases.standing("coalition")
    assert (standing.settings.waves, standing.participation("r1")) == ((), 0)
    assert standing.tables().counts().empty
    with pytest.raises(AccessError):
        evaluation.participation("r1")


def test_a_saved_link_never_beats_the_visitors_own(opened, tokens):
    """Whatever was pasted into a notebook, and whoever's it was."""
    for pasted in ("other", "evaluator", "viewer"):
        with served(tokens["own"]):
            page = RatingPage(Evaluation.open(opened.folder), link=tokens[pasted])
        assert page.link.role == "own"
        assert page.sheet.answers == {}
    set_status(opened, "closed")
    with served(tokens["viewer"]):
        page = DashboardPage(Evaluation.open(opened.folder), link=tokens["evaluator"])
    assert page.link.role == "viewer"
    assert page.visible() == []
    with served():
        assert RatingPage(Evaluation.open(opened.folder), link=tokens["other"]).link is None


def test_a_sealed_visit_stays_whatever_a_cell_does_to_the_environment(opened, tokens, monkeypatch):
    monkeypatch.setattr(Visit, "_sealed", None)
    with served(tokens["rater"]):
        Visit.seal()
    with pytest.raises(AccessError):
        Evaluation.open(opened.folder).ratings()
    with served(tokens["evaluator"]), pytest.raises(AccessError):
        Evaluation.open(opened.folder).ratings()


def test_every_name_that_a_visitor_reaches_is_one_that_there_is():
    kinds = {
        **dict.fromkeys(("nobody", "viewer", "rater"), Evaluation),
        "links": Links,
        "releases": Releases,
        "sheet": Sheet,
        "room": Room,
        "strategy": Strategy,
        "relations": Relations,
        "partners": Partners,
    }
    given = {"folder", "language", "wave", "rater", "mark", "partners"}  # when they are made
    assert kinds.keys() == _REACHED.keys()
    for part, kind in kinds.items():
        known = {name for name, _ in inspect.getmembers(kind)}
        assert set(_REACHED[part]) <= known | given, part


def set_status(evaluation, status):
    waves = [wave.model_copy(update={"status": status}) for wave in evaluation.settings.waves]
    evaluation.change(evaluation.settings.model_copy(update={"waves": tuple(waves)}))
