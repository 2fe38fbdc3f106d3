"""Backups: one file that holds all that an evaluation is, and the way back from it."""

import datetime
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path, PurePosixPath

from toolkit import private
from toolkit.errors import EvaluationError, StoreError
from toolkit.evaluation.folder import STORE
from toolkit.evaluation.settings import FILE
from toolkit.places import check_place
from toolkit.storage import copies
from toolkit.storage.erasure import erase_again, tombstones
from toolkit.storage.verify import verify
from toolkit.text import Text, both, today

__all__ = ["BACKUPS", "back_up", "back_up_daily", "check", "erase_in_backups", "restore", "sealed"]

#: The folder of an evaluation's own backups.
BACKUPS = "backups"
#: Daily backups that are kept.
_DAYS = 14
_DAILY = "daily-"
#: What ends a backup: a digest of all before it, as a comment that any program for archives shows.
_DIGEST = b"agir-sha256:"
_ENDS = len(_DIGEST) + 64
#: What begins one with a passphrase; then salt, nonce, and the archive, sealed.
_SEALED = b"AGIR-BACKUP-1\n"
_SALT, _NONCE = 16, 12


def back_up(folder: Path, to: Path | None = None, passphrase: str = "") -> Path:
    """Write an evaluation into one file, also while it is served, and return the file.

    It holds the settings, the instruments, the notebooks and all else in the folder, and a
    consistent copy of the answers; not the log, nor what is hidden, nor other backups.

    Parameters
    ----------
    folder
        The evaluation's.
    to
        A file that is not there yet, or a folder for it; without it, among the evaluation's own.
    passphrase
        What will be needed to open it; without it, anybody can who has the file.

    Raises
    ------
    EvaluationError, StoreError
        Something cannot be read, or the file cannot be written, or is there already.
    """
    if not (folder / FILE).is_file():
        raise EvaluationError(both("folder.no_evaluation", folder=folder.absolute().name))
    now = datetime.datetime.now(datetime.UTC).astimezone()
    name = f"{folder.absolute().name}-{now:%Y-%m-%d-%H%M%S}.zip" + (".agir" if passphrase else "")
    try:
        if to is None:
            private.make_folder(folder / BACKUPS)
        place = to or folder / BACKUPS
        file = place / name if place.is_dir() else place
        check_place(file)
        if file.exists():
            raise EvaluationError(both("backup.exists", file=file.name))
        content = _packed(folder)
        private.replace(file, _lock(content, passphrase) if passphrase else content)
    except OSError as error:
        raise EvaluationError(both("backup.unwritable", folder=folder.absolute().name)) from error
    return file


def back_up_daily(folder: Path) -> Path | None:
    """Write today's backup unless it is there, and keep those of the last days; return it if new.

    Raises
    ------
    EvaluationError, StoreError
        As `back_up`.
    """
    backups = folder / BACKUPS
    file = backups / f"{_DAILY}{today():%Y-%m-%d}.zip"
    if file.exists():
        return None
    try:
        private.make_folder(backups)
    except OSError as error:
        raise EvaluationError(both("backup.unwritable", folder=folder.name)) from error
    back_up(folder, file)
    for old in sorted(backups.glob(f"{_DAILY}*.zip"))[:-_DAYS]:
        old.unlink(missing_ok=True)
    return file


def restore(file: Path, folder: Path, passphrase: str = "", after: Path | None = None) -> int:
    """Make an evaluation of a backup in a folder that is new or empty; nothing is ever mixed.

    Whoever was erased since it was made is erased from it again: from the evaluation that it lies
    in, or that `after` names. Return how many rows that were.

    Raises
    ------
    EvaluationError
        The folder holds something; the file is no backup, damaged, or has another passphrase.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        there = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
        named = ", ".join(there[:5])
        raise EvaluationError(both("backup.not_empty", folder=folder.absolute().name, files=named))
    content = _opened(file, passphrase)
    graves = _graves(file, after)
    try:
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        prefix = f".{folder.absolute().name}."
        place = Path(tempfile.mkdtemp(dir=folder.absolute().parent, prefix=prefix))
    except OSError as error:
        raise EvaluationError(both("folder.unwritable", folder=folder.name)) from error
    try:
        _unpack(content, place, file.name)
        if verify(place / STORE):
            raise EvaluationError(both("backup.damaged", file=file.name))
        erased = erase_again(place / STORE, graves) if graves else 0
        if folder.exists():
            folder.rmdir()
        place.rename(folder)
    except OSError as error:
        raise EvaluationError(both("folder.unwritable", folder=folder.name)) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return erased


def check(file: Path, passphrase: str = "") -> list[Text]:
    """Return a sentence for each fault of a backup.

    Raises
    ------
    EvaluationError
        It is no backup, damaged, or has another passphrase.
    """
    with tempfile.TemporaryDirectory(prefix="agir-") as place:  # mode 0700
        _unpack(_opened(file, passphrase), Path(place), file.name)
        return verify(Path(place) / STORE)


def sealed(file: Path) -> bool:
    """Return whether a backup needs a passphrase."""
    try:
        with file.open("rb") as source:
            return source.read(len(_SEALED)) == _SEALED
    except OSError as error:
        raise _unreadable(file) from error


def erase_in_backups(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Erase from an evaluation's own backups whom its tombstones name.

    Returns
    -------
    tuple
        The names of those that hold nothing of them any more, and of those that could not be
        opened: with a passphrase, damaged or protected.
    """
    graves = tombstones(folder / STORE)
    cleaned, left = [], []
    for file in sorted((folder / BACKUPS).glob("*")):
        if not file.is_file() or file.name.endswith(("-wal", "-shm", "-seal")):
            continue
        try:
            _erase_in(file, graves)
        except (EvaluationError, StoreError, OSError):
            left.append(file.name)
        else:
            cleaned.append(file.name)
    return tuple(cleaned), tuple(left)


def _erase_in(file: Path, graves: Iterable[str]) -> None:
    """Erase people from one backup, or from a bare copy of the answers."""
    with file.open("rb") as source:
        bare = source.read(16) == b"SQLite format 3\0"
    if bare:
        erase_again(file, graves)
        return
    content = _opened(file, "")
    with tempfile.TemporaryDirectory(prefix="agir-") as place:  # mode 0700
        _unpack(content, Path(place), file.name)
        if erase_again(Path(place) / STORE, graves):
            private.replace(file, _packed(Path(place)))


def _packed(folder: Path) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _kept(folder):
            archive.write(path, path.relative_to(folder).as_posix(), zipfile.ZIP_DEFLATED)
        with tempfile.TemporaryDirectory(prefix="agir-") as place:
            copy = Path(place) / STORE
            copies.copy(folder / STORE, copy)
            archive.write(copy, STORE)
    # The archive ends with the length of its comment, nought.
    body = content.getvalue()[:-2] + _ENDS.to_bytes(2, "little")
    return body + _DIGEST + sha256(body).hexdigest().encode()


def _kept(folder: Path) -> Iterable[Path]:
    """Yield the files that a backup holds, besides the answers."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "__pycache__")) for part in parts)
        apart = parts[0] == BACKUPS or parts[0].startswith((STORE, "agir.log"))
        if path.is_file() and not path.is_symlink() and not hidden and not apart:
            yield path


def _unreadable(file: Path) -> EvaluationError:
    key = "folder.unreadable" if file.exists() else "check.no_file"
    return EvaluationError(both(key, file=file.name))


def _opened(file: Path, passphrase: str) -> bytes:
    """Return a backup's archive, once it is known that no byte of it has changed."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise _unreadable(file) from error
    if content.startswith(_SEALED):
        content = _unlock(content, passphrase, file.name)
    body, ends = content[:-_ENDS], content[-_ENDS:]
    if ends != _DIGEST + sha256(body).hexdigest().encode():
        raise EvaluationError(both("backup.damaged", file=file.name))
    return content


def _unpack(content: bytes, place: Path, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [PurePosixPath(member) for member in archive.namelist()]
        if not {PurePosixPath(FILE), PurePosixPath(STORE)} <= set(members):
            raise EvaluationError(both("backup.damaged", file=name))
        for member in members:
            if member.is_absolute() or ".." in member.parts or "\\" in str(member):
                raise EvaluationError(both("backup.damaged", file=name))
            target = place / member
            target.parent.mkdir(mode=private.FOLDER, parents=True, exist_ok=True)
            private.replace(target, archive.read(str(member)))


def _graves(file: Path, after: Path | None) -> frozenset[str]:
    """Return who was erased since, as far as an evaluation beside the backup knows."""
    around = file.absolute().parent
    home = after or (around.parent if around.name == BACKUPS else None)
    if home is None or not (home / STORE).is_file():
        return frozenset()
    try:
        return tombstones(home / STORE)
    except StoreError:
        # What is restored is often damaged; whoever names the place means it.
        if after is not None:
            raise
        return frozenset()


def _lock(content: bytes, passphrase: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    head = _SEALED + salt
    return bytes(head + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, content, head))


def _unlock(content: bytes, passphrase: str, name: str) -> bytes:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    start = len(_SEALED) + _SALT
    head, nonce = content[:start], content[start : start + _NONCE]
    try:
        key = _key(passphrase, head[len(_SEALED) :])
        opened: bytes = AESGCM(key).decrypt(nonce, content[start + _NONCE :], head)
    except (InvalidTag, ValueError) as error:
        raise EvaluationError(both("backup.locked", file=name)) from error
    return opened


def _key(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # noqa: PLC0415

    derived: bytes = Scrypt(salt=salt, length=32, n=2**16, r=8, p=1).derive(passphrase.encode())
    return derived
