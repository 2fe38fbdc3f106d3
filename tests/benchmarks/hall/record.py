"""What was measured so far: kept in a file after each sample, so that a run can be continued."""

import json
import statistics
from pathlib import Path

__all__ = ["Record"]


class Record:
    """Samples by what was measured and on which side.

    Attributes
    ----------
    path
        The file; samples that it holds already are not measured again.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept = {"samples": {}, "notes": []}
        self._stops = []
        if path.exists():
            self._kept = json.loads(path.read_text(encoding="utf-8"))

    def add(self, side, **values):
        """Keep one sample of each of some measures."""
        for key, value in values.items():
            self._kept["samples"].setdefault(key, {}).setdefault(side, []).append(value)
        self._save()

    def note(self, text):
        """Keep a remark that belongs under the table."""
        if text not in self._kept["notes"]:
            self._kept["notes"].append(text)
            self._save()

    def stop(self, text):
        """Remember what went wrong in this run; another one may do better."""
        self._stops.append(text)

    @property
    def notes(self):
        return [*self._kept["notes"], *self._stops]

    def samples(self, key, side):
        return self._kept["samples"].get(key, {}).get(side, [])

    def count(self, key, side):
        return len(self.samples(key, side))

    def median(self, key, side):
        """Return the median of the samples, or None when there are none."""
        found = self.samples(key, side)
        return statistics.median(found) if found else None

    def _save(self):
        text = json.dumps(self._kept, indent=1, ensure_ascii=False)
        beside = self.path.with_suffix(".part")
        beside.write_text(text + "\n", encoding="utf-8")
        beside.replace(self.path)
