"""Text is read as the programs of different systems save it, and its encoding is named."""

import pytest

from toolkit.encodings import NAMES, decoded
from toolkit.errors import ToolkitError
from toolkit.evaluation import Evaluation
from toolkit.instruments import available, read
from toolkit.text import say

TEXT = "Où l’été « commence » : à Québec, chez Noël — œuvre"


@pytest.mark.parametrize("encoding", [*NAMES, "utf-16-le", "utf-16-be"])
def test_the_encoding_of_french_is_recognized(encoding):
    text = TEXT.replace(" ", " ")
    assert decoded(text.encode(encoding))[0] == text


def test_what_is_no_text_is_refused():
    with pytest.raises(ValueError, match="text"):
        decoded(b"\0\0\0\1\0\0")


@pytest.mark.parametrize(("encoding", "name"), [("cp1252", "Windows-1252"), ("utf-16", "UTF-16")])
def test_an_instrument_or_settings_saved_otherwise_say_how(tmp_path, blank, encoding, name):
    source = available()["four_conditions"].read_text(encoding="utf-8")
    file = tmp_path / "four_conditions.yaml"
    file.write_bytes(source.encode(encoding, "replace"))
    with pytest.raises(ToolkitError) as error:
        read(file)
    assert error.value.say("fr") == say("check.encoding", "fr", file=file.name, encoding=name)
    toml = blank.folder / "evaluation.toml"
    toml.write_bytes(toml.read_text(encoding="utf-8").encode(encoding, "replace"))
    with pytest.raises(ToolkitError) as error:
        Evaluation.open(blank.folder)
    assert error.value.say("fr") == say("check.encoding", "fr", file=toml.name, encoding=name)


def test_a_byte_order_mark_and_other_line_ends_change_nothing(tmp_path, blank):
    source = available()["four_conditions"].read_text(encoding="utf-8")
    file = tmp_path / "four_conditions.yaml"
    file.write_bytes(source.replace("\n", "\r\n").encode("utf-8-sig"))
    assert read(file).digest == blank.instrument.digest
    toml = blank.folder / "evaluation.toml"
    toml.write_bytes(toml.read_bytes().replace(b"\n", b"\r\n").join([b"\xef\xbb\xbf", b""]))
    assert Evaluation.open(blank.folder).settings == blank.settings


@pytest.mark.parametrize(("content", "key"), [(b"", "empty_file"), (None, "no_file")])
def test_an_instruments_file_that_is_empty_or_missing_is_said_as_such(tmp_path, content, key):
    file = tmp_path / "ours.yaml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ToolkitError) as error:
        read(file)
    assert error.value.say("fr") == say(f"check.{key}", "fr", file="ours.yaml")
