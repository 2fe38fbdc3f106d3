"""What an evaluator is told of a folder before it is served."""

import os

import pytest

from toolkit.errors import ToolkitError
from toolkit.evaluation.serving import Lock
from toolkit.reports import export
from toolkit.serve import readiness
from toolkit.serve.demo import make_demo
from toolkit.storage import Store
from toolkit.templates import new_evaluation
from toolkit.text import both


def open_to_others(folder):
    return [path.name for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]


@pytest.fixture
def generous():
    """Let this process make files that everybody may read, as most do."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_new_evaluation_is_its_owners_alone_from_birth(generous, tmp_path):
    evaluation = new_evaluation(tmp_path / "ours", "fr", "four_conditions")
    evaluation.links.make("viewer")
    evaluation.log.warning("something")
    evaluation.change(evaluation.settings.model_copy(update={"form": "short"}))
    names = {path.name for path in evaluation.folder.iterdir()}
    assert {"ratings.db", "ratings.db-wal", "ratings.db-shm", "agir.log"} <= names
    assert open_to_others(evaluation.folder) == []


def test_a_demonstration_and_an_export_are_their_owners_alone(generous, tmp_path):
    evaluation = make_demo(tmp_path / "demo", "fr")
    out = tmp_path / "out"
    out.mkdir(mode=0o700)
    (out / "before.xlsx").touch(mode=0o644)
    export.export_tables(evaluation.folder, out / "answers.csv")
    export.export_tables(evaluation.folder, out / "before.xlsx")
    assert len(list(out.iterdir())) == 4
    assert open_to_others(out) == []
    assert open_to_others(evaluation.folder) == []


def test_what_was_open_to_others_is_closed_and_said_once(blank):
    blank._store.close()
    blank.folder.chmod(0o755)
    (blank.folder / "ratings.db").chmod(0o644)
    said = readiness.remarks(blank.folder)
    assert said == [both("cli.was_open", files="., ratings.db")]
    assert open_to_others(blank.folder) == []
    assert readiness.remarks(blank.folder) == []
    Store.file(blank.folder / "ratings.db").try_writing()
    assert open_to_others(blank.folder) == []


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("Dropbox (Personal)", "Dropbox"),
        ("OneDrive - Organisme", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("com~apple~CloudDocs", "iCloud"),
        ("Nextcloud2", "Nextcloud"),
    ],
)
def test_a_folder_that_is_copied_elsewhere_is_said(tmp_path, part, name):
    evaluation = new_evaluation(tmp_path / part / "ours", "fr", "four_conditions")
    assert readiness.remarks(evaluation.folder) == [both("cli.synced", name=name)]


def test_a_folder_with_the_mark_of_a_synchronisation_is_said(tmp_path, blank):
    (tmp_path / ".stfolder").mkdir()
    assert readiness.remarks(blank.folder) == [both("cli.synced", name="Syncthing")]


@pytest.mark.parametrize("part", ["boxes", "mydropboxes", "drive", "cloud"])
def test_a_folder_that_is_only_called_alike_is_not(tmp_path, part):
    evaluation = new_evaluation(tmp_path / part / "ours", "fr", "four_conditions")
    assert readiness.remarks(evaluation.folder) == []


@pytest.mark.parametrize(
    ("kind", "shared"),
    [
        *((kind, True) for kind in ("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "virtiofs")),
        *((kind, False) for kind in ("ext4", "btrfs", "fuseblk", "overlay", "vfat", "apfs")),
    ],
)
def test_a_network_share_is_said_by_its_kind(tmp_path, monkeypatch, kind, shared):
    folder = tmp_path / "on a share" / "ours"
    new_evaluation(folder, "fr", "four_conditions")
    mounts = tmp_path / "mounts"
    point = str(folder.parent.resolve()).replace(" ", "\\040")
    mounts.write_text(f"/dev/root / ext4 rw 0 0\nserver:/x {point} {kind} rw 0 0\n")
    monkeypatch.setattr(readiness, "_MOUNTS", mounts)
    assert readiness.remarks(folder) == ([both("cli.share", kind=kind)] if shared else [])


@pytest.mark.parametrize(
    "name",
    [
        "ratings (copie en conflit de Anne 2026-11-30).db",
        "ratings-PORTABLE.db",
        "ratings.sync-conflict-20261130-101010-ABCDEF.db",
        "evaluation (1).toml",
    ],
)
def test_what_looks_like_another_copy_is_named(blank, name):
    (blank.folder / name).touch(mode=0o600)
    assert readiness.remarks(blank.folder) == [both("cli.copies", files=name)]


def test_a_folder_is_served_once_at_a_time(blank):
    with Lock(blank.folder, 8866):
        with pytest.raises(ToolkitError) as refused, Lock(blank.folder, 8867):
            pass
        assert refused.value.message == both("cli.served", port="8866", process=os.getpid())
    with Lock(blank.folder, 8867):
        pass


def test_a_lock_that_a_killed_server_left_behind_holds_nobody_up(blank):
    (blank.folder / ".agir-serving").write_text("8866 1\n")
    with Lock(blank.folder, 8866):
        pass


@pytest.mark.parametrize("part", ["folder", "file"])
def test_a_folder_that_takes_nothing_is_said_before_anybody_answers(part, protected):
    folder = protected.folder() / "ours"
    evaluation = new_evaluation(folder, "fr", "four_conditions")
    for path in (folder.parent, *folder.parent.rglob("*")):
        path.chmod(0o777)
    evaluation._store.close()
    if part == "file":
        evaluation = type(evaluation).open(folder)
        key = "store.read_only"
        with protected(folder / "ratings.db"), pytest.raises(ToolkitError) as refused:
            type(evaluation).open(folder).try_writing()
        values = {"file": "ratings.db"}
    else:
        key, values = "folder.unwritable", {"folder": "ours"}
        with protected(folder), pytest.raises(ToolkitError) as refused:
            evaluation.try_writing()
    assert refused.value.message == both(key, **values)
