"""The fictional coalition carries the whole conversation, and is remade byte for byte."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from toolkit.evaluation import COALITION, PORTFOLIO
from toolkit.evaluation.portfolio import beside, gather
from toolkit.evaluation.strategy.outlook import of_people
from toolkit.serve.demo import make_demo, make_neighbours
from toolkit.shipped import shipped
from toolkit.text import LANGUAGES

SAMPLE = shipped("sample_data")
WAVE = "2026-T1"


@pytest.fixture(scope="module", params=LANGUAGES)
def table(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    make_neighbours(folder, request.param)
    return make_demo(folder / "table", request.param, conversation=True)


def test_the_sample_is_remade_byte_for_byte(tmp_path):
    remake = "import make, pathlib, sys; make.make(pathlib.Path(sys.argv[1]))"
    told = subprocess.run(
        [sys.executable, "-B", "-c", remake, str(tmp_path)],
        cwd=SAMPLE,
        check=False,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr
    made = {file.relative_to(tmp_path): file for file in tmp_path.rglob("*") if file.is_file()}
    assert len(made) == 8
    differ = [name for name, file in made.items() if file.read_bytes() != _shipped(name)]
    assert differ == [], "run python sample_data/make.py"


def _shipped(name):
    file = SAMPLE / name
    return file.read_bytes() if file.exists() else b""


def test_two_purposes_of_one_table_get_different_answers(table):
    outlooks = [of_people(table.strategy, WAVE, one.code) for one in table.strategy.purposes]
    assert [(one.found.fits, one.found.binding) for one in outlooks] == [
        (3, ()),
        (2, ("time", "turf")),
    ]
    assert all(False in one.practised.values() for one in outlooks)
    ways = ["networking", "coordinating", "cooperating", "collaborating"]
    assert list(table.strategy.examples) == ways


def test_the_map_has_ties_of_each_kind_levels_and_roles_to_talk_about(table):
    found = table.relations.map(WAVE, own=False)
    assert (found.answered, found.partners, found.left_out) == (10, 14, 4)
    assert set(found.nodes["level"]) == {"local", "regional", "national"}
    assert found.today["confirmed"].nunique() == 2
    assert not found.desired.empty
    assert not {"business", "culture", "employment"} & set(found.nodes["sector"])
    kinds = {flag.kind for flag in table.relations.roles.flags()}
    assert kinds == {"unheld", "double_hat", "in_one"}


def test_the_session_agrees_leaves_apart_and_keeps_ballots_and_own_answers(table):
    session = table.session(WAVE)
    recorded = {code: session.consensus(code) for code in ("PP4", "PP3", "SA5")}
    assert [told["value"] for told in recorded.values()] == [3, None, 2]
    assert recorded["PP4"]["dissent"]
    assert all(told["fact"] for told in recorded.values())
    assert [shown.reading for shown in session.figures("PP4")] == ["divided", "shared"]
    assert session.figures("SA5")[0].steps is None  # too few gave a step
    kept = table.ratings()
    assert set(kept[kept["mode"] == "consensus"]["rater"]) == {"consensus"}
    rated = (SAMPLE / "ratings.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(table.ratings(history=True)) == len(rated) + 3


def test_the_plan_of_one_round_is_what_the_next_opens_on(table):
    earlier = table.plan.earlier(WAVE)
    assert [act.status for act in earlier] == ["done", "done", "under_way", "dropped"]
    assert earlier[-1].reason
    assert 1 <= len(table.plan.priorities(WAVE)) <= 3
    assert len(table.plan.notes(WAVE)) == 4
    assert {act.code for act in table.plan.earlier("2026-T2")} > {"familles", "crayon"}


def test_each_audience_is_shown_what_the_table_agreed_to_then(table):
    assert len(table.releases.every()) == 3
    told = table.releases.current(COALITION)
    assert told.opened_at == datetime(2026, 5, 19, 13, tzinfo=UTC)
    assert [wave.code for wave in table.releases.visible(told)] == ["2025-T1", "2025-T2", WAVE]
    assert told.snapshot.settings.language == table.language
    seen = [
        one.profile()[["wave", "condition", "low", "high"]]
        for one in (told.snapshot.tables(), table)
    ]
    assert seen[0].to_numpy().tolist() == seen[1].to_numpy().tolist()
    portfolio = table.releases.current(PORTFOLIO)
    assert portfolio.draft.parts == ("conditions",)


def test_the_coalition_sees_how_it_now_looks_at_the_round_before_and_who_does_what(table):
    told = table.releases.current(COALITION).snapshot
    again = told.tables().then("2025-T2", WAVE).dropna(subset=["pairs"])
    look = again[again["compared"] == "look"].set_index("condition")
    # Of the others few changed their view: beside the change, that would give them away.
    assert set(look.index) == {"PP", "SA"}
    assert list(look["fell"] > look["rose"]) == [code != "PP" for code in look.index]
    assert look["pairs"].min() >= 8
    assert all(act.who for act in told.conversation(WAVE).promises)


def test_three_coalitions_stand_in_the_portfolio(table):
    members = gather(beside(table.folder), by_name=True)
    assert [bool(one.release) for one in members] == [True] * 3
    assert not any(one.fault or one.apart for one in members)
    assert len({one.name for one in members}) == 3


def test_what_was_typed_is_in_the_language_of_the_demo_and_all_else_is_said_once(tmp_path):
    lines = {
        name: (SAMPLE / name).read_text(encoding="utf-8").splitlines()
        for name in ("entries.jsonl", "entries.fr.jsonl", "entries.en.jsonl")
    }
    french, english = lines["entries.fr.jsonl"], lines["entries.en.jsonl"]
    assert len(french) == len(english)
    assert not set(french) & set(english)
    said = {
        language: make_demo(tmp_path / language, language, conversation=True).plan.notes(WAVE)
        for language in LANGUAGES
    }
    assert all(said["fr"][code].text != said["en"][code].text for code in said["fr"])


def test_a_demo_without_the_conversation_has_ratings_alone(evaluation):
    assert evaluation.releases.every() == []
    assert evaluation.strategy.purposes == []
    assert set(evaluation.ratings()["mode"]) == {"individual"}
