"""Colours for scales of any length."""

import pytest

from toolkit.charts import look


@pytest.mark.parametrize("steps", range(2, 12))
def test_every_step_has_a_colour_of_its_own(steps):
    colours = look.diverging(steps)
    assert len(set(colours)) == len(colours) == steps
    assert (look.MIDDLE in colours) is (steps % 2 == 1)


def test_scales_of_up_to_nine_steps_keep_the_colours_that_are_published():
    assert look.diverging(5) == ["#b35806", "#f1a340", look.MIDDLE, "#998ec3", "#542788"]
    assert look.diverging(8) == [*look._LOW, *look._HIGH]
