"""Keep what was answered, by whom and when: appended, never changed."""

from toolkit.storage.entries import Entries, Entry
from toolkit.storage.store import Act, Link, Rater, Store

__all__ = ["Act", "Entries", "Entry", "Link", "Rater", "Store"]
