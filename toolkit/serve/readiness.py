"""What to know of a folder before it is served: who may read it, and whether it is safe there."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from toolkit import private
from toolkit.evaluation.folder import STORE
from toolkit.evaluation.settings import FILE
from toolkit.storage import journal
from toolkit.text import Text, both

__all__ = ["remarks"]

#: File systems on which another computer, or another system, has the file too.
_SHARES = re.compile(
    r"(nfs\d?|cifs|smb\w*|9p|v9fs|afs|ceph|glusterfs|lustre|gfs2|ocfs2|davfs\d?|webdav|virtiofs"
    r"|vboxsf|prl_fs|fuse\.(?!.*(ntfs|exfat|ext\d)).*)$"
)
#: Folders that a program copies elsewhere while they are written, by a part of their path.
_SYNCED = {
    "Dropbox": r"dropbox\b.*",
    "OneDrive": r"onedrive\b.*",
    "Google Drive": r"google ?drive.*|googledrive.*|drivefs|my drive|mon drive",
    "iCloud": r"mobile documents|icloud ?drive.*|com~apple~clouddocs",
    "Nextcloud": r"nextcloud.*",
    "ownCloud": r"owncloud.*",
    "Syncthing": r"syncthing",
    "Synology Drive": r"synology ?drive.*",
    "pCloud": r"pcloud ?drive|pclouddrive",
    "kDrive": r"kdrive.*",
    "Box": r"box( sync)?",
}
#: What such programs leave in the folder that they keep.
_MARKS = {
    ".dropbox": "Dropbox",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".sync_*.db": "Nextcloud",
    "._sync_*.db": "Nextcloud",
}
_MOUNTS = Path("/proc/self/mounts")


def remarks(folder: Path) -> list[Text]:
    """Return what an evaluator should know before serving a folder; what is ours is made private.

    Call it before the folder's answers are opened: what SQLite lays beside them is as open as they
    are.
    """
    found, left = private.tighten([folder, *sorted(folder.iterdir()), *folder.glob("backups/*")])
    said = []
    if os.name != "posix":
        said.append(both("cli.no_modes"))
    if found:
        said.append(both("cli.was_open", files=_named(folder, found)))
    if left:
        said.append(both("cli.still_open", files=_named(folder, left)))
    place = folder.resolve()
    if kind := _share(place):
        said.append(both("cli.share", kind=kind))
    if name := _synced(place):
        said.append(both("cli.synced", name=name))
    if copies := list(_copies(folder)):
        said.append(both("cli.copies", files=", ".join(copies)))
    return said


def _named(folder: Path, paths: list[Path]) -> str:
    return ", ".join("." if path == folder else str(path.relative_to(folder)) for path in paths)


def _share(place: Path) -> str:
    """Return which network or foreign file system a folder is on, or nothing."""
    if str(place).startswith(("\\\\", "//")):
        return "SMB"
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    mounts = {}
    for line in lines:
        _, point, kind, *_ = line.split(" ")
        mounts[re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), point)] = kind
    at = next((str(path) for path in (place, *place.parents) if str(path) in mounts), "")
    kind = mounts.get(at, "")
    return kind if _SHARES.match(kind) else ""


def _synced(place: Path) -> str:
    """Return which program copies a folder elsewhere, as far as its path or marks tell."""
    for path in (place, *place.parents):
        for name, pattern in _SYNCED.items():
            if re.fullmatch(pattern, path.name, re.IGNORECASE):
                return name
        for mark, name in _MARKS.items():
            if path != Path.home() and any(path.glob(mark)):
                return name
    return ""


def _copies(folder: Path) -> Iterator[str]:
    """Yield the files that look like other copies of the answers or of the settings."""
    store, settings = Path(STORE), Path(FILE)
    ours = {STORE, FILE, *(f"{STORE}{end}" for end in ("-wal", "-shm", "-seal"))}
    ours.add(journal.of(store).name)
    for file in sorted(folder.iterdir()):
        stem, kind = file.name.split(".")[0], file.suffix
        for own in (store, settings):
            alike = stem.startswith(own.stem) and kind == own.suffix
            if alike and file.name not in ours and file.is_file():
                yield file.name
