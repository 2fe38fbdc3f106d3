"""An evaluator's session lasts while somebody works in it, and twelve hours longer."""

import pytest

from toolkit.serve.doors.sessions import IDLE, Sessions


class Clock:
    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sessions(evaluation, clock):
    return Sessions(evaluation.links, clock)


def test_a_session_ends_twelve_hours_after_it_was_last_used(sessions, clock):
    kept = sessions.start()
    clock.now += IDLE
    assert sessions.read(kept)
    clock.now += IDLE
    session, due = sessions.read(kept)  # used in between, though its cookie was not written anew
    assert due
    clock.now += IDLE + 1
    assert not sessions.lasts(session)
    assert sessions.read(kept) is None


def test_what_is_done_on_an_open_page_counts(sessions, clock):
    kept = sessions.start()
    session, _ = sessions.read(kept)
    for _ in range(3):
        clock.now += IDLE - 1
        sessions.use(session)
    assert sessions.lasts(session)


def test_a_server_that_was_started_again_goes_by_the_cookie(evaluation, sessions, clock):
    kept = sessions.start()
    clock.now += IDLE - 1
    assert Sessions(evaluation.links, clock).read(kept)
    clock.now += 2
    assert Sessions(evaluation.links, clock).read(kept) is None


def test_a_session_that_was_left_opens_nothing_from_a_copy(sessions):
    kept = sessions.start()
    session, due = sessions.read(kept)
    assert not due
    sessions.end(session)
    assert sessions.read(kept) is None


def test_only_this_evaluations_own_word_is_read(evaluation, blank, clock):
    sessions = Sessions(evaluation.links, clock)
    for text in ("", "x", "a 1", Sessions(blank.links, clock).start()):
        assert sessions.read(text) is None
