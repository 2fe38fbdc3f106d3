"""Which links a server prints, and at which address they are found."""

import pytest

from toolkit.errors import LinkError, ToolkitError
from toolkit.serve.address import before_tokens, reachable
from toolkit.serve.doors.admission import doors
from toolkit.serve.server import _free

ADDRESS = "http://127.0.0.1:8866/lien/"
ROLES = {"rate": "rater", "dashboard": "viewer", "setup": "evaluator"}


def token(link):
    return link.removeprefix(ADDRESS)


def test_each_door_has_a_link_of_its_own_role(evaluation):
    found = doors(evaluation, ADDRESS, rate=True)
    assert list(found) == ["rate", "dashboard", "setup"]
    for name, link in found.items():
        assert link.startswith(ADDRESS)
        evaluation.links.enter(token(link), ROLES[name])


def test_a_raters_door_is_no_evaluators_door(evaluation):
    found = doors(evaluation, ADDRESS, rate=True)
    with pytest.raises(LinkError):
        evaluation.links.enter(token(found["rate"]), "evaluator")


def test_no_rater_is_made_when_no_round_is_open(blank):
    assert list(doors(blank, ADDRESS, rate=True)) == ["dashboard", "setup"]


def test_a_server_that_starts_again_leaves_no_new_key_behind(evaluation):
    first = doors(evaluation, ADDRESS, rate=False)
    assert doors(evaluation, ADDRESS, rate=False) == first
    evaluation.links.revoke_token(token(first["setup"]))
    again = doors(evaluation, ADDRESS, rate=False)
    assert again["setup"] != first["setup"]
    assert again["dashboard"] == first["dashboard"]


def test_an_address_of_this_computer_is_kept():
    assert reachable("127.0.0.1") == "127.0.0.1"
    assert reachable("::1") == "[::1]"


def test_any_address_becomes_one_that_phones_can_reach():
    assert reachable("0.0.0.0") not in {"0.0.0.0", ""}


def test_an_address_of_nobody_is_refused():
    with pytest.raises(ToolkitError):
        _free("no.such.host.invalid", 8866)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("http://192.168.1.20:8866", "http://192.168.1.20:8866/lien/"),
        (" 192.168.1.20:8866/ ", "http://192.168.1.20:8866/lien/"),
        ("https://agir.example.org/table", "https://agir.example.org/table/lien/"),
        ("[::1]:8866", "http://[::1]:8866/lien/"),
    ],
)
def test_an_address_as_people_type_it_becomes_what_stands_before_a_token(typed, found):
    assert before_tokens(typed) == found


@pytest.mark.parametrize("typed", ["", "http://", "a b", "http://x/?q", "javascript:alert(1)"])
def test_what_is_no_address_is_said(typed):
    with pytest.raises(ToolkitError):
        before_tokens(typed)
