"""Keep what was answered, by whom and when: appended, never changed."""

from toolkit.storage.entries import Entries, Entry
from toolkit.storage.store import Act, Activity, Link, Rater, Store

__all__ = ["Act", "Activity", "Entries", "Entry", "Link", "Rater", "Store"]
