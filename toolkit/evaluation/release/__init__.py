"""What is shown, to whom and with whose agreement: frozen, and never changed afterwards."""

from toolkit.evaluation.release.release import Draft, Release
from toolkit.evaluation.release.releases import Releases
from toolkit.evaluation.release.snapshot import FIGURES, PARTS, SAID, Snapshot

__all__ = ["FIGURES", "PARTS", "SAID", "Draft", "Release", "Releases", "Snapshot"]
