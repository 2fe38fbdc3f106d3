"""A page printed without colour still says all: by shape, dash, lightness or words."""

import json
import re
from itertools import pairwise

import pytest

from toolkit import charts
from toolkit.charts import look
from toolkit.charts.view import svg


def lightness(colour):
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("last", [4, 5, 6, 7])
def test_steps_on_one_side_of_the_middle_differ_in_lightness(last):
    shades = [lightness(colour) for colour in look.diverging(last)]
    half = last // 2
    low, high = shades[:half], shades[-half:]
    assert all(b - a > 20 for a, b in pairwise(low))
    assert all(a - b > 20 for a, b in pairwise(high))


def test_readings_differ_in_shape(table):
    summary = table("agreement", "fr")[0]
    encodings = [
        layer["encoding"] for layer in charts.agreement(summary, language="fr").to_dict()["layer"]
    ]
    shapes = next(e["shape"]["scale"]["range"] for e in encodings if "shape" in e)
    assert len(set(shapes)) == 3
    assert not any("color" in encoding for encoding in encodings)


def test_today_and_desired_differ_in_shape(table):
    chart = charts.desired(table("desired", "fr")[0], language="fr").to_dict()
    shapes = next(e["shape"] for e in (part["encoding"] for part in chart["layer"]) if "shape" in e)
    assert shapes["scale"]["range"] == ["circle", "diamond"]


def test_ties_differ_in_dash_and_width_and_silent_partners_are_hollow(table):
    chart = charts.relations(*table("relations", "fr"), language="fr").to_dict()
    ties = [part["encoding"] for part in chart["layer"] if "strokeDash" in part["encoding"]]
    assert ties[0]["strokeDash"]["condition"]["value"] != ties[0]["strokeDash"]["value"]
    assert ties[0]["size"]["field"] == "size"
    fills = [part["encoding"]["fill"] for part in chart["layer"] if "fill" in part["encoding"]]
    conditional = next(fill for fill in fills if "condition" in fill)
    assert lightness(conditional["value"]) - lightness(conditional["condition"]["value"]) > 100


def test_what_an_obstacle_allows_is_written_and_dashed(table):
    panel = table("strategy", "fr")[0]
    picture = svg(charts.strategy(panel, language="fr"))
    assert picture.count("stroke-dasharray") >= 1
    assert len(re.findall(r">possible<", picture)) == (panel["feasible"]).sum()
    assert len(re.findall(r">pas encore<", picture)) == (~panel["feasible"]).sum()


def test_the_four_strategies_are_never_graded(table):
    whole = table("strategy", "fr")[0].assign(feasible=True, binding=False, fits=None)
    fills = re.findall(r'fill="(#\w+)"[^>]*stroke=', svg(charts.strategy(whole, language="fr")))
    assert len(set(fills)) == 1
    # A colour that is not a grey would be a verdict.
    red, green, blue = (int(fills[0][i : i + 2], 16) for i in (1, 3, 5))
    assert max(red, green, blue) - min(red, green, blue) < 10


@pytest.mark.parametrize("name", ["change", "portfolio"])
def test_a_chart_uses_one_ink_for_higher_and_lower(table, name):
    conditions = table(name, "fr")[0]
    inks = set(
        re.findall(
            r"#[0-9a-f]{6}", json.dumps(getattr(charts, name)(conditions, language="fr").to_dict())
        )
    )
    assert inks <= {look.INK, look.SOFT, look.LINE, look.MAIN, look.MIDDLE, "#ffffff"}
