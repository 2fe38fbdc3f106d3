"""A small machine: whoever only looks never takes the place of whoever answers."""

from contextlib import suppress
from http.client import HTTPException
from threading import Thread

import pytest

from tests.running import start
from tests.serve.conftest import Client
from toolkit import Evaluation
from toolkit.serve.demo import make_demo


@pytest.fixture
def small(tmp_path):
    """Serve four pages at once."""
    folder = tmp_path / "demo"
    make_demo(folder, "fr")
    server = start("serve", str(folder), "--pages", "4", folder=folder)
    yield server
    server.stop()


def test_one_viewers_link_leaves_a_place_to_answer_and_one_to_prepare(small):
    evaluation = Evaluation.open(small.folder)

    def browser(token):
        made = Client(small.base)
        assert made.follow(token).status == 303
        return made

    viewer = browser(evaluation.links.make("viewer")[0])
    first = viewer.kernel("dashboard.ipynb")

    def wait():
        with suppress(OSError, HTTPException):  # until the server ends
            viewer.ask("/voila/render/dashboard.ipynb")

    others = [Thread(target=wait, daemon=True) for _ in range(6)]
    for other in others:
        other.start()
    rater = browser(evaluation.invite(evaluation.open_wave.code, 1)[0])
    assert rater.kernel("rate.ipynb") != first
    evaluator = browser(evaluation.links.standing("evaluator"))
    assert evaluator.kernel("setup.ipynb") != first
