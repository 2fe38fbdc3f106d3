"""What the evaluator reads of the figures that a release masks."""

import pytest

from toolkit import ReleasePage
from toolkit.testing import send
from toolkit.text import say


@pytest.mark.parametrize("language", ["fr", "en"])
def test_masked_moves_are_listed_after_the_other_figures_and_in_the_same_form(evaluation, language):
    privacy = evaluation.settings.privacy.model_copy(update={"minimum_distribution": 12})
    evaluation.change(evaluation.settings.model_copy(update={"privacy": privacy}))
    page = ReleasePage(evaluation)
    send(page.masthead, "language", language=language)
    first, second, _ = rounds = [w for w in evaluation.settings.waves if w.status != "open"]
    fields = {"audience": "coalition", "name": "", "notes": "", "quotes": ""}
    chosen = {**fields, "rounds": [w.code for w in rounds], "parts": ["change"]}
    send(page._compose, "press", button="look", fields=chosen)
    rows = page._masked.state["rows"]
    row = [
        say("release.masked_pair", language, before=first.text, after=second.text),
        say("dashboard.everybody", language),
        say("release.masked_moves", language, count=4),
        say("release.why_few", language, minimum=12),
    ]
    assert row in rows
    assert all(len(other) == len(row) for other in rows)
