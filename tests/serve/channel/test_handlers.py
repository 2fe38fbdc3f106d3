"""What may be said to a kernel: by its owner, by its widgets, and nothing else."""

import asyncio
import json
import sqlite3
import time
from contextlib import suppress

import pytest
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClosedError

from tests.running import PATIENCE
from tests.serve.talking import talk
from toolkit import Evaluation

ROUND = "2026-T2"
TOO_MANY = 429


class Person:
    """A rater whose form is open, and a raw channel to their kernel."""

    def __init__(self, client, place):
        self.evaluation = Evaluation.open(place)
        self.token = self.evaluation.invite(ROUND, 1)[0]
        self.rater = self.evaluation.links.enter(self.token, "rater").rater
        self.sheet = self.evaluation.sheet(ROUND, self.rater)
        self.sheet.consent()
        self.browser = client(self.token)
        self.kernel = self.browser.kernel()

    async def channel(self, **options):
        """Open a channel, as soon as the server has let go of those that were closed before."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return await self.browser.channel(self.kernel, **options)
            except HTTPClientError as refused:
                if refused.code != TOO_MANY or time.monotonic() > end:
                    raise
                await asyncio.sleep(0.05)

    @property
    def kept(self):
        return {code: r.value for (code, _), r in self.sheet.answers.items()}


@pytest.fixture(scope="module")
def person(client, place):
    return Person(client, place)


def form_of(models):
    """Return the form's model, and the page's box."""
    form = next(key for key, state in models.items() if state.get("state", {}).get("questions"))
    page = next(key for key, state in models.items() if state.get("children"))
    return form, page


def say_to(model, **content):
    return {"comm_id": model, "data": {"method": "custom", "content": content}}


def answer(indicator, value, sequence, **more):
    data = {"indicator": indicator, "aspect": "current", "value": value, **more}
    return {"kind": "answer", "slot": indicator, "sequence": sequence, "data": data}


async def replied(channel, sequence):
    """Return what the page says of a message once it has dealt with it."""
    while True:
        data = (await channel.heard("comm_msg"))["content"]["data"]
        content = data.get("content", {})
        if content.get("sequence") == sequence and "ok" in content:
            return content


#: Every message of the protocol that asks a kernel for something, on the channel that it goes by.
KINDS = [
    ("execute_request", "shell", {"code": "{code}", "silent": False, "store_history": True}),
    ("execute_request", "control", {"code": "{code}", "silent": True}),
    ("execute_request", "stdin", {"code": "{code}"}),
    ("execute_request", "iopub", {"code": "{code}"}),
    ("execute_request", "nowhere", {"code": "{code}"}),
    ("execute_request", None, {"code": "{code}"}),
    ("complete_request", "shell", {"code": "open('", "cursor_pos": 6}),
    ("inspect_request", "shell", {"code": "evaluation", "cursor_pos": 3, "detail_level": 1}),
    ("history_request", "shell", {"hist_access_type": "tail", "n": 100}),
    ("is_complete_request", "shell", {"code": "1"}),
    ("connect_request", "shell", {}),
    ("input_reply", "stdin", {"value": "x"}),
    ("shutdown_request", "control", {"restart": False}),
    ("shutdown_request", "shell", {"restart": False}),
    ("interrupt_request", "control", {}),
    ("debug_request", "control", {"type": "request", "command": "attach", "seq": 1}),
    ("create_subshell_request", "control", {}),
    ("usage_request", "control", {}),
    ("comm_open", "shell", {"comm_id": "x", "target_name": "jupyter.widget", "data": {}}),
    ("comm_open", "shell", {"comm_id": "x", "target_name": "os.system", "data": {}}),
    ("comm_msg", "control", {"comm_id": "c", "data": {"method": "request_states"}}),
    ("comm_msg", "shell", {"comm_id": "c", "data": {"method": "echo_update"}}),
    ("comm_msg", "shell", {"comm_id": "c", "data": "text"}),
    ("no_such_request", "shell", {}),
    ("EXECUTE_REQUEST", "shell", {"code": "{code}"}),
]


def test_no_message_but_a_widgets_own_reaches_the_kernel(person, place, logged):
    trace = place / "trace.txt"
    code = f"open({str(trace)!r}, 'w').write('here')"

    async def attempt():
        for number, (kind, way, content) in enumerate(KINDS):
            channel = await person.channel(session=f"kinds-{number}")
            filled = {k: code if v == "{code}" else v for k, v in content.items()}
            await channel.send(kind, filled, channel=way)
            # What is allowed is answered, and nothing else is: the kernel lives and stays quiet.
            asked = await channel.send("kernel_info_request", {})
            assert await channel.heard("kernel_info_reply", asked), kind
            channel.socket.close()

    talk(attempt())
    assert not trace.exists()
    assert code[:8] not in logged()
    assert "another kind of message" in logged()


def frames(valid):
    cut = json.dumps(valid)
    header = valid["header"]
    return [
        *("", "x", "[]", "1", "null", "{}", '"text"', cut[:-1], cut[: len(cut) // 2], "\0" * 100),
        *('{"a": NaN}', "[" * 100_000, '{"a":' * 50_000, "9" * 10_000, "\ufeff" + cut),
        *(b"", b"\0", b"\xff" * 64, b"\xff" * 8, (10**6).to_bytes(8, "little") * 20, cut.encode()),
        *(json.dumps({**valid, part: None}) for part in ("header", "metadata", "content")),
        *(json.dumps({**valid, part: []}) for part in ("header", "metadata", "content")),
        json.dumps({**valid, "header": {**header, "msg_type": {"a": 1}}}),
        json.dumps({**valid, "header": {**header, "msg_type": ["comm_msg"]}}),
        json.dumps({**valid, "header": {**header, "session": "s" * 5000}}),
        json.dumps({**valid, "content": {"comm_id": 3, "data": {"method": "custom"}}}),
        json.dumps({**valid, "content": {"comm_id": "c", "data": {"method": ["custom"]}}}),
        json.dumps({key: part for key, part in valid.items() if key != "channel"}),
    ]


def test_a_malformed_frame_is_left_out_and_many_close_the_channel(person):
    header = {"msg_id": "1", "msg_type": "comm_msg", "session": "s", "version": "5.3"}
    valid = {"header": header, "parent_header": {}, "metadata": {}, "channel": "shell"}
    valid["content"] = {"comm_id": "c", "data": {"method": "request_states"}}

    async def attempt():
        for start in range(0, len(frames(valid)), 15):
            channel = await person.channel(session=f"malformed-{start}")
            for frame in frames(valid)[start : start + 15]:
                await channel.socket.write_message(frame, binary=isinstance(frame, bytes))
            assert await channel.alive()
            channel.socket.close()
        channel = await person.channel(session="malformed")
        for _ in range(25):
            await channel.socket.write_message("x")
        return await channel.closed()

    assert talk(attempt()) == 1008


def test_a_message_that_is_too_long_closes_the_channel_unread(person, client, links):
    evaluator = client(links.make("evaluator")[0])
    kernel = evaluator.kernel("setup.ipynb")

    async def survives(channel, size):
        try:
            await channel.socket.write_message("x" * size)
            return await channel.alive()
        except WebSocketClosedError:
            return False
        finally:
            channel.socket.close()

    async def attempt():
        rated = [
            await survives(await person.channel(session=f"long-{size}"), size)
            for size in (200_000, 300_000)
        ]
        prepared = [
            await survives(await evaluator.channel(kernel, session=f"long-{size}"), size)
            for size in (3_000_000, 5_000_001)
        ]
        return rated, prepared

    assert talk(attempt()) == ([True, False], [True, False])


def test_a_flood_of_messages_closes_the_channel_and_the_page_answers_again(person, clock):
    async def attempt():
        channel = await person.channel(session="flood")
        frame = {"comm_id": "nobody", "data": {"method": "custom", "content": {}}}

        async def flood(many):
            for _ in range(many):
                await channel.send("comm_msg", frame)

        await flood(299)
        assert await channel.alive()
        clock(1)
        await flood(29)
        assert await channel.alive()
        await flood(20)
        code = await channel.closed()
        again = await person.channel(session="after")
        assert await again.alive()
        again.socket.close()
        return code

    assert talk(attempt()) == 1008


def test_a_kernel_has_few_channels_and_gives_them_back(person):
    async def attempt():
        opened = [await person.channel(session=f"many-{n}") for n in range(6)]
        with pytest.raises(HTTPClientError) as refused:
            await person.browser.channel(person.kernel, session="one-more")
        assert refused.value.code == TOO_MANY
        for channel in opened:
            channel.socket.close()
        channel = await person.channel(session="again")
        assert await channel.alive()
        channel.socket.close()

    talk(attempt())


def test_only_the_owner_of_a_kernel_reaches_it(person, client, links):
    other = Evaluation.open(person.evaluation.folder).invite(ROUND, 1)[0]
    strangers = [client(), client(other), client(links.make("evaluator")[0])]
    evil = client(person.token)
    evil.always = {"Origin": "http://evil.example"}

    async def attempt(browser):
        with pytest.raises(HTTPClientError) as refused:
            await browser.channel(person.kernel)
        return refused.value.code

    assert [talk(attempt(browser)) for browser in [*strangers, evil]] == [403] * 4


def test_an_odd_name_of_a_session_is_refused(person):
    async def attempt(session):
        with pytest.raises(HTTPClientError) as refused:
            await person.channel(session=session)
        return refused.value.code

    assert [talk(attempt(session)) for session in ("", "s" * 300, "%00", "a%20b")] == [400] * 4


def revoked(person):
    person.evaluation.links.revoke_token(person.token)


def expired(person):
    with sqlite3.connect(person.evaluation.folder / "ratings.db") as store:
        store.execute("UPDATE links SET expires_at = '2001-01-01' WHERE rater = ?", (person.rater,))


def erased(person):
    person.evaluation.people.erase([person.rater])


@pytest.mark.parametrize("over", [revoked, expired, erased])
def test_a_link_that_is_over_writes_no_more_and_its_silent_channel_is_closed(client, place, over):
    person = Person(client, place)

    async def attempt():
        silent = await person.channel(session="silent")
        busy = await person.channel(session="busy")
        form, _ = form_of(await busy.models())
        await busy.send("comm_msg", say_to(form, **answer("CV1", 4, 1)))
        assert (await replied(busy, 1))["ok"]
        over(person)
        with suppress(WebSocketClosedError):
            await busy.send("comm_msg", say_to(form, **answer("CV1", 2, 2)))
        codes = await busy.closed(), await silent.closed()
        with pytest.raises(HTTPClientError) as refused:
            await person.channel()
        return *codes, refused.value.code

    assert talk(attempt()) == (1008, 1008, 403)
    assert person.kept == ({} if over is erased else {"CV1": 4})


def test_a_forged_state_changes_nothing_and_answers_stay_with_their_person(person):
    others = {rater: person.evaluation.sheet(ROUND, rater) for rater in ("r01", "someone")}
    forged = {"rater": "r01", "round": "2025-T1", "role": "evaluator", "answers": {}, "key": "x"}

    async def attempt():
        channel = await person.channel(session="forger")
        models = await channel.models()
        form, page = form_of(models)

        async def update(model, **state):
            await channel.send(
                "comm_msg", {"comm_id": model, "data": {"method": "update", "state": state}}
            )

        for model in models:
            await update(model, state=forged, value=forged, children=[], _esm="alert(1)", **forged)
        await update(page, children=[f"IPY_MODEL_{form}"], evaluation="x", link=forged)
        said = answer("CV1", 4, 1)
        said["data"] |= {"rater": "r01", "wave": "2025-T1", "role": "evaluator"}
        await channel.send("comm_msg", say_to(form, **said))  # more than the form ever sends
        await channel.send("comm_msg", say_to(form, **answer("CV1", 3, 2)))
        reply = await replied(channel, 2)
        after = await channel.models()
        channel.socket.close()
        return models, after, reply

    before, after, reply = talk(attempt())
    assert reply["ok"]
    assert person.kept["CV1"] == 3
    assert all(sheet.answers.get(("CV1", "current")) is None for sheet in others.values())
    form, page = form_of(before)
    assert after[page]["children"] == before[page]["children"]
    assert after[form]["state"]["key"] == before[form]["state"]["key"]
    assert after[form]["_esm"] == before[form]["_esm"]


def test_half_an_emoji_does_not_cut_the_channel(person):
    async def attempt():
        channel = await person.channel(session="emoji")
        form, _ = form_of(await channel.models())
        said = answer("CV2", 2, 7, note="Un fait \ud83d")
        await channel.send("comm_msg", say_to(form, **said))
        reply = await replied(channel, 7)
        channel.socket.close()
        return reply

    assert talk(attempt())["ok"]
    assert person.kept["CV2"] == 2


def test_jupyters_binary_frames_are_held_to_the_same_rules(person, place):
    from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1

    trace = place / "binary.txt"

    def frame(kind, content, channel="shell"):
        header = {"msg_id": kind, "msg_type": kind, "session": "v1", "version": "5.3"}
        parts = [json.dumps(part).encode() for part in (header, {}, {}, content)]
        return serialize_msg_to_ws_v1(parts, channel)

    async def attempt():
        channel = await person.channel(
            session="v1", subprotocols=["v1.kernel.websocket.jupyter.org"]
        )
        assert channel.socket.selected_subprotocol == "v1.kernel.websocket.jupyter.org"
        code = f"open({str(trace)!r}, 'w').write('here')"
        for sent in (
            frame("execute_request", {"code": code, "silent": False}),
            frame("execute_request", {"code": code, "silent": True}, "control"),
            frame("shutdown_request", {"restart": False}, "control"),
            frame("execute_request", {"code": code})[:-3],
            b"\xff" * 40,
        ):
            await channel.socket.write_message(sent, binary=True)
        await channel.socket.write_message(frame("kernel_info_request", {}), binary=True)
        while (found := await channel.read()) is not None:
            if b"kernel_info_reply" in found:
                channel.socket.close()
                return True
        return False

    assert talk(attempt())
    assert not trace.exists()
