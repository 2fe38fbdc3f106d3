"""A release is frozen, needs the coalition's decision, and gives nobody's answer away."""

import datetime
import json
import sqlite3

import pandas as pd
import pytest

from toolkit import Evaluation
from toolkit.errors import ConflictError, EvaluationError
from toolkit.evaluation import COALITION, PARTS, Draft, Wave
from toolkit.evaluation.release.frozen import of_module
from toolkit.evaluation.release.leaks import LeakError
from toolkit.evaluation.tables.rounds import turnover
from toolkit.evaluation.tables.talk import talk
from toolkit.ratings import Rating

DAY = datetime.date(2026, 5, 12)
ROUNDS = ("2025-T1", "2025-T2", "2026-T1")


def set_status(evaluation, status, code="r1"):
    waves = [
        wave.model_copy(update={"status": status}) if wave.code == code else wave
        for wave in evaluation.settings.waves
    ]
    evaluation.change(evaluation.settings.model_copy(update={"waves": tuple(waves)}))


def opened_for(evaluation, audience=COALITION, name="", rounds=("r1",), parts=PARTS):
    releases = evaluation.releases
    composed = releases.compose(Draft(audience, name, rounds, parts))
    return releases.open(composed, "Tout le monde à la rencontre", DAY)


@pytest.fixture
def closed(opened, rate):
    """Six partners and six parents, who answered one statement; the round is closed."""
    for i in range(12):
        rate(f"person-{i}", group="partner" if i < 6 else "parent", CV1=1 + i % 5, CV2=3 + i % 2)
    set_status(opened, "closed")
    return opened


@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_tables_are_those_of_the_moment(evaluation, language):
    frozen = opened_for(evaluation, rounds=ROUNDS).snapshot.tables(language)
    living = evaluation.tables(language)
    for name, by_group in (("counts", False), ("summary", False), ("profile", True)):
        now = getattr(living, name)(by_group=by_group)
        now = now[now["wave"].isin(ROUNDS)].reset_index(drop=True)
        then = getattr(frozen, name)(by_group=by_group)
        pd.testing.assert_frame_equal(then, now, check_dtype=False)
    two = ROUNDS[1:]
    kept, now = frozen.changes(*two), living.changes(*two)
    medians = ["condition", "before", "after"]
    pd.testing.assert_frame_equal(kept[medians], now[medians], check_dtype=False)
    told = kept["pairs"].notna()  # of a release, less may be told of who moved
    assert told.any()
    assert kept.loc[told].equals(now.loc[told].astype(kept.dtypes))
    guides = [tables.guide("2026-T1") for tables in (frozen, living)]
    pd.testing.assert_frame_equal(*guides, check_dtype=False)


def test_no_later_answer_and_no_later_setting_changes_it(closed):
    opened_for(closed)
    before = closed.releases.current(COALITION)
    set_status(closed, "open")
    sheet = closed.sheet("r1", "person-0")
    sheet.record("CV1", value=5)
    wave = closed.settings.waves[0].model_copy(update={"status": "released", "fr": "Autre nom"})
    privacy = closed.settings.privacy.model_copy(update={"minimum": 12, "minimum_distribution": 12})
    update = {"waves": (wave,), "privacy": privacy, "groups": ()}
    closed.change(closed.settings.model_copy(update=update))
    after = Evaluation.open(closed.folder).releases.current(COALITION)
    assert after.snapshot.kept == before.snapshot.kept
    frames = [one.snapshot.tables("fr").summary(by_group=True) for one in (before, after)]
    pd.testing.assert_frame_equal(*frames)
    assert after.snapshot.settings.waves[0].fr == "Ronde 1"
    assert after.snapshot.tables("fr").figures(by_group=True)["n"].max() == 12


def test_it_keeps_nothing_of_a_person_a_partner_or_a_note(evaluation):
    release = opened_for(evaluation, rounds=ROUNDS)
    kept = json.dumps(release.content, ensure_ascii=False)
    people = evaluation.raters().values()
    assert not [p.rater for p in people if f'"{p.rater}"' in kept]
    assert not [p.name for p in evaluation.settings.partners if p.name in kept]
    notes = {note for note in evaluation.ratings()["note"] if len(note) > 5}
    assert not [note for note in notes if note in kept]
    assert "2026-T2" not in kept


def test_what_was_not_chosen_is_not_in_it(evaluation):
    release = opened_for(evaluation, rounds=("2026-T1",), parts=("conditions",))
    figures = release.snapshot.tables("fr").figures(by_group=True)
    assert set(figures["group"]) == {"all"}
    assert set(figures["aspect"]) == {"current"}
    assert set(figures["wave"]) == {"2026-T1"}


def test_what_another_audience_was_shown_masks_as_if_it_stood_beside(evaluation):
    opened_for(evaluation, rounds=ROUNDS[:2])
    alone = opened_for(evaluation, "funder", "Un bailleur", ("2026-T1",))
    together = evaluation.counts()
    together = together[together["wave"] == "2026-T1"].reset_index(drop=True)
    frozen = alone.snapshot.tables("fr").counts()
    assert (frozen["shown"] == together["shown"]).all()
    assert (together["shown"] != "distribution").any()


@pytest.mark.parametrize("agreed", ["", "   "])
def test_nothing_opens_without_the_coalitions_decision(closed, agreed):
    composed = closed.releases.compose(Draft(rounds=("r1",)))
    with pytest.raises(EvaluationError):
        closed.releases.open(composed, agreed, DAY)
    assert closed.releases.every() == []


@pytest.mark.parametrize("rounds", [(), ("r9",), ("r1", "r9")])
def test_a_round_that_is_not_there_is_refused(closed, rounds):
    with pytest.raises(EvaluationError):
        closed.releases.compose(Draft(rounds=rounds))


def test_a_round_that_people_answer_is_never_released(closed):
    composed = closed.releases.compose(Draft(rounds=("r1",)))
    set_status(closed, "open")
    with pytest.raises(EvaluationError):
        closed.releases.compose(Draft(rounds=("r1",)))
    with pytest.raises(EvaluationError):
        closed.releases.open(composed, "Nous", DAY)


def test_a_new_version_takes_the_place_of_the_one_before_which_stays_in_the_history(closed):
    opened_for(closed)
    second = opened_for(closed, parts=("conditions",))
    assert second.version == 2
    assert closed.releases.current(COALITION).number == second.number
    assert [one.version for one in closed.releases.history(COALITION)] == [1, 2]
    assert [one.draft.audience for one in closed.releases.every()] == [COALITION]


def test_a_release_taken_back_is_shown_to_nobody_and_not_forgotten(closed):
    opened_for(closed)
    closed.releases.revoke(COALITION)
    assert closed.releases.current(COALITION) is None
    assert closed.releases.live() == []
    assert closed.settings.wave("r1").status == "withdrawn"
    (kept,) = closed.releases.history(COALITION)
    assert (kept.agreed, kept.agreed_on) == ("Tout le monde à la rencontre", DAY)
    assert opened_for(closed).version == 2
    assert closed.settings.wave("r1").status == "released"


def test_of_two_evaluators_at_once_the_second_one_looks_again(closed):
    first, second = closed.releases, Evaluation.open(closed.folder).releases
    composed = [one.compose(Draft(rounds=("r1",))) for one in (first, second)]
    first.open(composed[0], "Nous", DAY, after=0)
    with pytest.raises(ConflictError):
        second.open(composed[1], "Nous", DAY, after=0)
    assert [one.version for one in second.history(COALITION)] == [1]


def test_a_round_that_anybody_was_shown_is_remembered(closed):
    assert closed.releases.ever_shown() == set()
    opened_for(closed, "funder", "Un bailleur")
    closed.releases.revoke("funder")
    assert closed.settings.wave("r1").status == "closed"
    assert closed.releases.ever_shown() == {"r1"}


def test_rounds_shown_before_there_were_releases_stay_shown_until_the_first_one(evaluation):
    assert [wave.code for wave in evaluation.releases.live()] == [*ROUNDS]
    opened_for(evaluation, "funder", "Un bailleur", ("2026-T1",))
    assert [wave.code for wave in evaluation.releases.live()] == [*ROUNDS]
    opened_for(evaluation, rounds=("2026-T1",))
    assert evaluation.releases.live() == []
    shown = {wave.code: wave.status for wave in evaluation.settings.waves}
    assert shown == {
        **dict.fromkeys(ROUNDS[:2], "withdrawn"),
        "2026-T1": "released",
        "2026-T2": "open",
    }


def test_another_number_of_the_same_people_is_masked(closed, know):
    opened_for(closed)
    with sqlite3.connect(closed.folder / "ratings.db") as store:
        store.execute("DELETE FROM ratings WHERE rater = 'person-3' AND indicator = 'CV1'")
    again = opened_for(closed, "funder", "Un bailleur")
    shown = again.snapshot.tables("fr").counts().set_index("indicator")["shown"]
    assert shown["CV1"] == "nothing"
    # Of CV2 nothing changed but who was there.
    assert again.version == 1


def test_an_erased_answer_is_not_the_difference_of_two_audiences_or_versions(closed):
    opened_for(closed, parts=("answers",))
    closed.releases.revoke(COALITION)
    with sqlite3.connect(closed.folder / "ratings.db") as store:
        store.execute("DELETE FROM ratings WHERE rater = 'person-3'")
    for audience in ("funder", COALITION):
        again = opened_for(closed, audience, audience, parts=("answers",))
        assert set(again.snapshot.tables("fr").counts()["shown"]) == {"nothing"}


def test_a_person_who_changes_groups_is_not_the_difference_of_two_medians(opened, rate, know):
    for i in range(14):
        rate(f"person-{i}", group="partner" if i < 7 else "parent", CV1=1 + i % 5, CV2=1 + i // 7)
    set_status(opened, "closed")
    before = opened_for(opened).snapshot.tables("fr").profile(by_group=True)
    assert "statistic" in set(before["shown"])
    know("person-0", "parent")
    know("person-2", "parent")
    after = opened_for(opened, "funder", "Un bailleur").snapshot.tables("fr")
    frames = (before, after.profile(by_group=True))
    told = [frame.set_index(["condition", "group"]) for frame in frames]
    for place, row in told[1].iterrows():
        if row["shown"] == "statistic":
            assert (row["low"], row["high"]) == tuple(told[0].loc[place, ["low", "high"]])


def test_what_another_audience_was_shown_meanwhile_is_looked_at_again(opened, rate):
    for i in range(9):
        rate(f"person-{i}", CV1=3 + i % 2)
    waves = [Wave(code=code, fr=code, en=code, status="closed") for code in ("r1", "r2")]
    opened.change(opened.settings.model_copy(update={"waves": tuple(waves)}))
    known = {"indicator": "CV1", "instrument": "four_conditions", "scale": "rooted5", "version": 1}
    opened._store.append(
        Rating(wave="r2", rater=f"person-{i}", value=3 + i % 2, **known) for i in range(10)
    )
    composed = opened.releases.compose(Draft("funder", "Un bailleur", ("r2",)))
    opened_for(opened)
    with pytest.raises(LeakError) as refused:
        opened.releases.open(composed, "Nous", DAY)
    assert opened.instrument.indicators["CV1"].text.fr in refused.value.say("fr")
    assert opened_for(opened, "funder", "Un bailleur", rounds=("r2",)).version == 1


def test_a_link_is_for_one_audience(closed):
    links = closed.links
    made = [links.make_viewer(), links.make_viewer("funder")]
    assert [links.token(link) for link in links.viewers()] == made[:1]
    assert [links.token(link) for link in links.viewers("funder")] == made[1:]
    assert links.of("funder") == []


def people(*raters, wave):
    return pd.DataFrame({"wave": wave, "rater": list(raters)})


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("abcdefghij", "abcdefghij", {"entered": 0, "left": 0, "stayed": 10}),
        ("abcdefghij", "fghijklmno", {"entered": 5, "left": 5, "stayed": 5}),
        ("abcdefghij", "abcdefghijk", None),
        ("abcdefghi", "efghijklm", {"entered": 4, "left": 4, "stayed": 5}),
        ("abcd", "efghij", None),
    ],
)
def test_who_came_and_left_is_told_only_of_many(before, after, told):
    given = pd.concat([people(*before, wave="one"), people(*after, wave="two")])
    few = told and min(count for count in told.values() if count) < 5
    assert turnover(given, "one", "two", 5) == (None if few else told)


def test_rounds_that_were_asked_otherwise_are_apart(closed):
    wave = closed.settings.waves[0]
    waves = [wave.model_copy(update={"code": code}) for code in ("r1", "r2", "r3")]
    closed.change(closed.settings.model_copy(update={"waves": tuple(waves)}))
    known = {"rater": "p", "indicator": "CV1", "instrument": "four_conditions", "value": 2}
    version = closed.instrument.version
    closed._store.append(
        [
            Rating(wave="r2", version=version + 1, scale="rooted5", **known),
            Rating(wave="r3", version=version, scale="rooted5", **known),
        ]
    )
    tables = closed.tables()
    assert tables.apart("r1") == {"r2"}
    assert tables.apart("r2") == {"r1", "r3"}
    frozen = opened_for(closed, rounds=("r1", "r2")).snapshot.tables("fr")
    assert frozen.apart("r1") == {"r2"}


@pytest.mark.parametrize(("parts", "lines"), [(("guide",), ["CV1"]), (PARTS, ["CV1", "ENG1"])])
def test_its_talk_covers_the_modules_that_are_in_it(opened, rate, parts, lines):
    wave = opened.settings.waves[0].model_copy(update={"modules": ("ENG",)})
    opened.change(opened.settings.model_copy(update={"waves": (wave,)}))
    for i in range(9):
        rate(f"person-{i}", CV1=4 + i % 2, ENG1=4)
    set_status(opened, "closed")
    frozen = opened_for(opened, parts=parts).snapshot.tables("fr")
    assert list(talk(frozen, "r1", of_module)["indicator"]) == lines
