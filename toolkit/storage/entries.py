"""What is said beside the ratings: ties, votes, notes, plans, releases; appended, never changed."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from toolkit.errors import ConflictError
from toolkit.storage import digests, tables
from toolkit.storage.engine import decoding, reading, writing
from toolkit.storage.erasure import refuse_erased
from toolkit.text import both

__all__ = ["Entries", "Entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody said; the newest of a (kind, wave, subject, author) stands.

    Attributes
    ----------
    kind
        What it is: `tie`, `vote`, `action` and so on.
    content
        What JSON can hold; None takes back what was said before.
    subject
        What it is about: an indicator, a purpose, another partner.
    wave
        The round, or empty where it belongs to the evaluation.
    author
        Who says it: a pseudonym, or empty for the group.
    number
        Its place among all entries; 0 before it is kept.
    recorded_at
        When it was kept, by the server's clock: those of phones differ. One that comes from a file
        brings its own.
    """

    kind: str
    content: Any
    subject: str = ""
    wave: str = ""
    author: str = ""
    number: int = 0
    recorded_at: datetime | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What a newer entry replaces."""
        return self.kind, self.wave, self.subject, self.author


class Entries:
    """The entries of one store."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def keep(self, entries: Iterable[Entry], *, after: int | Sequence[int] | None = None) -> int:
        """Keep entries, all or none, and return the number of the last.

        What stands already as it is said is kept once.

        Parameters
        ----------
        entries
            What to keep.
        after
            The number of the entry of the first one's key that the writer has seen, 0 for none; or
            those of the first ones' keys.

        Raises
        ------
        ConflictError
            With `after`: somebody else wrote in between; nothing was written.
        StoreError
            It could not be kept; nothing was written.
        """
        batch, now = list(entries), datetime.now(UTC)
        seen = (after,) if isinstance(after, int) else after or ()
        number = 0
        with writing(self._engine) as connection:
            refuse_erased(connection, (entry.author for entry in batch))
            for place, entry in enumerate(batch):
                with decoding(self._engine):
                    before = _last(connection, entry)
                number = before.id if before else 0
                if place < len(seen) and number != seen[place]:
                    raise ConflictError(both("store.conflict"))
                content = json.dumps(entry.content, ensure_ascii=True, sort_keys=True)
                if (before.content if before else "null") == content:
                    continue
                row = _row(entry, content, now)
                made = connection.execute(sa.insert(tables.entries).values(row))
                number = int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0
        return number

    def newest(
        self,
        kind: str,
        *,
        wave: str | None = None,
        subject: str | None = None,
        author: str | None = None,
    ) -> list[Entry]:
        """Return what stands of a kind, in the order in which it was said."""
        table = tables.entries.c
        key = (table.kind, table.wave, table.subject, table.author)
        last = sa.select(sa.func.max(table.id)).where(_meant(kind, wave, subject, author))
        rows = self._rows(table.id.in_(last.group_by(*key)))
        return [entry for entry in rows if entry.content is not None]

    def history(
        self,
        kind: str,
        *,
        wave: str | None = None,
        subject: str | None = None,
        author: str | None = None,
    ) -> list[Entry]:
        """Return everything ever said of a kind, oldest first."""
        return self._rows(_meant(kind, wave, subject, author))

    def authors(self, kind: str, wave: str, subject: str) -> int:
        """Return how many people who count said something of a kind about a subject; not what."""
        table = tables.entries.c
        newest = sa.select(sa.func.max(table.id)).where(table.kind == "aside")
        aside = sa.select(table.subject).where(
            table.id.in_(newest.group_by(table.subject)), table.content != "null"
        )
        people = sa.func.count(sa.distinct(table.author))
        meant = _meant(kind, wave, subject, None) & table.author.not_in(aside)
        query = sa.select(people).where(meant)
        with reading(self._engine) as connection:
            return connection.execute(query).scalar() or 0

    def turn(self) -> int:
        """Return a number that grows with every entry: cheap to ask for several times a second."""
        with reading(self._engine) as connection:
            return connection.execute(sa.select(sa.func.max(tables.entries.c.id))).scalar() or 0

    def _rows(self, meant: sa.ColumnElement[bool]) -> list[Entry]:
        query = sa.select(tables.entries).where(meant).order_by(tables.entries.c.id)
        with reading(self._engine) as connection:
            return [_entry(row) for row in connection.execute(query)]


def _meant(
    kind: str, wave: str | None, subject: str | None, author: str | None
) -> sa.ColumnElement[bool]:
    table = tables.entries.c
    asked = {table.wave: wave, table.subject: subject, table.author: author}
    wanted = [column == text for column, text in asked.items() if text is not None]
    return sa.and_(table.kind == kind, *wanted)


def _last(connection: sa.Connection, entry: Entry) -> Any:
    newest = tables.entries.c.id.desc()
    query = sa.select(tables.entries).where(_meant(*entry.key)).order_by(newest).limit(1)
    return connection.execute(query).first()


def _row(entry: Entry, content: str, now: datetime) -> dict[str, Any]:
    row: dict[str, Any] = dict(zip(("kind", "wave", "subject", "author"), entry.key, strict=True))
    said_at = (entry.recorded_at or now).astimezone(UTC).replace(tzinfo=None)
    return {**row, "content": content, "recorded_at": said_at}


def _entry(row: Any) -> Entry:
    digests.whole(tables.entries, row._mapping)  # noqa: SLF001  # SQLAlchemy's own name for it
    said_at = row.recorded_at.replace(tzinfo=UTC)
    content = json.loads(row.content)
    return Entry(row.kind, content, row.subject, row.wave, row.author, row.id, said_at)
