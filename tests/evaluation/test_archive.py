"""A backup is one file that holds everything, and comes back whole or not at all."""

import random
import shutil
import zipfile

import pytest

from toolkit import Evaluation
from toolkit.errors import EvaluationError
from toolkit.evaluation import archive
from toolkit.text import both


@pytest.fixture
def answered(opened, rate):
    rate("p1", group="parent", CV1=4, PP1=2)
    rate("p2", CV1=3)
    (opened.folder / "ours.yaml").write_text("id: ours\n", encoding="utf-8")
    opened.log.warning("a line")
    return opened


def values(folder):
    return [(r.rater, r.indicator, r.value) for r in Evaluation.open(folder)._store.answers()]


def test_a_backup_made_while_others_have_it_open_holds_everything(answered, rate, tmp_path):
    mark = answered.links.mark
    file = archive.back_up(answered.folder, tmp_path / "copy.zip")
    rate("p3", CV1=5)
    assert archive.restore(file, tmp_path / "again") == 0
    assert values(tmp_path / "again") == values(answered.folder)[:3]
    kept = {path.name for path in (tmp_path / "again").iterdir()}
    assert {"evaluation.toml", "rate.ipynb", "ours.yaml", "ratings.db"} <= kept
    assert not {"agir.log", "backups"} & kept
    again = Evaluation.open(tmp_path / "again")
    assert again.settings == answered.settings
    assert again.links.mark == mark
    made = (file, again.folder, *again.folder.iterdir())
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []


def test_without_a_name_it_is_among_the_evaluations_own(answered):
    file = archive.back_up(answered.folder)
    assert file.parent == answered.folder / "backups"
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert "backups" not in str(zipfile.ZipFile(file).namelist())


def test_a_backup_takes_nothings_place(answered, tmp_path):
    file = archive.back_up(answered.folder, tmp_path / "copy.zip")
    before = file.read_bytes()
    with pytest.raises(EvaluationError) as refused:
        archive.back_up(answered.folder, file)
    assert refused.value.message == both("backup.exists", file="copy.zip")
    assert file.read_bytes() == before


@pytest.mark.parametrize("there", ["ratings.db-wal", "evaluation.toml", ".hidden"])
def test_nothing_is_restored_into_a_folder_that_holds_something(answered, tmp_path, there):
    file = archive.back_up(answered.folder, tmp_path / "copy.zip")
    place = tmp_path / "place"
    place.mkdir()
    (place / there).write_bytes(b"stale")
    with pytest.raises(EvaluationError) as refused:
        archive.restore(file, place)
    assert refused.value.message == both("backup.not_empty", folder="place", files=there)
    assert [path.name for path in place.iterdir()] == [there]
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".place")) == []


def test_a_passphrase_opens_it_and_no_other(answered, tmp_path):
    file = archive.back_up(answered.folder, tmp_path / "copy.agir", "phrase à moi")
    assert archive.sealed(file)
    assert b"evaluation.toml" not in file.read_bytes()
    for wrong in ("", "phrase a moi"):
        with pytest.raises(EvaluationError) as refused:
            archive.restore(file, tmp_path / "again", wrong)
        assert refused.value.message == both("backup.locked", file="copy.agir")
        assert not (tmp_path / "again").exists()
    archive.restore(file, tmp_path / "again", "phrase à moi")
    assert values(tmp_path / "again") == values(answered.folder)


@pytest.mark.parametrize("phrase", ["", "secret"])
def test_any_changed_byte_of_a_backup_is_seen(answered, tmp_path, phrase):
    file = archive.back_up(answered.folder, tmp_path / "copy.zip", phrase)
    assert archive.check(file, phrase) == []
    whole, chance = file.read_bytes(), random.Random(3)
    for _ in range(8 if phrase else 60):
        changed = bytearray(whole)
        changed[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        file.write_bytes(changed)
        with pytest.raises(EvaluationError):
            archive.check(file, phrase)
    for short in (b"", whole[:100], whole[:-1]):
        file.write_bytes(short)
        with pytest.raises(EvaluationError):
            archive.restore(file, tmp_path / "again", phrase)
    assert not (tmp_path / "again").exists()


def test_a_member_that_would_leave_the_folder_is_refused(answered, tmp_path):
    file = archive.back_up(answered.folder, tmp_path / "copy.zip")
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(file) as of, zipfile.ZipFile(other, "w") as to:
        for name in of.namelist():
            to.writestr(name, of.read(name))
        to.writestr("../outside.txt", "x")
    body = other.read_bytes()[:-2] + archive._ENDS.to_bytes(2, "little")
    digest = archive.sha256(body).hexdigest().encode()
    other.write_bytes(body + archive._DIGEST + digest)
    with pytest.raises(EvaluationError):
        archive.restore(other, tmp_path / "again")
    assert not (tmp_path / "outside.txt").exists()


def test_one_a_day_is_made_and_fourteen_are_kept(answered, monkeypatch):
    import datetime

    first = datetime.date(2026, 11, 1)
    for day in range(20):
        today = first + datetime.timedelta(day)
        monkeypatch.setattr(archive, "today", lambda today=today: today)
        assert archive.back_up_daily(answered.folder)
        assert archive.back_up_daily(answered.folder) is None
    kept = sorted(path.name for path in (answered.folder / "backups").iterdir())
    assert kept == [f"daily-2026-11-{day:02}.zip" for day in range(7, 21)]


def test_whoever_was_erased_is_erased_from_backups_and_from_what_they_bring_back(
    answered, tmp_path
):
    own = archive.back_up(answered.folder)
    elsewhere = archive.back_up(answered.folder, tmp_path / "stick.zip")
    locked = archive.back_up(answered.folder, None, "secret")
    early = shutil.copy(own, answered.folder / "backups" / "x-early.zip")
    answered._store.erase(["p1"])
    assert archive.erase_in_backups(answered.folder) == (
        (own.name, early.name),
        (locked.name,),
    )
    for file in (own, early):
        shutil.rmtree(tmp_path / "again", ignore_errors=True)
        assert archive.restore(file, tmp_path / "again") == 0
        assert [rater for rater, *_ in values(tmp_path / "again")] == ["p2"]
    assert archive.restore(locked, tmp_path / "unlocked", "secret") > 0
    assert [rater for rater, *_ in values(tmp_path / "unlocked")] == ["p2"]
    assert archive.restore(elsewhere, tmp_path / "stick", after=answered.folder) > 0
    assert [rater for rater, *_ in values(tmp_path / "stick")] == ["p2"]
