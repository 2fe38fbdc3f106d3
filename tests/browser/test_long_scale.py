"""A scale of eleven steps, 0 to 10, on a phone."""

import json

import pytest

from tests.running import start
from toolkit import Evaluation
from toolkit.evaluation import Wave
from toolkit.templates import new_evaluation
from toolkit.text import say


def named(text):
    return {"fr": text, "en": text}


ELEVEN = {
    "id": "eleven",
    "version": 1,
    "title": named("Eleven"),
    "source": named("Ours"),
    "scales": {
        "to10": {
            "title": named("0 to 10"),
            "steps": {str(n): named(f"Tout à fait autrement {n}") for n in range(11)},
        }
    },
    "conditions": [
        {
            "code": "A",
            "title": named("Common vision"),
            "indicators": [{"code": "A1", "text": named("Our aims"), "scale": "to10"}],
        }
    ],
}


@pytest.fixture
def eleven(tmp_path):
    """An evaluation on eleven steps with an open round, and where it is served."""
    file = tmp_path / "eleven.yaml"
    file.write_text(json.dumps(ELEVEN), encoding="utf-8")
    evaluation = new_evaluation(tmp_path / "made", "fr", str(file))
    wave = Wave(code="r1", fr="r1", en="r1", status="open")
    evaluation.change(evaluation.settings.model_copy(update={"waves": (wave,)}))
    server = start("serve", str(evaluation.folder), folder=evaluation.folder)
    yield Evaluation.open(evaluation.folder), server
    server.stop()


def test_eleven_steps_fit_a_phone_and_each_can_be_tapped(eleven, visit, tmp_path):
    evaluation, server = eleven
    page = visit("phone").open(server.link(evaluation.invite("r1", 1)[0]))
    page.get_by_role("button", name=say("consent.agree", "fr")).click()
    steps = page.locator(".tk-current .tk-step")
    steps.first.wait_for()
    page.screenshot(path=tmp_path / "eleven.png", full_page=True)
    boxes = [steps.nth(n).bounding_box() for n in range(steps.count())]
    assert len(boxes) == 11
    assert say("rate.between", "fr") not in page.locator(".tk-question").first.inner_text()
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)
    assert min(box["height"] for box in boxes) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    steps.nth(10).click()
    saved = say("rate.saved", "fr")
    page.locator(".tk-question .tk-said").first.filter(has_text=saved).wait_for()
    assert [answer.value for answer in evaluation._store.answers()] == [10]
