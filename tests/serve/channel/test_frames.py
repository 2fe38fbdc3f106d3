"""What may pass of a frame: what a widget could have said, with numbers that a page can count."""

import json

import pytest

from toolkit.serve.channel.frames import UnwantedError, screened


def frame(content):
    """Return a frame whose content stands as it is written."""
    header = {"msg_id": "1", "msg_type": "comm_msg", "session": "s", "version": "5.3"}
    told = {"header": header, "parent_header": {}, "metadata": {}, "channel": "shell"}
    told["content"] = {"comm_id": "c", "data": {"method": "custom", "content": "here"}}
    return json.dumps(told).replace('"here"', content)


@pytest.mark.parametrize(
    "content",
    [
        *("1e999", "-1e999", "NaN", "-Infinity", "1" + "0" * 400, "0." + "1" * 400),
        "[" * 33 + "]" * 33,
        "[" * 900 + "]" * 900,
        '{"a":' * 40 + "1" + "}" * 40,
    ],
)
def test_what_no_browser_writes_does_not_pass(content):
    with pytest.raises(UnwantedError):
        screened(frame(content), v1=False)


@pytest.mark.parametrize(
    "content",
    ["1e21", "-0.1", "1234567890123456789012", '[[["é"]]]', '{"a": [1, {"b": null}]}'],
)
def test_what_a_browser_writes_passes_unchanged(content):
    passed = json.loads(screened(frame(content), v1=False))
    assert passed["content"]["data"]["content"] == json.loads(content)


def test_half_an_emoji_is_mended_wherever_it_stands():
    passed = screened(frame('{"a\\ud83d": ["\\ud83d", "\\ud83d\\ude00"]}'), v1=False)
    assert json.loads(passed)["content"]["data"]["content"] == {"a\ufffd": ["\ufffd", "😀"]}
