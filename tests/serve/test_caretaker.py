"""While an evaluation is served, whoever started it is told what is wrong, once."""

import asyncio
import os
import shutil

import pytest

from toolkit.evaluation.folder import LAST_GOOD
from toolkit.serve.caretaker import Caretaker
from toolkit.text import both


@pytest.fixture
def told(opened):
    said = []
    caretaker = Caretaker(opened, said.append)
    yield caretaker, said
    caretaker.stop()
    assert LAST_GOOD not in os.environ


def test_broken_settings_are_told_once_with_their_line_and_that_they_are_whole_again(opened, told):
    caretaker, said = told
    file = opened.folder / "evaluation.toml"
    text = file.read_text(encoding="utf-8")
    for _ in range(2):
        caretaker.look()
    assert said == []
    file.write_text("[coalition\n", encoding="utf-8")
    for _ in range(2):
        caretaker.look()
    assert len(said) == 1
    assert "evaluation.toml:1" in said[0]["fr"]
    file.write_text(text, encoding="utf-8")
    caretaker.look()
    assert said[1:] == [both("cli.fault_over", what="evaluation.toml")]
    log = (opened.folder / "agir.log").read_text(encoding="utf-8")
    assert "evaluation.toml:1" in log


def test_a_page_that_cannot_be_served_is_told_with_its_line(opened, told):
    caretaker, said = told
    file = opened.folder / "evaluation.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + '\n[[pages]]\nnotebook = "nowhere.ipynb"\n', encoding="utf-8")
    for _ in range(2):
        caretaker.look()
    assert len(said) == 1
    line = len(text.splitlines()) + 3
    assert f"evaluation.toml:{line} " in said[0]["fr"]
    assert both("check.page_no_file", written="nowhere.ipynb")["en"] in said[0]["en"]
    file.write_text(text, encoding="utf-8")
    caretaker.look()
    assert said[1:] == [both("cli.fault_over", what="[[pages]]")]


def test_answers_that_were_taken_away_are_told(opened, told):
    caretaker, said = told
    parts = list(opened.folder.glob("ratings.db*"))
    for part in parts:
        part.rename(part.with_name(f"aside-{part.name}"))
    caretaker.look()
    caretaker.look()
    assert [message["en"] for message in said] == [
        both("cli.fault", fault=both(f"store.{key}", file="ratings.db"))["en"]
        for key in ("replaced", "missing")
    ]
    for part in parts:
        part.with_name(f"aside-{part.name}").rename(part)
    caretaker.look()
    assert said[-1] == both("cli.fault_over", what="ratings.db")


def test_a_backup_is_made_each_day_and_a_failure_is_told_once(opened, told):
    caretaker, said = told
    asyncio.run(caretaker.back_up())
    asyncio.run(caretaker.back_up())
    assert len(list((opened.folder / "backups").glob("daily-*.zip"))) == 1
    shutil.rmtree(opened.folder / "backups")
    (opened.folder / "backups").write_text("", encoding="utf-8")
    for _ in range(2):
        asyncio.run(caretaker.back_up())
    fault = both("backup.unwritable", folder=opened.folder.name)
    assert said == [both("backup.failed", fault=fault)]
