"""What is shown, to whom and with whose agreement: frozen, and never changed afterwards."""

from toolkit.evaluation.release.release import Draft, Release
from toolkit.evaluation.release.releases import Releases
from toolkit.evaluation.release.snapshot import PARTS, Snapshot

__all__ = ["PARTS", "Draft", "Release", "Releases", "Snapshot"]
