"""A session: what is kept, what the room may see of it, and who is told that they came too late."""

import time

import pytest

from toolkit.errors import ConflictError, EvaluationError, RatingError
from toolkit.evaluation import Wave
from toolkit.evaluation.consensus.session import proposed
from toolkit.text import both


@pytest.fixture
def session(opened):
    """A session whose first ballot, on CV1, is under way."""
    led = opened.session("r1")
    led.begin(led.state, [])
    led.ask(led.state)
    return led


@pytest.fixture
def vote(opened):
    """Give one person's silent answer: `vote("p1", 4)`; None is *don't know*."""
    room = opened.room("r1")

    def give(person, value, subject="CV1/1"):
        sheet = opened.sheet("r1", person)
        sheet.consent()
        room.vote(sheet, subject, value)

    return give


def everybody(vote, *values, subject="CV1/1"):
    for person, value in enumerate(values):
        vote(f"p{person}", value, subject)


def reveal(session):
    session.open(session.state)
    return session.figures(session.state.indicator)[-1]


def test_a_vote_is_kept_apart_from_the_persons_own_rating(opened, rate, session, vote):
    rate("p1", CV1=5)
    vote("p1", 2)
    assert opened.sheet("r1", "p1").answers["CV1", "current"].value == 5
    assert session.vote_of(opened.sheet("r1", "p1"), session.state) == {"value": 2}
    assert list(opened.ratings()["value"]) == [5]


def test_a_person_has_one_vote_and_the_last_one_counts(session, vote):
    everybody(vote, 1, 2, 3, 4, 5, 5, 5, 5)
    vote("p0", 4)
    assert session.answered(session.state) == 8
    assert reveal(session).steps == (0, 1, 1, 2, 4)


def test_eight_answers_show_their_distribution(session, vote):
    everybody(vote, 1, 2, 3, 4, 4, 4, 5, 5, None)
    seen = reveal(session)
    assert (seen.shown, seen.steps, seen.dont_know) == ("distribution", (1, 1, 1, 3, 2), 1)
    assert (seen.low, seen.high, seen.answered) == (4, 4, 9)


def test_five_answers_show_medians_and_a_word_only(session, vote):
    everybody(vote, 3, 3, 4, 4, 4, 4)
    seen = reveal(session)
    assert (seen.shown, seen.steps) == ("statistic", None)
    assert (seen.low, seen.high, seen.reading) == (4, 4, "shared")


def test_four_answers_are_not_opened_and_the_vote_goes_on(session, vote):
    everybody(vote, 1, 2, 3, None)
    with pytest.raises(RatingError) as refused:
        session.open(session.state)
    assert refused.value.message == both("consensus.too_few", minimum=5, answers=4)
    assert session.state.voting
    vote("p9", 3)
    assert session.answered(session.state) == 5


def test_what_everybody_does_not_know_is_told(session, vote):
    everybody(vote, *[None] * 6)
    assert session.ballot(session.state).unanimous
    seen = reveal(session)
    assert (seen.shown, seen.dont_know, seen.n, seen.low) == ("nothing", 6, None, None)


def test_a_few_who_know_stay_masked(session, vote):
    everybody(vote, 1, 5, 5, *[None] * 6)
    seen = reveal(session)
    assert (seen.dont_know, seen.n, seen.steps, seen.low) == (6, None, None, None)


def test_all_the_same_is_seen_before_it_is_opened(session, vote):
    everybody(vote, *[4] * 9)
    assert session.ballot(session.state).unanimous
    vote("p0", 5)
    assert not session.ballot(session.state).unanimous


def test_a_newcomer_to_the_second_ballot_is_not_the_difference_of_two(session, vote):
    first = (2, 2, 3, 3, 3, 4, 4, 5)
    everybody(vote, *first)
    assert reveal(session).shown == "distribution"
    session.ask(session.state)
    everybody(vote, *first, 1, subject="CV1/2")
    assert reveal(session).steps is None


def test_one_person_who_moved_is_not_given_away(session, vote):
    first = (2, 2, 3, 3, 3, 4, 4, 5)
    everybody(vote, *first)
    reveal(session)
    session.ask(session.state)
    everybody(vote, 4, *first[1:], subject="CV1/2")
    seen = reveal(session)
    assert (seen.shown, seen.n, seen.low) == ("nothing", None, None)


def test_a_room_that_moved_is_shown(session, vote):
    everybody(vote, 2, 2, 3, 3, 3, 4, 4, 5)
    reveal(session)
    session.ask(session.state)
    everybody(vote, 3, 3, 4, 4, 4, 4, 4, 5, subject="CV1/2")
    assert reveal(session).steps == (0, 0, 2, 5, 1)


def test_medians_that_were_seen_keep_the_counts_of_one_more_person_masked(session, vote):
    """Medians of seven, then counts of eight: together they would tell the eighth."""
    seven = (1, 2, 3, 4, 5, 5, 5)
    everybody(vote, *seven)
    before = reveal(session)
    assert (before.shown, before.low) == ("statistic", 4)
    session.ask(session.state)
    everybody(vote, *seven, 5, subject="CV1/2")
    assert (reveal(session).shown, session.figures("CV1")[0]) == ("nothing", before)


@pytest.mark.parametrize("value", [0, 6, -1, True, "3", 3.0, [3]])
def test_a_forged_step_is_refused(session, vote, value):
    with pytest.raises(RatingError) as refused:
        vote("p1", value)
    assert refused.value.message == both("refusal.off_scale", first=1, last=5)
    assert session.answered(session.state) == 0


@pytest.mark.parametrize("subject", ["CV1/2", "CV1/0", "CV2/1", "CV1", "", "consensus"])
def test_a_vote_on_another_ballot_is_refused(session, vote, subject):
    with pytest.raises(RatingError) as refused:
        vote("p1", 3, subject)
    assert refused.value.message == both("consensus.late")


def test_a_vote_after_the_ballot_closed_is_refused_and_changes_nothing(session, vote):
    everybody(vote, 1, 2, 3, 3, 4)
    seen = reveal(session)
    with pytest.raises(RatingError) as refused:
        vote("p9", 5)
    assert refused.value.message == both("consensus.late")
    session.settle(session.state)
    assert session.figures("CV1") == [seen]


def test_a_vote_that_races_with_the_end_of_its_ballot_is_counted_or_refused(
    session, vote, monkeypatch
):
    """The ballot ends between the person's look and the store's turn."""
    everybody(vote, 1, 2, 3, 3, 4)
    keep, ended = session._entries.keep.__func__, []

    def slow(entries, batch, **more):
        if not ended and any(entry.kind == "vote" for entry in batch):
            ended.append(True)
            session.open(session.state)
        return keep(entries, batch, **more)

    monkeypatch.setattr(type(session._entries), "keep", slow)
    with pytest.raises(RatingError):
        vote("p9", 5)
    assert session.figures("CV1")[0].answered == 5
    assert session._votes("CV1", 1).answered == 5


def test_a_timer_set_in_the_same_moment_does_not_cost_a_vote(session, vote, monkeypatch):
    keep, timed = session._entries.keep.__func__, []

    def slow(entries, batch, **more):
        if not timed and any(entry.kind == "vote" for entry in batch):
            timed.append(True)
            session.time(session.state, 60)
        return keep(entries, batch, **more)

    monkeypatch.setattr(type(session._entries), "keep", slow)
    vote("p1", 3)
    assert session.answered(session.state) == 1


def test_nobody_votes_before_they_consent(opened, session):
    with pytest.raises(RatingError) as refused:
        session.vote(opened.sheet("r1", "p1"), "CV1/1", 3)
    assert refused.value.message == both("refusal.no_consent")


def test_nobody_votes_in_a_closed_round(opened, session, vote):
    vote("p1", 3)
    waves = (Wave(code="r1", fr="Ronde 1", en="Round 1", status="closed"),)
    opened.change(opened.settings.model_copy(update={"waves": waves}))
    with pytest.raises(RatingError) as refused:
        session.vote(opened.sheet("r1", "p1"), "CV1/1", 4)
    assert refused.value.message == both("refusal.closed", wave=waves[0].text)


def test_of_two_facilitators_the_second_is_told_and_nothing_of_theirs_stands(opened, session):
    other = opened.session("r1")
    seen = other.state
    session.talk(session.state)
    for move in (
        lambda: other.go(seen, "SA1"),
        lambda: other.record(seen, 5),
        lambda: other.close(seen),
        lambda: other.time(seen, 60),
    ):
        with pytest.raises(ConflictError):
            move()
    assert (other.state.stage, other.state.indicator) == ("talk", "CV1")
    assert other.consensus("CV1") is None
    assert opened.ratings().empty


def test_of_two_records_at_the_same_instant_one_is_kept_whole_and_the_other_not_at_all(
    opened, session, monkeypatch
):
    session.talk(session.state)
    other, seen = opened.session("r1"), session.state
    keep, came = type(session._entries).keep, []

    def slow(entries, batch, **more):
        if not came:
            came.append(True)
            other.record(other.state, 2)
        return keep(entries, batch, **more)

    monkeypatch.setattr(type(session._entries), "keep", slow)
    with pytest.raises(ConflictError):
        session.record(seen, 5)
    assert session.consensus("CV1")["value"] == 2
    assert list(opened.ratings(history=True)["value"]) == [2]


def test_a_consensus_is_one_row_apart_with_its_dissent_and_its_fact(opened, session):
    session.talk(session.state)
    session.record(session.state, 4, "Deux voix disent 2.", "Le budget de mars")
    (row,) = opened.ratings().to_dict("records")
    assert (row["rater"], row["mode"], row["value"]) == ("consensus", "consensus", 4)
    assert row["recorded_at"] is not None
    assert session.consensus("CV1") == {
        "value": 4,
        "dissent": "Deux voix disent 2.",
        "fact": "Le budget de mars",
    }
    assert opened.participation("r1") == 0
    assert opened.counts().empty


def test_going_back_and_recording_again_keeps_the_first_record(opened, session):
    session.record(session.state, 4, "", "un fait")
    session.go(session.state, "SA1")
    assert (session.state.stage, session.state.subject) == ("rate", "SA1/1")
    session.go(session.state, "CV1")
    assert session.state.stage == "recorded"
    session.record(session.state, None, "Les avis restent loin.")
    assert [entry.content["value"] for entry in session.history("CV1")] == [4, None]
    (row,) = opened.ratings().to_dict("records")
    assert row["status"] == "skipped"
    assert opened.ratings(history=True)["value"].dropna().tolist() == [4]


def test_going_back_to_what_was_opened_shows_it_and_asks_a_new_ballot(session, vote):
    everybody(vote, 1, 2, 3, 3, 4)
    reveal(session)
    session.go(session.state, "CV2")
    session.go(session.state, "CV1")
    assert (session.state.stage, session.state.subject) == ("open", "CV1/1")
    session.ask(session.state)
    assert (session.state.stage, session.state.subject) == ("again", "CV1/2")


@pytest.mark.parametrize("value", [0, 6, True, "4"])
def test_a_record_off_the_scale_is_refused(opened, session, value):
    with pytest.raises(RatingError):
        session.record(session.state, value)
    assert opened.ratings().empty


def test_a_note_that_is_far_too_long_is_refused_whole(opened, session):
    with pytest.raises(RatingError):
        session.record(session.state, 3, "é" * 2001)
    assert opened.ratings().empty


def test_a_statement_that_nobody_asks_cannot_be_taken_up(session):
    for code in ("", "XX1", "TIME", "cv1"):
        with pytest.raises(RatingError):
            session.go(session.state, code)


def test_the_timer_is_told_as_what_is_left(session):
    session.time(session.state, 120)
    began = time.time()
    assert 0 < session.state.left <= 120
    assert session.state.left + began <= session.state.timer[0] + session.state.timer[1] + 1
    session.time(session.state, None)
    assert session.state.left is None


def test_seats_are_people_not_openings_of_the_page(opened, session):
    for person in ("p1", "p2", "p1"):
        sheet = opened.sheet("r1", person)
        sheet.consent()
        session.take_seat(sheet)
    assert session.joined == 2


def test_what_divides_is_proposed_first(opened, rate):
    for person in range(10):
        split = 1 if person < 5 else 5
        rate(f"p{person}", CV1=5, CV2=split, PP1=2, SA3="dont_know" if person < 4 else 3)
    order = proposed(opened.guide("r1"))
    assert list(order)[:2] == ["CV2", "SA3"]
    assert list(order.values())[:2] == ["divided", "unknown"]
    session = opened.session("r1")
    session.begin(session.state, order)
    assert session.state.indicator == "CV2"
    assert set(session.state.order) == set(session.lines)


def test_a_short_form_has_a_short_session(opened):
    opened.change(opened.settings.model_copy(update={"form": "short"}))
    assert len(opened.session("r1").lines) == 8


def test_a_session_opened_again_finds_everything_in_place(session, vote):
    everybody(vote, 1, 2, 3, 3, 4)
    seen = reveal(session)
    session.record(session.state, 3)
    session.close(session.state)
    assert session.state.stage == "closed"
    session.begin(session.state, session.state.order)
    assert session.figures("CV1") == [seen]
    assert session.agreed == {"CV1"}


def test_a_quiet_store_is_not_asked_and_what_another_process_keeps_is_seen(
    opened, session, monkeypatch
):
    from toolkit.evaluation.consensus import room as module

    room = opened.room("r1")
    before = room.turn()
    monkeypatch.setattr(module, "_FRESH", -1.0)
    monkeypatch.setattr(room._entries, "turn", lambda: pytest.fail("a quiet store was asked"))
    assert room.turn() == before
    monkeypatch.undo()
    other = type(opened).open(opened.folder).session("r1")
    other.talk(other.state)
    assert room.turn() > before


def test_who_was_set_aside_has_no_vote_and_what_was_shown_before_stays_given(opened, session, vote):
    everybody(vote, 1, 2, 3, 4, 4, 4, 5, 5, 2)
    opened.people.set_aside(["p0"])
    assert session.answered(session.state) == 8
    seen = reveal(session)
    assert (seen.answered, seen.steps) == (8, (0, 2, 1, 3, 2))
    opened.people.take_back(["p0"])
    session.ask(session.state)
    everybody(vote, 1, 2, 3, 4, 4, 4, 5, 5, 2, subject="CV1/2")
    # The one who is back would be the difference of two.
    assert reveal(session).steps is None


@pytest.fixture
def crowd(opened, vote):
    """Vote by a group's link, each time as one more device: `crowd(4, 4, 4)`."""

    def come(*values, subject="CV1/1"):
        for value in values:
            vote(opened.links.enter(opened.enrol("r1"), "own").rater, value, subject)

    return come


def test_one_device_that_votes_for_many_by_a_groups_link_unmasks_nobody(session, vote, crowd):
    vote("p0", 2)
    crowd(*[4] * 9)
    with pytest.raises(RatingError) as refused:
        session.open(session.state)
    assert refused.value.message == both("consensus.uncounted", count=9, counted=0)
    everybody(vote, 2, 3, 3, 4, 5, 5, 5, 5)
    assert reveal(session).steps == (0, 1, 2, 1, 4)


def test_votes_by_a_groups_link_count_up_to_the_people_who_were_counted(session, vote, crowd):
    crowd(1, 2, 3, 4, 5, 5, 5, 5, 5)
    session.count(8)
    assert session.waiting(session.state) == 9
    with pytest.raises(RatingError):
        session.open(session.state)
    assert session.state.voting
    session.count(9)
    assert session.waiting(session.state) == 0
    assert reveal(session).steps == (1, 1, 1, 1, 5)


def test_what_was_counted_later_changes_no_ballot_that_was_opened(session, vote, crowd):
    crowd(1, 2, 3, 4, 5, 5, 5, 5, 5)
    session.count(9)
    reveal(session)
    session.ask(session.state)
    session.count(0)
    everybody(vote, *[3] * 9, subject="CV1/2")
    crowd(1, subject="CV1/2")
    assert session._votes("CV1", 1).answered == 9
    assert session._votes("CV1", 2).answered == 9


@pytest.mark.parametrize("count", [-1, 10_001, 2.5, "9", None, True])
def test_only_a_number_of_people_is_counted(session, count):
    with pytest.raises(EvaluationError):
        session.count(count)
    assert session.counted is None
