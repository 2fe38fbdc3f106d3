"""Settings that cannot be read for a moment send nobody away."""

import pytest

from toolkit import Evaluation
from toolkit.errors import PassingError
from toolkit.evaluation.folder import LAST_GOOD


@pytest.fixture
def file(opened):
    return opened.folder / "evaluation.toml"


def broken(text):
    yield from ("", "\n\n", text[: len(text) // 2] + '\n[["', text.replace('"r1"', "r1"))


def test_what_was_read_last_stands_while_the_file_is_edited(opened, file):
    before, text = opened.settings, file.read_text(encoding="utf-8")
    for now in broken(text):
        file.write_text(now, encoding="utf-8")
        assert opened.settings == before
    file.unlink()
    assert opened.settings == before
    file.write_text(text.replace("Ronde 1", "Ronde 1 bis"), encoding="utf-8")
    assert opened.settings.waves[0].fr == "Ronde 1 bis"
    log = (opened.folder / "agir.log").read_text(encoding="utf-8")
    assert "evaluation.toml" in log


def test_whoever_opens_it_just_then_is_told_where_nothing_was_read(opened, file, monkeypatch):
    text = file.read_text(encoding="utf-8")
    file.write_text("", encoding="utf-8")
    with pytest.raises(PassingError):
        Evaluation.open(opened.folder)
    kept = opened.folder.parent / "kept"
    kept.mkdir()
    (kept / "evaluation.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv(LAST_GOOD, str(kept))
    assert Evaluation.open(opened.folder).settings == opened.settings


def test_an_answer_waits_while_its_round_is_not_named_and_is_kept_when_it_is(opened, rate, file):
    rate("p1", CV1=2)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.split("[[waves]]")[0], encoding="utf-8")
    sheet = opened.sheet("r1", "p1")
    with pytest.raises(PassingError):
        sheet.record("CV1", value=5)
    file.write_text(text, encoding="utf-8")
    sheet.record("CV1", value=5)
    assert sheet.answers["CV1", "current"].value == 5


def test_why_what_was_read_last_stands_is_known_until_the_file_is_whole(opened, file):
    sound = file.read_text(encoding="utf-8")
    assert opened.fault is None
    for now in broken(sound):
        file.write_text(now, encoding="utf-8")
        assert "evaluation.toml" in opened.fault.say("en")
    file.write_text(sound, encoding="utf-8")
    assert opened.fault is None
