"""The session's page: what a facilitator moves, what a phone shows, and what neither is told."""

import asyncio
import json

import pytest

from tests.running import PATIENCE
from toolkit import ConsensusPage
from toolkit.storage import Entry
from toolkit.testing import send
from toolkit.text import say


class Lead:
    """A facilitator's page, pressed as a person would."""

    def __init__(self, page):
        self.page, self.part = page, page._part

    def press(self, move, notice="_lead", **fields):
        """Press what stands there now, and return the page's reply."""
        shown = getattr(self.part, notice)
        names = [button["name"] for button in shown.state.get("buttons", ())]
        name = next((name for name in names if name.partition("@")[0] == move), move)
        return send(shown, "press", button=name, fields=fields)

    def count(self, people):
        return self.press("count", "_count", count=str(people))

    @property
    def moves(self):
        return [button["name"].partition("@")[0] for button in self.part._lead.state["buttons"]]

    @property
    def stage(self):
        return self.part._stage.state


class Phone:
    """One person's page."""

    def __init__(self, page):
        self.page, self.part = page, page._part

    def agree(self):
        return send(self.part._notice, "press", button="agree", fields={})

    def vote(self, value, subject=None):
        subject = subject or self.ballot["subject"]
        return send(self.part._ballot, "vote", slot=subject, subject=subject, value=value)

    def look(self):
        self.part.look()
        return self

    @property
    def ballot(self):
        return self.part._ballot.state

    @property
    def stage(self):
        return self.part._stage.state


@pytest.fixture
def lead(opened):
    return Lead(ConsensusPage(opened))


@pytest.fixture
def phones(opened):
    return lambda count: [
        Phone(ConsensusPage(opened, link=opened.enrol("r1"))) for _ in range(count)
    ]


@pytest.fixture
def room(lead, phones):
    """Nine people who agreed, counted by the facilitator, before the first ballot on CV1."""
    lead.press("begin")
    lead.count(9)
    people = phones(9)
    for phone in people:
        phone.agree()
    lead.press("ask")
    return [phone.look() for phone in people]


def answer(room, *values):
    for phone, value in zip(room, values, strict=False):
        assert phone.look().vote(value)["ok"]


def test_a_session_goes_from_silence_to_a_record(opened, lead, room):
    answer(room, 2, 2, 3, 3, 3, 4, 4, 5, 5)
    lead.part.look()
    assert lead.stage["count"]["label"] == say("consensus.answered", "fr", answers=9, joined=9)
    lead.press("open")
    (shown,) = room[0].look().stage["figures"]
    assert [people for _, people, _ in shown["bars"]] == [0, 2, 3, 2, 2]
    lead.press("talk")
    assert len(room[0].look().stage["items"]) == 5
    lead.press("ask")
    assert room[0].look().ballot["subject"] == "CV1/2"
    answer(room, 3, 3, 3, 3, 3, 4, 4, 4, 4)
    lead.press("open")
    lead.press("record", "_record", value="3", dissent="Deux voix disent 5.", fact="Mars")
    facts = room[0].look().stage["facts"]
    assert facts[:3] == [
        (say("consensus.agreed", "fr"), "3 · Partiel"),
        (say("consensus.dissent", "fr"), "Deux voix disent 5."),
        (say("consensus.fact", "fr"), "Mars"),
    ]
    (row,) = opened.ratings().to_dict("records")
    assert (row["indicator"], row["mode"], row["value"]) == ("CV1", "consensus", 3)
    lead.press("next")
    assert lead.stage["at"] == "CV2/1/rate"


def test_a_phone_is_sent_nothing_of_what_others_answered(lead, room):
    answer(room, 5, 5, 5, 5, 5, 5, 5, 5)
    sent = json.dumps([room[8].look().stage, room[8].ballot, room[8].page.masthead.state])
    assert room[8].stage["figures"] == []
    assert room[8].ballot["given"] is None
    assert room[8].stage["count"]["value"] == 8
    assert not hasattr(room[8].part.room, "ballot")
    assert "5 · Enraciné" not in sent


def test_a_facilitator_is_not_sent_votes_that_were_not_opened(lead, room):
    answer(room, 1, 1, 1, 5, 5, 5, 5, 5)
    lead.part.look()
    assert lead.stage["figures"] == []


def test_a_ballot_below_the_minimum_stays_shut_with_a_sentence(lead, room):
    answer(room, 1, 2, None, 4)
    reply = lead.press("open")
    assert not reply["ok"]
    assert reply["message"] == say("consensus.too_few", "fr", minimum=5, answers=4)
    assert lead.stage["at"] == "CV1/1/rate"


def test_all_the_same_is_asked_about_before_it_is_shown(lead, room):
    answer(room, *[4] * 9)
    lead.press("open")
    assert lead.part._lead.state["title"] == say("consensus.alike_title", "fr")
    assert room[0].look().stage["figures"] == []
    lead.press("leave")
    assert lead.moves[0] == "open"
    lead.press("open")
    lead.press("open_anyway")
    assert room[0].look().stage["figures"][0]["bars"][3][1] == 9


def test_a_projected_screen_shows_what_the_room_sees_and_no_warning(opened, lead, room):
    projected = ConsensusPage(opened)
    send(projected.masthead, "view", view="room")
    assert projected.masthead.state["view"] == "room"
    answer(room, *[4] * 9)
    projected._part.look()
    lead.press("open")
    projected._part.look()
    assert lead.part._lead.state["title"] == say("consensus.alike_title", "fr")
    assert projected.children == (projected.masthead, projected._part._stage)
    assert projected._part._stage.state["at"] == "CV1/1/rate"
    lead.press("open_anyway")
    projected._part.look()
    assert projected._part._stage.state["figures"][0]["bars"][3][1] == 9
    send(projected.masthead, "view", view="")
    assert projected._part._record in projected.children


def test_a_projected_screen_stays_one_in_another_round(opened, lead, room):
    projected = ConsensusPage(opened)
    send(projected.masthead, "view", view="room")
    send(projected.masthead, "choice", choice="r1")
    assert projected.masthead.state["view"] == "room"
    assert projected.children == (projected.masthead, projected._part._stage)


def test_where_the_room_sees_the_screen_that_leads_it_is_told_before_it_votes(lead, room):
    told = say("consensus.alike_before", "fr")
    assert told not in lead.stage["text"]
    send(lead.page.masthead, "view", view="both")
    assert told in lead.stage["text"]
    answer(room, *[4] * 9)
    lead.press("open")
    assert lead.part._lead.state["title"] == say("consensus.lead", "fr")
    assert told not in lead.stage["text"]
    assert room[0].look().stage["figures"][0]["bars"][3][1] == 9


def test_a_projected_screen_waits_with_the_room_and_follows_the_facilitators_code(opened, lead):
    projected = ConsensusPage(opened)
    send(projected.masthead, "view", view="room")
    title = say("consensus.closed_title", "fr")
    assert projected._part._stage.state["title"] == title
    lead.press("begin")
    projected._part.look()
    assert projected._part._stage.state["address"] == lead.stage["address"] != ""
    lead.press("ask")
    projected._part.look()
    assert projected._part._stage.state["picture"] is None
    lead.press("code")
    projected._part.look()
    assert projected._part._stage.state["address"] == lead.stage["address"] != ""


def test_a_phone_cannot_make_itself_a_projected_screen(phones, lead):
    (phone,) = phones(1)
    assert not {"choices", "views"} & set(phone.page.masthead.state)
    before = phone.page.children
    send(phone.page.masthead, "view", view="room")
    send(phone.page.masthead, "choice", choice="r1")
    assert phone.page.children == before


def test_a_room_that_does_not_know_is_told_so(lead, room):
    answer(room, *[None] * 9)
    lead.press("open")
    lead.press("open_anyway")
    (shown,) = room[0].look().stage["figures"]
    assert shown["bars"] == []
    assert shown["lines"] == [say("consensus.all_unknown", "fr")]


def test_seven_answers_say_in_words_why_the_bars_are_missing(lead, room):
    answer(room, 2, 3, 3, 3, 4, 4, 5)
    lead.press("open")
    (shown,) = room[0].look().stage["figures"]
    assert shown["bars"] == []
    assert say("consensus.detail_few", "fr", minimum=8) in shown["lines"]


def test_a_ballot_that_is_not_opened_is_talked_about_without_figures(lead, room):
    answer(room, 1, 5)
    lead.press("talk")
    assert room[0].look().stage["figures"] == []
    assert len(room[0].stage["items"]) == 5


def test_a_vote_that_comes_too_late_is_refused_politely(lead, room):
    answer(room, 1, 2, 3, 3, 4)
    lead.press("open")
    reply = room[8].vote(5, "CV1/1")
    assert (reply["ok"], reply["retry"]) == (False, False)
    assert reply["message"] == say("consensus.late", "fr")
    assert room[8].stage["at"] == "CV1/1/open"


@pytest.mark.parametrize("value", [0, 6])
def test_a_forged_step_gets_a_sentence(room, value):
    reply = room[0].vote(value)
    assert reply["message"] == say("refusal.off_scale", "fr", first=1, last=5)
    assert room[0].look().stage["count"]["value"] == 0


@pytest.mark.parametrize("value", [True, "3", 2.0, {"a": 1}])
def test_a_step_of_another_type_gets_a_sentence(room, value):
    assert room[0].vote(value)["message"] == say("app.unfit", "fr")


def test_a_person_sees_their_own_answer_after_the_ballot_and_nobody_elses(lead, room):
    answer(room, 1, 2, 3, 3, 4, 4, 4, 5)
    lead.press("open")
    label = say("consensus.mine", "fr")
    assert room[0].look().stage["facts"] == [(label, "1 · Absent")]
    assert room[8].look().stage["facts"] == [(label, say("consensus.mine_none", "fr"))]
    assert lead.stage["facts"] == []


def test_nobody_needs_to_agree_to_sit_there_but_to_vote(lead, phones):
    (phone,) = phones(1)
    lead.press("begin")
    lead.press("ask")
    assert phone.look().stage["at"] == "CV1/1/rate"
    assert phone.part._notice in phone.page.children
    reply = phone.vote(3, "CV1/1")
    assert reply["message"] == say("refusal.no_consent", "fr")
    phone.agree()
    assert phone.part._ballot in phone.page.children
    assert phone.vote(3)["ok"]


def test_the_second_of_two_facilitators_is_told_and_sees_what_stands(opened, lead, room):
    other = Lead(ConsensusPage(opened))
    lead.press("talk")
    reply = other.press("open")
    assert not reply["ok"]
    assert reply["message"] == say("store.conflict", "fr")
    assert other.stage["at"] == lead.stage["at"] == "CV1/1/talk"


def test_a_record_for_a_statement_that_was_left_is_not_kept_for_the_next(opened, lead, room):
    lead.press("talk")
    other = Lead(ConsensusPage(opened))
    name = other.part._record.state["buttons"][0]["name"]
    lead.press("go", "_order", to="CV2")
    lead.press("talk")
    other.part.look()
    reply = send(other.part._record, "press", button=name, fields={"value": "5"})
    assert reply["message"] == say("store.conflict", "fr")
    assert opened.ratings().empty


def test_a_record_without_a_step_is_asked_for_one(lead, room):
    lead.press("talk")
    reply = lead.press("record", "_record", value="", dissent="", fact="")
    assert reply["message"] == say("consensus.record_choose", "fr")


def test_a_group_may_record_that_it_does_not_agree(opened, lead, room):
    lead.press("talk")
    lead.press("record", "_record", value="apart", dissent="Deux lectures", fact="")
    assert (say("consensus.agreed", "fr"), say("consensus.apart", "fr")) in lead.stage["facts"]


def test_the_timer_stands_on_every_screen_as_what_is_left(lead, room):
    lead.press("timer_2")
    left = room[0].look().stage["timer"]["left"]
    assert 100 < left <= 120
    assert "at" not in room[0].stage["timer"]
    lead.press("stop")
    assert room[0].look().stage["timer"] is None


def test_a_running_timer_alone_sends_nothing_to_the_screens(lead, room):
    lead.press("timer_2")
    phone = room[0].look()
    before = phone.stage
    phone.look()
    assert phone.stage is before
    send(phone.part._stage, "here")
    assert phone.stage["timer"]["left"] <= before["timer"]["left"]
    assert {**phone.stage, "timer": None} == {**before, "timer": None}


def test_people_join_by_the_code_of_one_group_link(opened, lead):
    lead.press("begin")
    assert lead.stage["picture"].startswith("data:image/svg+xml")
    token = lead.stage["address"].rpartition("/")[2]
    assert opened.links.enter(token, "group").wave == "r1"
    lead.press("ask")
    assert lead.stage["picture"] is None
    lead.press("code")
    assert lead.stage["address"].endswith(token)
    assert len([link for link in opened.links.of("r1") if link.role == "group"]) == 1


def test_the_facilitator_may_take_up_any_statement_and_come_back(lead, room):
    answer(room, 1, 2, 3, 3, 4)
    lead.press("open")
    lead.press("go", "_order", to="SA3")
    assert lead.stage["at"] == "SA3/1/rate"
    lead.press("go", "_order", to="CV1")
    assert lead.stage["at"] == "CV1/1/open"
    assert len(lead.stage["figures"]) == 1
    reply = lead.press("go", "_order", to="nonsense")
    assert reply["message"] == say("refusal.unknown_indicator", "fr")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_sheet_for_a_room_without_network_has_every_statement(opened, language):
    opened.language = language
    page = ConsensusPage(opened)
    sheet = page._part._paper.state
    assert [line["code"] for line in sheet["lines"]] == list(opened.session("r1").lines)
    assert all(len(line["steps"]) == 5 for line in sheet["lines"])
    assert sheet["print"] == say("consensus.paper_print", language)


def test_a_round_that_is_not_open_offers_the_sheet_alone(evaluation):
    wave = evaluation.open_wave
    waves = [
        one.model_copy(update={"status": "closed"}) if one == wave else one
        for one in evaluation.settings.waves
    ]
    evaluation.change(evaluation.settings.model_copy(update={"waves": tuple(waves)}))
    page = ConsensusPage(evaluation)
    assert [type(part).__name__ for part in page.children] == ["Masthead", "Notice", "Paper"]


def test_a_link_for_viewers_opens_no_session(opened):
    page = ConsensusPage(opened, link=opened.links.make("viewer")[0])
    (notice,) = page.children
    assert notice.state["text"] == say("door.refused", "fr")


def test_an_evaluators_link_leads_and_a_raters_does_not(opened):
    token = opened.links.make("evaluator")[0]
    assert ConsensusPage(opened, link=token).leads
    assert not ConsensusPage(opened, link=opened.invite("r1", 1)[0]).leads


def test_a_phone_follows_while_it_looks_and_rests_once_it_is_closed(opened, monkeypatch):
    from toolkit.pages import following

    monkeypatch.setattr(following, "_EVERY", 0.01)

    async def room():
        page = ConsensusPage(opened, link=opened.enrol("r1"))
        session = opened.session("r1")
        session.begin(session.state, [])
        task = page._following._task
        while page._part._stage.state["at"] != "CV1/0/wait":  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        page.close()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(asyncio.wait_for(room(), PATIENCE))


def test_a_phone_that_fell_silent_is_followed_again_when_it_wakes(opened, monkeypatch):
    from toolkit.pages import following

    monkeypatch.setattr(following, "_EVERY", 0.01)
    monkeypatch.setattr(following, "_GONE", 0.05)

    async def room():
        page = ConsensusPage(opened, link=opened.enrol("r1"))
        await page._following._task  # nobody says that they are there
        session = opened.session("r1")
        session.begin(session.state, [])
        assert page._part._stage.state["title"] == say("consensus.closed_title", "fr")
        send(page._part._stage, "here")
        assert page._part._stage.state["title"] == say("consensus.wait_title", "fr")
        assert page._following.running
        page.close()

    asyncio.run(asyncio.wait_for(room(), PATIENCE))


def test_a_store_that_cannot_be_read_for_a_moment_ends_no_session(opened, monkeypatch):
    from toolkit.errors import StoreError
    from toolkit.pages import following
    from toolkit.text import both

    monkeypatch.setattr(following, "_EVERY", 0.01)

    async def room():
        page = ConsensusPage(opened, link=opened.enrol("r1"))
        turn, failures = page._following._turn, []

        def broken():
            if len(failures) < 3:
                failures.append(True)
                raise StoreError(both("store.busy"))
            return turn()

        page._following._turn = broken
        session = opened.session("r1")
        session.begin(session.state, [])
        while page._part._stage.state["at"] != "CV1/0/wait":  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        page.close()

    asyncio.run(asyncio.wait_for(room(), PATIENCE))
    log = (opened.folder / "agir.log").read_text(encoding="utf-8")
    assert log.count("not followed") == 1


def test_the_page_speaks_the_other_language_at_once(lead, room):
    answer(room, 1, 2, 3, 3, 4)
    lead.press("open")
    send(room[0].page.masthead, "language", language="en")
    assert room[0].look().stage["figures"][0]["title"] == say(
        "consensus.result", "en", ballot=1, count=5
    )


@pytest.fixture
def looked_back(conversed):
    """The sample coalition, whose session of an earlier round is over."""
    return ConsensusPage(conversed)


def test_a_facilitator_reaches_the_session_of_an_earlier_round_and_its_record(looked_back):
    page = looked_back
    assert page.masthead.state["choice"] == "2026-T2"
    send(page.masthead, "choice", choice="2026-T1")
    assert "Printemps 2026" in page.masthead.state["subtitle"]
    assert [type(part).__name__ for part in page.children[1:]] == ["Notice", "Table", "Paper"]
    table = page._part._minutes.state
    assert table["print"] == say("consensus.proceedings_print", "fr")
    rows = {row[0].partition(" ")[0]: row[1:] for row in table["rows"]}
    assert set(rows) == {"PP4", "PP3", "SA5"}
    votes, agreed, dissent, fact = rows["PP4"]
    assert agreed == "3 · Partiel"
    assert dissent.startswith("Des personnes restent")
    assert fact.startswith("Les 18")
    seen = page._part.room.figures("PP4")
    titles = [say("consensus.result", "fr", ballot=v.ballot, count=v.answered) for v in seen]
    assert [vote[0] for vote in votes] == titles
    assert rows["PP3"][1] == say("consensus.apart", "fr")


def test_the_record_tells_of_a_ballot_only_what_the_room_saw(lead, room):
    answer(room, 2, 3, 3, 3, 4, 4, 5)  # too few for the detail by step
    lead.press("open")
    lead.press("record", "_record", value="3", dissent="", fact="")
    (vote,) = lead.part._minutes.state["rows"][0][1]
    assert say("consensus.detail_few", "fr", minimum=8) in vote
    assert not [line for line in vote if line.startswith("Réponses du cran")]
    lead.press("close")
    assert lead.part._minutes in lead.page.children


def test_a_room_that_looks_back_is_shown_the_record_alone(looked_back):
    send(looked_back.masthead, "choice", choice="2026-T1")
    send(looked_back.masthead, "view", view="room")
    assert looked_back.children == (looked_back.masthead, looked_back._part._minutes)


def test_a_closed_round_without_a_session_says_so(looked_back):
    send(looked_back.masthead, "choice", choice="2025-T1")
    assert looked_back._part._lead.state["title"] == say("consensus.past_none_title", "fr")
    assert looked_back._part._minutes not in looked_back.children


def test_an_order_that_no_answer_proposes_is_said_to_be_the_instruments(looked_back):
    def text():
        return looked_back._part._order.state["text"]

    assert text() == say("consensus.order_usual", "fr")


def test_the_page_follows_the_session_that_it_shows_and_no_other(looked_back):
    first = looked_back._following
    send(looked_back.masthead, "choice", choice="2026-T1")
    assert first._until == 0.0  # it looks no more
    assert looked_back._following is not first
    looked_back._following.look()
    assert looked_back._part.room.wave == "2026-T1"


def test_the_record_keeps_a_statement_that_is_asked_no_more(opened, lead, room):
    opened.session("r1")._entries.keep(
        [Entry("consensus", {"value": 2, "dissent": "", "fact": "Avril"}, "OLD1", "r1")]
    )
    lead.part.look()
    (row,) = lead.part._minutes.state["rows"]
    assert row == ["OLD1", say("consensus.no_vote", "fr"), "2", "–", "Avril"]


def test_a_facilitator_counts_the_room_and_is_told_of_votes_that_do_not_count(lead, room):
    assert lead.count("neuf")["message"] == say("people.count_bad", "fr")
    lead.count(8)
    answer(room, 2, 2, 3, 3, 3, 4, 4, 5, 5)
    lead.part.look()
    told = say("consensus.uncounted", "fr", count=9, counted=8)
    assert lead.part._count.state["text"] == told
    assert lead.press("open")["message"] == told
    assert "open" in lead.moves
    assert lead.count(9)["message"] == say("consensus.count_kept", "fr")
    assert lead.part._count.state["text"] == say("consensus.count", "fr")
    lead.press("open")
    assert lead.part._count.state == {}
    assert [bar[1] for bar in room[0].look().stage["figures"][0]["bars"]] == [0, 2, 3, 2, 2]
