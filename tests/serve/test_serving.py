"""Which links open which doors, and at which address."""

import pytest

from toolkit.errors import LinkError, ToolkitError
from toolkit.serve.doors import ROLES, doors
from toolkit.serve.server import _free, _reachable

ADDRESS = "http://127.0.0.1:8866/voila/render/"


def token(link):
    return link.partition("?t=")[2]


def test_the_three_doors_open_their_own_notebooks(evaluation):
    found = doors(evaluation, ADDRESS, rate=True)
    assert list(found) == ["rate", "dashboard", "setup"]
    for name, link in found.items():
        assert link.startswith(f"{ADDRESS}{name}.ipynb?t=")
        evaluation.links.enter(token(link), *ROLES[f"{name}.ipynb"])


def test_a_raters_door_is_no_evaluators_door(evaluation):
    found = doors(evaluation, ADDRESS, rate=True)
    with pytest.raises(LinkError):
        evaluation.links.enter(token(found["rate"]), *ROLES["setup.ipynb"])


def test_no_rater_is_made_when_no_round_is_open(blank):
    assert list(doors(blank, ADDRESS, rate=True)) == ["dashboard", "setup"]


def test_an_address_of_this_computer_is_kept():
    assert _reachable("127.0.0.1") == "127.0.0.1"
    assert _reachable("::1") == "[::1]"


def test_any_address_becomes_one_that_phones_can_reach():
    assert _reachable("0.0.0.0") not in {"0.0.0.0", ""}


def test_an_address_of_nobody_is_refused():
    with pytest.raises(ToolkitError):
        _free("no.such.host.invalid", 8866)
