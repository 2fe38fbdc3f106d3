"""The few files that a page needs: compressed once, and kept by browsers for good."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from tornado.web import HTTPError, RequestHandler

__all__ = ["Asset", "AssetHandler", "Assets"]

_FOR_GOOD = "public, max-age=31536000, immutable"
mimetypes.add_type("text/javascript", ".js")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its name with a hash of what it holds, and both its forms."""

    name: str
    kind: str
    plain: bytes
    small: bytes


class Assets:
    """All files of a folder, by the name under which they are served."""

    def __init__(self, folder: Path) -> None:
        self._named: dict[str, str] = {}
        self._assets: dict[str, Asset] = {}
        for file in sorted(folder.iterdir()):
            asset = _read(file)
            self._named[file.name] = asset.name
            self._assets[asset.name] = asset

    def name(self, file: str) -> str:
        """Return the name that changes whenever the file does."""
        return self._named[file]

    def find(self, name: str) -> Asset | None:
        """Return what is served under a name."""
        return self._assets.get(name)


def _read(file: Path) -> Asset:
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:12]
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    small = gzip.compress(content, 9, mtime=0)
    return Asset(f"{file.stem}.{digest}{file.suffix}", kind, content, small)


class AssetHandler(RequestHandler):
    """Serve an asset, compressed for whoever can read that."""

    def initialize(self, assets: Assets) -> None:
        """Take the files that are served."""
        self._assets = assets

    def get(self, name: str) -> None:
        """Answer with the file."""
        asset = self._assets.find(name)
        if asset is None:
            raise HTTPError(404)
        zipped = "gzip" in self.request.headers.get("Accept-Encoding", "")
        self.set_header("Content-Type", f"{asset.kind}; charset=utf-8")
        self.set_header("Cache-Control", _FOR_GOOD)
        self.set_header("Vary", "Accept-Encoding")
        if zipped:
            self.set_header("Content-Encoding", "gzip")
        self.write(asset.small if zipped else asset.plain)

    head = get

    def write_error(self, status_code: int, **_: object) -> None:
        """Say nothing more than the status."""
        self.finish(str(status_code))
