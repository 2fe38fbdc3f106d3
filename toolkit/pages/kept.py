"""What was made for one visitor and is shown to the next: each page is drawn once.

Kept is only what a browser was sent, under everything that it was made from, so that whatever
changes is made anew. A server names a private folder of its run in `AGIR_DRAWN`, which all its
kernels share; without one, a process remembers for itself and nothing touches the disk.
"""

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

__all__ = ["FOLDER", "find", "keep", "key"]

#: Names the folder, in the environment.
FOLDER = "AGIR_DRAWN"

#: Bytes that are kept for all kernels, and in one process; a dashboard is half a million.
_MOST, _MOST_HERE = 64_000_000, 8_000_000
#: Length of the seal before each content.
_SEAL = 32

_here: dict[str, bytes] = {}


def key(*made_from: str) -> str:
    """Return the name for what is made from some texts by this version of the program."""
    told = json.dumps([_version(), *made_from])
    return hashlib.blake2b(told.encode(), digest_size=20).hexdigest()


def find(name: str) -> Any:
    """Return what was kept under a name, or None; a damaged or half file counts as none."""
    sealed = _read(name)
    seal, content = sealed[:_SEAL], sealed[_SEAL:]
    return json.loads(content) if seal == _seal(content) else None


def keep(name: str, content: Any) -> None:
    """Keep what JSON can hold; where that fails, it is made again."""
    written = json.dumps(content).encode()
    sealed = _seal(written) + written
    if folder := os.environ.get(FOLDER):
        with suppress(OSError):
            _write(Path(folder), name, sealed)
        return
    _here[name] = sealed
    while sum(map(len, _here.values())) > _MOST_HERE:
        del _here[next(iter(_here))]


def _read(name: str) -> bytes:
    folder = os.environ.get(FOLDER)
    if not folder:
        return _here.get(name, b"")
    try:
        file = Path(folder) / name
        sealed = file.read_bytes()
        os.utime(file)  # what is still looked at goes last
    except OSError:
        return b""
    return sealed


def _write(folder: Path, name: str, sealed: bytes) -> None:
    """Write in one step: many kernels read and write at once. Nobody else may read the file."""
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as new:
        try:
            new.write(sealed)
            new.close()
            Path(new.name).replace(folder / name)
        except OSError:
            Path(new.name).unlink(missing_ok=True)
            raise
    _make_room(folder)


def _make_room(folder: Path) -> None:
    found = [(file.stat().st_mtime_ns, file.stat().st_size, file) for file in folder.iterdir()]
    room = _MOST
    for _, size, file in sorted(found, reverse=True):
        room -= size
        if room < 0:
            file.unlink(missing_ok=True)


def _seal(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_SEAL).digest()


@cache
def _version() -> str:
    # A checkout that was never installed has none, and no server that would keep anything.
    with suppress(metadata.PackageNotFoundError):
        return metadata.version("agir-toolkit")
    return ""
