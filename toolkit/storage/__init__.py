"""Keep what was answered, by whom and when: appended, never changed."""

from toolkit.storage.store import Act, Link, Rater, Store

__all__ = ["Act", "Link", "Rater", "Store"]
