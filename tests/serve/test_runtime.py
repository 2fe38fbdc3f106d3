"""What a server leaves about goes with it, or with the next one that starts."""

import os
import tempfile
from pathlib import Path

import pytest

from tests.running import start
from toolkit.serve.runtime import Runtime, tidy
from toolkit.templates import new_evaluation


@pytest.fixture
def base(monkeypatch):
    with tempfile.TemporaryDirectory(prefix="t-", dir="/tmp") as place:
        monkeypatch.setenv("TMPDIR", place)
        monkeypatch.setattr(tempfile, "tempdir", None)
        yield Path(place)


def test_all_that_is_made_meanwhile_is_in_one_private_folder_that_goes(base):
    with Runtime() as made:
        assert made.place.stat().st_mode & 0o777 == 0o700
        assert Path(tempfile.mkdtemp()).parent == made.place
        assert os.environ["TMPDIR"] == str(made.place)
        assert tidy(base) == []  # this one lives
    assert list(base.iterdir()) == []
    assert os.environ["TMPDIR"] == str(base)


def test_what_is_not_a_servers_own_stays(base):
    (base / "agir-notes").mkdir()
    (base / "agir-file").write_text("x")
    (base / "agir-link").symlink_to(base / "agir-notes")
    assert tidy(base) == []
    assert len(list(base.iterdir())) == 3


def test_what_a_killed_server_left_goes_when_the_next_one_starts(base, tmp_path):
    folder = tmp_path / "mine"
    new_evaluation(folder, "fr", "four_conditions")
    first = start("serve", str(folder), folder=folder)
    first.kill()
    (left,) = base.glob("agir-*")
    second = start("serve", str(folder), folder=folder)
    try:
        (own,) = base.glob("agir-*")
        assert own != left
    finally:
        second.stop()
    assert list(base.glob("agir-*")) == []
