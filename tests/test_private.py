"""What nobody else may open, from birth."""

import os

import pytest

from toolkit import private

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes mean nothing there")


def mode(path):
    return path.stat().st_mode & 0o777


@pytest.fixture(autouse=True)
def _generous():
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_file_and_a_folder_are_private_whatever_the_umask(tmp_path):
    private.make_folder(tmp_path / "a" / "b")
    private.create(tmp_path / "a" / "b" / "file")
    private.create(tmp_path / "a" / "b" / "file")
    private.replace(tmp_path / "new", b"x")
    with open(tmp_path / "opened", "w", opener=private.opener) as opened:
        opened.write("x")
    assert mode(tmp_path / "a" / "b") == 0o700
    for name in ("a/b/file", "new", "opened"):
        assert mode(tmp_path / name) == 0o600


def test_what_is_replaced_becomes_private(tmp_path):
    (tmp_path / "open").write_text("to all")
    private.replace(tmp_path / "open", b"mine")
    assert mode(tmp_path / "open") == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["open"]


def test_what_is_open_to_others_is_closed_and_named_once(tmp_path):
    tmp_path.chmod(0o755)
    file = tmp_path / "file"
    file.write_text("x")
    file.chmod(0o644)
    assert private.tighten([tmp_path, file]) == ([tmp_path, file], [])
    assert (mode(tmp_path), mode(file)) == (0o700, 0o600)
    assert private.tighten([tmp_path, file, tmp_path / "missing"]) == ([], [])
