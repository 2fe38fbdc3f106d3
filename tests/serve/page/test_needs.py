"""Which notebooks need Voilà's bundle is found out from what they make."""

import pytest

from toolkit.serve.page.needs import Needs


@pytest.fixture
def needs():
    known = Needs()
    known.begun("k1", "one", None, ["k1"])
    known.begun("k2", "two", None, ["k1", "k2"])
    return known


def made(needs, kernel="k1", *, binary=False, target="jupyter.widget", **state):
    needs.made(kernel, {"target_name": target, "data": {"state": state}}, binary=binary)
    return [needs.bundle(name) for name in ("one", "two")]


@pytest.mark.parametrize(
    "state",
    [
        *({"_esm": "x", "_view_name": "AnyView"}, {"_view_name": "VBoxView"}),
        *({"_view_name": "LayoutView"}, {"_view_name": "SliderStyleView"}, {"_view_name": None}),
        {},
    ],
)
def test_our_own_script_draws_boxes_and_anywidgets(needs, state):
    assert made(needs, **state) == [False, False]


def test_any_other_widget_or_binary_part_needs_the_bundle_for_its_notebook_alone(needs):
    assert made(needs, _view_name="TabView") == [True, False]
    assert made(needs, "k2", binary=True, _esm="x") == [True, True]


def test_what_is_no_widget_or_of_no_page_changes_nothing(needs):
    assert made(needs, target="other", _view_name="TabView") == [False, False]
    assert made(needs, "unknown", _view_name="TabView") == [False, False]


def test_a_kernel_that_ended_is_forgotten(needs):
    needs.begun("k3", "three", None, ["k3"])
    assert list(needs.failures) == ["k3"]
