"""A scale of 2 to 11 steps, from whatever number on: every page, chart and file holds its own."""

import json
import re

import openpyxl
import pandas as pd
import pytest

from toolkit import DashboardPage, Evaluation, PlanPage, RatingPage, ReleasePage, charts
from toolkit.charts.view import svg
from toolkit.errors import RatingError
from toolkit.evaluation import PARTS, Group, Wave
from toolkit.ratings import Rating
from toolkit.reports import export_tables
from toolkit.testing import send
from toolkit.text import say

SCALES = [(1, 2), (1, 3), (1, 7), (1, 10), (1, 11), (0, 4), (0, 10), (-2, 2)]


def instrument(first, last):
    """Two conditions of two lines, on one scale."""
    steps = {step: both(f"Cran {step}", f"Step {step}") for step in range(first, last + 1)}
    anchors = {first: both("Pas du tout", "Not at all"), last: both("Tout à fait", "Entirely")}

    def line(code):
        return {"code": code, "text": both(f"Ligne {code}", f"Line {code}"), "scale": "own"} | {
            "anchors": anchors
        }

    return {
        "id": "own",
        "version": 1,
        "title": both("Le nôtre", "Ours"),
        "source": both("Nous", "Us"),
        "scales": {"own": {"title": both("Échelle", "Scale"), "steps": steps}},
        "conditions": [
            {"code": code, "title": both(f"Condition {code}", f"Condition {code}")}
            | {"indicators": [line(f"{code}1"), line(f"{code}2")]}
            for code in ("A", "B")
        ],
    }


def both(fr, en):
    return {"fr": fr, "en": en}


@pytest.fixture(params=SCALES, ids=lambda ends: f"{ends[0]} to {ends[1]}")
def ends(request):
    return request.param


@pytest.fixture
def asking(blank, ends):
    """An evaluation on that scale, with two groups and one open round."""
    told = json.dumps(instrument(*ends))
    (blank.folder / "own.yaml").write_text(told, encoding="utf-8")
    groups = (Group(code=code, fr=code, en=code) for code in ("partner", "parent"))
    waves = (Wave(code="r1", fr="r1", en="r1", status="open"),)
    update = {"instrument": "own", "groups": tuple(groups), "waves": waves}
    blank.change(blank.settings.model_copy(update=update))
    return Evaluation.open(blank.folder, language="en")


@pytest.fixture
def own(asking, ends):
    """Twelve people answered two rounds, both closed."""
    (first,) = asking.settings.waves
    second = first.model_copy(update={"code": "r2", "fr": "r2", "en": "r2"})
    over = [wave.model_copy(update={"status": "closed"}) for wave in (first, second)]
    for waves in ((first,), (over[0], second)):
        asking.change(asking.settings.model_copy(update={"waves": waves}))
        asking.sheet(waves[-1].code, "p0")  # keeps with what the round is asked
        given = [one for person in range(12) for one in answers(waves[-1].code, person, *ends)]
        asking._store.append(given)
    asking.change(asking.settings.model_copy(update={"waves": tuple(over)}))
    return asking


def answers(wave, person, first, last):
    """Most are on the two highest steps, later a few more; most desire the highest."""
    low = first if person < (5 if wave == "r1" else 3) else last - 1
    today = last if person % 2 else low
    wanted = last if person % 3 else last - 1
    return [
        Rating(
            wave=wave,
            rater=f"p{person}",
            indicator=code,
            instrument="own",
            version=1,
            scale="own",
            aspect=aspect,
            value=value,
        )
        for code in ("A1", "A2", "B1", "B2")
        for aspect, value in (("current", today), ("desired", wanted))
    ]


def numbers(ends):
    return list(range(ends[0], ends[1] + 1))


def test_both_ends_are_kept_and_nothing_beyond_them(asking, ends):
    sheet = asking.sheet("r1", "p1")
    sheet.consent()
    first, last = ends
    for value in ends:
        sheet.record("A1", value=value)
        assert asking.ratings()["value"].iloc[-1] == value
    for beyond in (first - 1, last + 1):
        with pytest.raises(RatingError) as refused:
            sheet.record("A1", value=beyond)
        assert refused.value.say("en") == f"The answer must be a step from {first} to {last}."


def test_every_frame_says_on_which_scale_and_holds_its_numbers(own, ends):
    frames = [own.counts(), own.summary(), own.profile(), own.gaps("r2"), own.changes("r1", "r2")]
    for frame in [*frames, own.profile(by_group=True), own.summary(by_group=True)]:
        assert set(frame["scale"]) == {"own"}
        assert set(frame["steps"]) == {len(numbers(ends))}
        assert set(frame["first"]) == {ends[0]}
        for name in {"low", "high", "from", "to", "current", "wanted", "before"} & set(frame):
            assert frame[name].dropna().between(*ends).all()
    wanted = own.gaps("r2")["wanted"]
    assert set(wanted) == {ends[1]}
    steps = [name for name in own.counts().columns if name.startswith("step_")]
    assert len(steps) == len(numbers(ends))


def test_the_medians_are_those_of_the_numbers_that_people_chose(own):
    raw = own.ratings()
    raw = raw[(raw["aspect"] == "current") & (raw["wave"] == "r2")]
    summary = own.summary()
    summary = summary[(summary["aspect"] == "current") & (summary["wave"] == "r2")]
    for row in summary.to_dict("records"):
        given = sorted(raw.loc[raw["indicator"] == row["indicator"], "value"])
        assert (row["low"], row["high"]) == (given[5], given[6])


@pytest.mark.parametrize("name", ["profile", "rounds", "desired", "change", "portfolio"])
def test_a_chart_draws_the_true_axis_from_its_frame_alone(own, ends, name):
    profile = own.profile()
    frames = {
        "profile": profile[profile["wave"] == "r2"],
        "rounds": profile,
        "desired": own.gaps("r2"),
        "change": own.changes("r1", "r2"),
        "portfolio": profile[profile["wave"] == "r2"].assign(coalition="Ours"),
    }
    chart = getattr(charts, name)(frames[name], language="en")
    if name == "change":  # its steps have no axis: they are written beside the slope
        assert f"step {frames[name]['after'].iloc[0]}" in texts(svg(chart))
        return
    marks = [text.replace("−", "-") for text in texts(svg(chart))]
    found = [int(text) for text in marks if re.fullmatch(r"-?\d+", text)]
    assert set(found) >= set(numbers(ends))
    if name in {"profile", "desired"}:
        assert sorted(found) == numbers(ends)


def texts(picture):
    return re.findall(r">([^<>]+)<", picture)


def test_the_bars_name_each_step_by_its_number(own, ends):
    counts = own.counts()
    counts = counts[(counts["wave"] == "r2") & (counts["aspect"] == "current")]
    names = [f"Step {step}" for step in numbers(ends)]
    drawn = texts(svg(charts.distribution(counts, language="en", width=900, names=names)))
    said = [text for text in drawn if re.fullmatch(r"-?\d+ Step -?\d+", text)]
    assert sorted(said) == sorted(f"{step} Step {step}" for step in numbers(ends))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_shows_the_numbers_of_the_scale(own, ends, language):
    evaluation = Evaluation.open(own.folder, language=language)
    dashboard = DashboardPage(evaluation)
    told = json.dumps([part.state for part in dashboard.children], ensure_ascii=False)
    assert say("dashboard.unit", language, first=ends[0], last=ends[1]) in told
    plan = PlanPage(evaluation)._notes.state["groups"]
    figures = [line["figure"] for group in plan for line in group["lines"]]
    scale = {"fr": "sur une échelle de {} à {}", "en": "on a scale from {} to {}"}[language]
    assert all(scale.format(*ends) in figure for figure in figures)


def test_what_is_released_is_seen_by_its_numbers(own, ends):
    page = ReleasePage(own)
    chosen = {"audience": "coalition", "name": "", "rounds": ["r1", "r2"], "parts": list(PARTS)}
    fields = {**chosen, "notes": "", "quotes": ""}
    assert send(page._compose, "press", button="look", fields=fields)["ok"]
    decided = {"agreed": "All", "agreed_on": "2026-05-12"}
    assert send(page._decide, "press", button="open", fields=decided)["ok"]
    link = own.links.make_viewer("coalition")
    seen = DashboardPage(Evaluation.open(own.folder, language="en"), link=link)
    told = json.dumps([part.state for part in seen.children], ensure_ascii=False)
    assert say("dashboard.unit", "en", first=ends[0], last=ends[1]) in told
    frozen = own.releases.current("coalition").snapshot.tables("en")
    kept, now = frozen.profile(), own.profile()
    both_shown = kept["low"].notna()
    assert both_shown.any()
    assert (kept["low"] == now["low"])[both_shown].all()


def test_the_form_offers_each_step_by_its_number(asking, ends):
    page = RatingPage(asking, link=asking.invite("r1", 1)[0])
    assert send(page._notice, "press", button="agree", fields={})["ok"]
    (question, _) = page._form.state["questions"]
    assert [step["value"] for step in question["steps"]] == numbers(ends)
    said = send(page._form, "answer", indicator="A1", aspect="current", value=ends[0])
    assert said["ok"], said
    assert list(asking.ratings()["value"]) == [ends[0]]


def test_a_room_votes_sees_and_agrees_by_the_numbers_of_the_scale(asking, ends):
    session = asking.session("r1")
    session.begin(session.state, [])
    session.ask(session.state)
    for person in range(9):
        sheet = asking.sheet("r1", f"p{person}")
        sheet.consent()
        session.vote(sheet, session.state.subject, ends[person % 3 == 0])
        with pytest.raises(RatingError, match=str(ends[1])):
            session.vote(sheet, session.state.subject, ends[1] + 1)
    session.open(session.state)
    (seen,) = session.figures("A1")
    assert (seen.low, seen.high) == (ends[0], ends[0])
    session.record(session.state, ends[0])
    assert session.consensus("A1")["value"] == ends[0]
    assert list(asking.ratings()["value"]) == [ends[0]]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_exported_answers_and_their_codebook_are_by_the_numbers(own, ends, ending, tmp_path):
    file = tmp_path / f"own.{ending}"
    export_tables(own.folder, file)
    if ending == "csv":
        ratings = pd.read_csv(file, encoding="utf-8-sig")
        book = pd.read_csv(tmp_path / "own-codebook.csv", encoding="utf-8-sig")
    else:
        book = openpyxl.load_workbook(file)
        ratings, book = (frame(book[name]) for name in ("ratings", "codebook"))
    assert ratings["value"].min() == ends[0]
    assert ratings["value"].max() == ends[1]
    assert set(ratings["first"]) == {ends[0]}
    codes = book.loc[book["kind"] == "step", "code"]
    assert list(codes) == [f"own={step}" for step in numbers(ends)]
    assert "first" in set(book.loc[book["kind"] == "column", "code"])


def frame(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    return pd.DataFrame(rows, columns=head)
