"""Every chart draws, says what it shows, and asks no other host for anything."""

import os
import re
from pathlib import Path

import pandas as pd
import pytest
import vl_convert

from toolkit import charts
from toolkit.charts.lettering import breadth
from toolkit.charts.view import svg
from toolkit.text import say

KEPT = Path(__file__).parents[1] / "screenshots" / "charts"
CHARTS = [
    "agreement",
    "change",
    "desired",
    "distribution",
    "portfolio",
    "profile",
    "relations",
    "rounds",
    "strategy",
]
NAMES = {"relations": "name", "agreement": "statement", "desired": "statement"}


def draw(name, tables, language, width):
    return getattr(charts, name)(*tables, language=language, width=width)


def texts(picture):
    """Return what a picture writes, in one text."""
    return " ".join(re.findall(r">([^<>]+)<", picture)).replace("&quot;", '"')


def check(picture, width):
    assert float(re.search(r'width="([\d.]+)"', picture)[1]) <= width * 1.08
    for stranger in re.findall(r"https?://[^\s\"']+", picture):
        assert stranger.startswith("http://www.w3.org/")
    assert not re.search(r">[^<]*\b(null|NaN|nan|None|undefined)\b[^<]*<", picture)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [300, 680])
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_draws_in_the_width_it_is_given(table, tmp_path, name, width, language):
    chart = draw(name, table(name, language), language, width)
    chart.to_dict()  # checks each mark against the schema
    picture = svg(chart)
    check(picture, width)
    folder = KEPT if os.environ.get("AGIR_SCREENSHOTS") else tmp_path
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}-{width}-{language}.png"
    file.write_bytes(vl_convert.svg_to_png(picture, scale=1.5))
    assert file.stat().st_size > 8_000  # a blank picture is far smaller


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_draws_one_row_and_none(table, name, language):
    for rows in (0, 1):
        few = [part.head(rows) for part in table(name, language)]
        if name == "relations":
            few[1] = few[1].head(0)
        check(svg(draw(name, few, language, 300)), 300)
        assert isinstance(getattr(charts, f"describe_{name}")(*few, language=language), str)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", CHARTS)
def test_the_sentence_names_every_row(table, name, language):
    tables = table(name, language)
    said = getattr(charts, f"describe_{name}")(*tables, language=language)
    column = NAMES.get(name, "statement" if "statement" in tables[0] else "title")
    for text in set(tables[0][column]):
        assert text in said
    assert not re.search(r"\b(nan|None|NaN|<NA>)\b|<NA>", said)
    assert "  " not in said


@pytest.mark.parametrize("name", [n for n in CHARTS if n not in {"relations", "strategy"}])
def test_a_masked_row_shows_a_word_and_no_number(table, name):
    whole = table(name, "fr")[0]
    hidden = whole.head(2).copy()
    words = {"statement", "title", "coalition", "round"}
    words |= {"before_round", "after_round", "shown", "scale", "steps", "first"}
    for column in set(hidden) - words:
        hidden[column] = pd.array([None] * len(hidden), dtype=hidden[column].dtype)
    hidden["shown"] = "nothing"
    said = getattr(charts, f"describe_{name}")(hidden, language="fr")
    assert said.count("masqué") == len(hidden)
    picture = svg(draw(name, [hidden], "fr", 300))
    if name != "rounds":  # a masked round leaves a gap
        assert texts(picture).count("masqué") == len(hidden)


def test_a_masked_obstacle_shows_a_word_and_no_verdict(table):
    panel = table("strategy", "fr")[0]
    panel["feasible"] = pd.array(panel["feasible"], dtype="boolean")
    trust = panel["obstacle"] == "trust"
    panel.loc[trust, "feasible"] = None
    panel = panel.assign(fits=None)
    assert texts(svg(charts.strategy(panel, language="fr"))).count("inconnu") == 4
    panel["shown"] = ["nothing" if hidden else "distribution" for hidden in trust]
    assert texts(svg(charts.strategy(panel, language="fr"))).count("masqué") == 4
    said = charts.describe_strategy(panel, language="fr")
    assert said.count("masqué") == 4
    assert "Aucune stratégie n’est proposée" in said


def test_figures_are_written_as_the_language_writes_them(table):
    french = texts(svg(charts.agreement(table("agreement", "fr")[0], language="fr")))
    assert "0,82" in french
    assert "0,60" in french
    assert "0.82" not in french
    assert "0.82" in texts(svg(charts.agreement(table("agreement", "en")[0], language="en")))
    assert "accord de 0,82" in charts.describe_agreement(table("agreement", "fr")[0], language="fr")
    assert "de 2,5 à 4" in charts.describe_profile(table("profile", "fr")[0], language="fr")
    assert "2.5 to 4" in charts.describe_profile(table("profile", "en")[0], language="en")
    assert "de 1,5 avec" in charts.describe_relations(*table("relations", "fr"), language="fr")


def test_a_profile_without_intervals_says_nothing_of_them(table):
    bare = table("profile", "fr")[0].drop(columns=["from", "to"])
    assert "moitié" not in charts.describe_profile(bare, language="fr")
    assert "moitié" not in texts(svg(charts.profile(bare, language="fr")))
    assert "moitié" in texts(svg(charts.profile(table("profile", "fr")[0], language="fr")))


@pytest.mark.parametrize("width", [300, 680])
def test_a_change_counts_who_rose_stayed_and_fell(table, width):
    changes = table("change", "fr")[0]
    written = texts(svg(charts.change(changes, language="fr", width=width)))
    for said in ("cran 3", "cran 4", "5 plus haut", "6 pareil", "1 plus bas", "masqué"):
        assert said in written
    said = charts.describe_change(changes, language="fr")
    assert "médiane basse 3 (Automne 2024), puis 4 (Automne 2025)" in said
    assert "5 plus haut, 6 pareil, 1 plus bas, sur 12 personnes" in said
    for told in (said, " ".join(written.split())):
        assert told.count("Le hasard seul en ferait souvent autant.") == 2


def test_an_unknown_agreement_with_a_known_reading_is_written_and_not_placed(table):
    summary = table("agreement", "fr")[0].iloc[[3]]
    picture = svg(charts.agreement(summary, language="fr"))
    assert "avis variés" in texts(picture)
    assert 'aria-roledescription="point"' not in picture
    assert charts.describe_agreement(summary, language="fr").endswith("avis variés.")


@pytest.mark.parametrize("count", [1, 2, 7, 30])
@pytest.mark.parametrize("width", [300, 680])
def test_a_portfolio_keeps_the_order_it_is_given(table, count, width):
    names = [f"Regroupement n{(i * 17) % 31:02}" for i in range(count)]
    conditions = table("portfolio", "fr", coalitions=names)[0]
    picture = svg(charts.portfolio(conditions, language="fr", width=width))
    check(picture, width)
    found = re.findall(r"Regroupement n\d\d", texts(picture))
    assert list(dict.fromkeys(found)) == names
    assert "rien n’est classé" in texts(picture)
    said = charts.describe_portfolio(conditions, language="fr")
    assert re.findall(r"Regroupement n\d\d", said) == names


@pytest.mark.parametrize("name", ["profile", "distribution", "desired", "rounds", "agreement"])
def test_the_tables_of_an_evaluation_draw_as_they_are(evaluation, name):
    profile, summary = evaluation.profile(), evaluation.summary()
    counts = evaluation.counts()
    today = (counts["wave"] == "2026-T1") & (counts["aspect"] == "current")
    gate = {
        "profile": profile[profile["wave"] == "2026-T1"],
        "rounds": profile,
        "distribution": counts[today],
        "desired": evaluation.gaps("2026-T1"),
        "agreement": summary[summary["wave"] == "2026-T1"],
    }[name]
    for width in (300, 680):
        check(svg(draw(name, [gate], "fr", width)), width)
    said = getattr(charts, f"describe_{name}")(gate, language="fr")
    assert all(text in said for text in gate["statement" if "statement" in gate else "title"])


def test_a_long_obstacle_never_meets_what_stands_beside_it():

    long = "Travail en silo (chasse gardée, protection de son territoire)"
    panel = pd.DataFrame(
        [
            {"obstacle": "turf", "title": long, "strategy": n, "feasible": n < 3, "fits": 2}
            for n in (1, 2, 3, 4)
        ]
    ).assign(binding=True)
    chart = charts.strategy(panel, language="fr", width=300).to_dict()
    rows = [row for table in chart["datasets"].values() for row in table if "said" in row]
    flag = next(row for row in rows if row["said"] == say("chart.binding", "fr"))
    title = next(row for row in rows if row["said"].startswith("Travail"))
    last = title["said"].split("\n")[-1]
    beside = breadth(last, 12.5, bold=True) + breadth(flag["said"], 11.5, bold=True) <= 300
    below = flag["y"] > title["y"] + 10
    assert beside or below
    assert "Ce qui convient aujourd’hui" in charts.describe_strategy(panel, language="fr")
