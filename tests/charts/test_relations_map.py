"""The map of partners: where they stand, what is drawn, and what is not said."""

from itertools import combinations

import pandas as pd
import pytest
from test_charts import check, texts

from toolkit import charts
from toolkit.charts.lettering import breadth, wrapped
from toolkit.charts.relations.rings import Rings
from toolkit.charts.view import svg
from toolkit.errors import ToolkitError


@pytest.mark.parametrize("width", [300, 680])
@pytest.mark.parametrize("count", [2, 20, 60, 90])
def test_a_map_holds_every_name_at_any_size(table, count, width):
    nodes, ties = table("relations", "fr", count=count)
    picture = svg(charts.relations(nodes, ties, language="fr", width=width))
    check(picture, width)
    written = texts(picture)
    for name in nodes["name"]:
        assert all(word in written for word in name.split())


def test_twenty_names_stand_on_the_wide_map_and_under_the_narrow_one(table):
    nodes, ties = table("relations", "fr")
    assert "20" not in texts(svg(charts.relations(nodes, ties, language="fr", width=680))).split()
    assert "20" in texts(svg(charts.relations(nodes, ties, language="fr", width=300))).split()


def test_the_same_table_always_gives_the_same_map(table):
    nodes, ties = table("relations", "fr", count=60)
    assert svg(charts.relations(nodes, ties, language="fr")) == svg(
        charts.relations(nodes, ties, language="fr")
    )


def test_local_partners_stand_inside_and_national_ones_outside(table):
    nodes, _ = table("relations", "fr", count=60)
    rings = Rings.of(nodes, 200, 20)
    away = nodes["partner"].map({c: (x * x + y * y) ** 0.5 for c, (x, y) in rings.places.items()})
    far = away.groupby(nodes["level"]).agg(["min", "max"])
    assert far.loc["local", "max"] < far.loc["regional", "min"]
    assert far.loc["regional", "max"] < far.loc["national", "min"]
    assert far.loc["national", "max"] < 200
    assert len(set(rings.places.values())) == 60


def test_a_tie_is_drawn_only_where_the_table_has_one(table):
    nodes, _ = table("relations", "fr")
    ties = pd.DataFrame(
        {
            "source": ["p00", "p01", "p04", "p05"],
            "target": ["p01", "p04", "p05", "p06"],
            "value": pd.array([3, 2.5, 0, None], dtype="Float64"),
            "confirmed": [True, False, True, True],
        }
    )
    drawn = [
        line for line in rows(charts.relations(nodes, ties, language="fr")) if "confirmed" in line
    ]
    assert [line["confirmed"] for line in drawn] == [False, True]
    assert drawn[0]["size"] < drawn[1]["size"]
    said = charts.describe_relations(nodes, ties, language="fr")
    assert said.count("lien confirmé de 3 avec CPE L’Île-aux-Trésors") == 1
    assert said.count("lien non confirmé de 2,5 avec") == 1
    assert "Joujouthèque Saint-Michel (Communautaire, local)\u00a0: a répondu." in said
    assert "on ne sait rien de leur lien" in said


def test_a_partner_without_sector_or_level_has_its_place(table):
    nodes, ties = table("relations", "fr")
    nodes.loc[[0, 5], ["sector", "level"]] = None
    for width in (300, 680):
        written = texts(svg(charts.relations(nodes, ties, language="fr", width=width)))
        assert "précisé" in written
    assert "palier non précisé" in charts.describe_relations(nodes, ties, language="fr")


def test_where_answers_are_not_told_no_mark_and_no_word_tells_them(table):
    nodes, ties = table("relations", "fr")
    nodes = nodes.drop(columns="answered")
    for width in (300, 680):
        assert "répondu" not in texts(
            svg(charts.relations(nodes, ties, language="fr", width=width))
        )
    points = [
        row for row in rows(charts.relations(nodes, ties, language="fr")) if "answered" in row
    ]
    assert {row["answered"] for row in points} == {True}
    said = charts.describe_relations(nodes, ties.iloc[:1], language="fr")
    assert "répondu" not in said
    assert "Réseau des organismes familles (Communautaire, national)." in said


def test_a_tie_to_a_stranger_is_refused(table):
    nodes, ties = table("relations", "fr")
    ties.loc[0, "target"] = "p99"
    with pytest.raises(ToolkitError, match="p99"):
        charts.relations(nodes, ties, language="fr")


def test_no_name_covers_another_on_the_wide_map(table):
    nodes, ties = table("relations", "fr")
    chart = charts.relations(nodes, ties, language="fr", width=680).to_dict()
    boxes = {}
    for layer in chart["layer"]:
        mark = layer["mark"]
        if mark["type"] != "text" or mark["fontSize"] != 11.5 or "stroke" in mark:
            continue
        for row in chart["datasets"].get(layer["data"].get("name"), []):
            lines = row["said"].split("\n")
            wide = max(breadth(line, 11.5) for line in lines)
            left = row["x"] - {"left": 0, "center": 0.5, "right": 1}[mark["align"]] * wide
            box = (left, row["y"] - 6, left + wide, row["y"] + 13.5 * len(lines) - 8)
            boxes[row["said"]] = box
    assert len(boxes) >= 20 + nodes["sector"].nunique()
    for (a, one), (b, other) in combinations(boxes.items(), 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (a, b)


def test_lines_are_no_wider_than_they_may_be():
    for text in ("Centre de services scolaire des Moissons", "W" * 40, "Îles", ""):
        lines = wrapped(text, 80, 12)
        assert all(breadth(line, 12) <= 80 for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert wrapped("avis\u00a0: proches", 30, 12)[0] == "avis\u00a0:"
    assert breadth("Îles", 12) == breadth("Iles", 12)


def rows(chart):
    return [row for part in chart.to_dict()["datasets"].values() for row in part]
