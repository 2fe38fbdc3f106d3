"""What was made once is found again, whole or not at all."""

import os
import subprocess
import sys
import textwrap

import pytest

from tests.running import PATIENCE
from toolkit.pages import kept

CONTENT = {"title": "Vision commune – « partagée »", "rows": [["a", 1, None]], "shows": True}


def start(script, *arguments):
    """Run a script in a process of its own."""
    command = [sys.executable, "-c", textwrap.dedent(script), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def said(process):
    """Wait for a process that ends well, and return what it printed."""
    out, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    return out.strip()


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    place = tmp_path / "drawn"
    place.mkdir(mode=0o700)
    monkeypatch.setenv(kept.FOLDER, str(place))
    return place


def test_what_is_kept_is_found(folder):
    name = kept.key("dashboard", "fr")
    assert kept.find(name) is None
    kept.keep(name, CONTENT)
    assert kept.find(name) == CONTENT
    assert kept.find(kept.key("dashboard", "en")) is None


def test_whatever_it_is_made_from_makes_another_name(monkeypatch):
    names = {kept.key("a", "b"), kept.key("b", "a"), kept.key("ab"), kept.key("a", "b", "")}
    assert len(names) == 4
    before = kept.key("a")
    monkeypatch.setattr(kept, "_version", lambda: "a later version of the program")
    assert kept.key("a") != before


@pytest.mark.skipif(os.name == "nt", reason="rights are another matter there")
def test_nobody_else_may_read_a_file(folder):
    kept.keep("name", CONTENT)
    assert [file.stat().st_mode & 0o777 for file in folder.iterdir()] == [0o600]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda sealed: sealed[:20],
        lambda sealed: sealed[: len(sealed) // 2],
        lambda sealed: sealed + b" ",
        lambda sealed: sealed.replace(b"Vision", b"Fission"),
        lambda _: b"{}",
        lambda sealed: b"\xff" * len(sealed),
    ],
)
def test_a_damaged_file_counts_as_none_and_is_made_again(folder, damage):
    kept.keep("name", CONTENT)
    file = folder / "name"
    file.write_bytes(damage(file.read_bytes()))
    assert kept.find("name") is None
    kept.keep("name", CONTENT)
    assert kept.find("name") == CONTENT


def test_a_folder_that_went_away_is_no_failure(folder):
    folder.rmdir()
    kept.keep("name", CONTENT)
    assert kept.find("name") is None


def test_a_file_that_cannot_take_its_place_leaves_nothing_behind(folder):
    (folder / "name").mkdir()
    kept.keep("name", CONTENT)
    assert kept.find("name") is None
    assert [file.name for file in folder.iterdir()] == ["name"]


def test_without_a_folder_this_process_remembers_and_nothing_touches_the_disk(folder, monkeypatch):
    monkeypatch.delenv(kept.FOLDER)
    monkeypatch.chdir(folder)
    kept.keep("here", CONTENT)
    assert kept.find("here") == CONTENT
    assert list(folder.iterdir()) == []
    script = "from toolkit.pages import kept\nprint(kept.find('here'))"
    assert said(start(script)) == "None"


def test_room_is_made_by_what_was_not_looked_at_for_longest(folder, monkeypatch):
    monkeypatch.setattr(kept, "_MOST", 3_500)
    for place, name in enumerate(("a", "b", "c")):
        kept.keep(name, "x" * 960)
        os.utime(folder / name, (place, place))
    assert kept.find("a") is not None
    kept.keep("d", "x" * 960)
    assert sorted(file.name for file in folder.iterdir()) == ["a", "c", "d"]


def test_in_one_process_the_oldest_makes_room_too(monkeypatch):
    monkeypatch.delenv(kept.FOLDER)
    monkeypatch.setattr(kept, "_MOST_HERE", 2_500)
    for name in ("a", "b", "c"):
        kept.keep(name, "x" * 960)
    assert [kept.find(name) is None for name in ("a", "b", "c")] == [True, False, False]


def test_processes_that_keep_the_same_at_once_never_meet_half_of_it(folder):
    script = """
        import sys
        from toolkit.pages import kept
        mine = {"letter": sys.argv[1], "long": sys.argv[1] * 300_000}
        for _ in range(60):
            kept.keep("same", mine)
            found = kept.find("same")
            assert found and found["long"] == found["letter"] * 300_000, "half a file"
    """
    for process in [start(script, letter) for letter in "abcd"]:
        said(process)
    assert [file.name for file in folder.iterdir()] == ["same"]
