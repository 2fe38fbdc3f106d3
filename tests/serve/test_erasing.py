"""`agir erase` while somebody serves: a person is in no byte any more, the others go on."""

import asyncio

from typer.testing import CliRunner

from tests.serve.channel.test_handlers import ROUND, Person, answer, form_of, replied, say_to
from tests.serve.talking import talk
from toolkit import Evaluation
from toolkit.cli import app
from toolkit.evaluation.folder import STORE
from toolkit.storage.verify import verify
from toolkit.text import say

NOTE = "Une phrase que personne d’autre n’aurait écrite"


def test_who_is_erased_while_served_is_in_no_byte_and_the_others_go_on(client, place):
    gone, stays = Person(client, place), Person(client, place)

    async def attempt():
        mine, other = await gone.channel(), await stays.channel()
        form, _ = form_of(await mine.models())
        await mine.send("comm_msg", say_to(form, **answer("CV1", 4, 1, note=NOTE)))
        assert (await replied(mine, 1))["ok"]
        words = ["erase", str(place), "--person", gone.rater, "--yes", "--lang", "en"]
        done = await asyncio.to_thread(CliRunner().invoke, app, words)
        assert done.exit_code == 0, done.output
        assert say("people.erased", "en", count=1) in done.output
        code = await mine.closed()
        form, _ = form_of(await other.models())
        await other.send("comm_msg", say_to(form, **answer("CV1", 2, 1)))
        saved = await replied(other, 1)
        other.socket.close()
        return code, saved["ok"]

    assert talk(attempt()) == (1008, True)
    assert gone.kept == {}
    assert stays.kept == {"CV1": 2}
    for file in place.rglob(f"{STORE}*"):
        for trace in (NOTE, gone.rater):
            assert trace.encode() not in file.read_bytes(), file
    assert verify(place / STORE) == []
    evaluation = Evaluation.open(place)
    assert gone.rater not in {person.rater for person in evaluation.people.of(ROUND)}
    assert say("door.gone", "fr") in gone.browser.ask("/").body
