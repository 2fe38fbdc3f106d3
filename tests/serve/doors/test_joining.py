"""The home page while a session is open: the room comes first, for whoever holds which link."""

import pytest

from toolkit.serve.doors.home import home_page
from toolkit.serve.doors.identity import Held
from toolkit.templates import copy_notebooks
from toolkit.text import say

JOIN, ANSWER, START, ALONE = (
    say(f"home.{name}", "fr") for name in ("join", "answer", "start", "alone")
)


@pytest.fixture
def shown(opened):
    """Return the buttons that somebody sees who holds links of these roles."""

    def buttons(*roles):
        tokens = {"rater": opened.invite("r1", 1)[0], "group": opened.links.make("group", "r1")[0]}
        held = {role: Held(tokens[role], opened.links.enter(tokens[role], role)) for role in roles}
        return home_page(opened, held, "fr").buttons

    return buttons


@pytest.fixture
def session(opened):
    copy_notebooks(opened.folder, "fr")
    found = opened.session("r1")
    found.begin(found.state, [])
    return found


def test_without_a_session_nobody_is_asked_to_join_one(shown):
    assert [button.label for button in shown("rater")] == [ANSWER]
    assert [button.label for button in shown("group")] == [START]


def test_a_person_goes_to_the_room_and_a_group_makes_a_person_first(session, shown):
    join, answer = shown("rater")
    assert (join.label, join.who, join.path.endswith("consensus.ipynb")) == (JOIN, "", True)
    # Beside the session it says that these answers are one's own.
    assert (answer.label, answer.primary) == (ALONE, False)
    join, start = shown("group")
    assert (join.label, join.who, join.primary) == (JOIN, "join", True)
    assert (start.label, start.primary) == (ALONE, False)
    join, *_ = shown("rater", "group")
    assert join.who == ""


def test_a_session_that_was_ended_is_no_longer_offered(session, shown):
    session.close(session.state)
    assert [button.label for button in shown("rater")] == [ANSWER]


def test_a_folder_older_than_the_page_offers_no_door_to_it(opened, session, shown):
    (opened.folder / "consensus.ipynb").unlink()
    assert [button.label for button in shown("rater")] == [ANSWER]
