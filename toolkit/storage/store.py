"""One file that never forgets: ratings, raters, consent and links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Literal, Self

import sqlalchemy as sa

from toolkit.ratings import Rating
from toolkit.storage import tables
from toolkit.storage.engine import connect, reading, upgrade, writing
from toolkit.storage.entries import Entries

__all__ = ["Act", "Link", "Rater", "Store"]

Act = Literal["consented", "finished"]


@dataclass(frozen=True, slots=True)
class Rater:
    """A pseudonymous person: which partner and which group they answer for."""

    rater: str
    partner: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What a signed token stands for; `rater` is None on a link for a whole group."""

    link: str
    role: str
    wave: str | None = None
    rater: str | None = None
    expires_at: datetime | None = None
    revoked_at: datetime | None = None


class Store:
    """The answers of one evaluation.

    Every write is one transaction: it is on the disk when the call returns, or the call raises
    StoreError and nothing was written.
    """

    def __init__(self, url: str | sa.URL, *, create: bool = False) -> None:
        self._engine = connect(url)
        upgrade(self._engine, create=create)
        #: What is said beside the ratings.
        self.entries = Entries(self._engine)

    @classmethod
    def file(cls, path: Path, *, create: bool = False) -> Self:
        """Open the SQLite file at a path."""
        return cls(sa.URL.create("sqlite", database=str(path.absolute())), create=create)

    def append(self, ratings: Iterable[Rating]) -> int:
        """Keep answers, and return how many were new; an answer sent twice is kept once."""
        batch = list(ratings)
        now = _now()
        with writing(self._engine) as connection:
            newest: dict[object, object] = {}
            for wave, rater in {(rating.wave, rating.rater) for rating in batch}:
                kept = _answers(connection, wave, rater)
                newest.update({rating.key: rating.answer for rating in kept})
            rows = []
            for rating in batch:
                if newest.get(rating.key) != rating.answer:
                    newest[rating.key] = rating.answer
                    rows.append(_row(rating, now))
            if rows:
                connection.execute(sa.insert(tables.ratings), rows)
        return len(rows)

    def answers(self, wave: str | None = None, rater: str | None = None) -> list[Rating]:
        """Return the newest rating of each key, in the order they were given."""
        with reading(self._engine) as connection:
            return _answers(connection, wave, rater)

    def history(self) -> list[Rating]:
        """Return every rating ever kept, oldest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(tables.ratings).order_by(tables.ratings.c.id))
            return [_rating(row) for row in rows.mappings()]

    def add_rater(self, rater: Rater) -> None:
        """Keep a person's pseudonym, partner and group; the newest call stands."""
        known = tables.raters.c.rater == rater.rater
        values = {"partner": rater.partner, "group": rater.group}
        with writing(self._engine) as connection:
            changed = connection.execute(sa.update(tables.raters).where(known).values(**values))
            if not changed.rowcount:
                row = {"rater": rater.rater, "created_at": _now(), **values}
                connection.execute(sa.insert(tables.raters), [row])

    def raters(self) -> dict[str, Rater]:
        """Return every known person by pseudonym."""
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(tables.raters).order_by(tables.raters.c.created_at))
            return {row.rater: Rater(row.rater, row.partner, row.group) for row in rows}

    def note_act(self, wave: str, rater: str, act: Act, detail: str = "") -> None:
        """Keep that a person consented or finished, once for each detail."""
        table = tables.acts
        same = (
            (table.c.wave == wave)
            & (table.c.rater == rater)
            & (table.c.act == act)
            & (table.c.detail == detail)
        )
        with writing(self._engine) as connection:
            if connection.execute(sa.select(table.c.id).where(same)).first() is None:
                row = {"wave": wave, "rater": rater, "act": act, "detail": detail}
                connection.execute(sa.insert(table), [{**row, "recorded_at": _now()}])

    def acts(self, wave: str, rater: str) -> dict[str, str]:
        """Return what a person did in a wave, with the newest detail of each act."""
        table = tables.acts
        mine = (table.c.wave == wave) & (table.c.rater == rater)
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(table).where(mine).order_by(table.c.id))
            return {row.act: row.detail for row in rows}

    def add_links(self, links: Sequence[Link]) -> None:
        """Keep links, all or none."""
        now = _now()
        names = ("link", "role", "wave", "rater", "expires_at", "revoked_at")
        rows = [{name: getattr(link, name) for name in names} for link in links]
        with writing(self._engine) as connection:
            connection.execute(
                sa.insert(tables.links), [{**row, "created_at": now} for row in rows]
            )

    def links(self) -> list[Link]:
        """Return every link ever made, oldest first."""
        order = (tables.links.c.created_at, tables.links.c.link)
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(tables.links).order_by(*order))
            return [_link(row) for row in rows.mappings()]

    def link(self, link: str) -> Link | None:
        """Return one link, or None."""
        query = sa.select(tables.links).where(tables.links.c.link == link)
        with reading(self._engine) as connection:
            row = connection.execute(query).mappings().first()
        return _link(row) if row else None

    def revoke_links(self, links: Sequence[str]) -> int:
        """Let links open nothing from now on, and return how many still opened something."""
        table = tables.links
        meant = table.c.link.in_(links) & table.c.revoked_at.is_(None)
        with writing(self._engine) as connection:
            change = sa.update(table).where(meant).values(revoked_at=_now())
            return connection.execute(change).rowcount

    def secret(self) -> str:
        """Return the key that signs this evaluation's links, made when first asked for."""
        table = tables.secrets
        query = sa.select(table.c.value).where(table.c.name == "links")
        with reading(self._engine) as connection:
            if kept := connection.execute(query).scalar():
                return str(kept)
        with writing(self._engine) as connection:
            if not connection.execute(query).scalar():
                connection.execute(sa.insert(table), [{"name": "links", "value": token_hex(32)}])
            return str(connection.execute(query).scalar())

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def _answers(connection: sa.Connection, wave: str | None, rater: str | None) -> list[Rating]:
    table = tables.ratings
    key = (table.c.wave, table.c.rater, table.c.mode, table.c.indicator, table.c.aspect)
    newest = sa.select(sa.func.max(table.c.id)).group_by(*key)
    if wave is not None:
        newest = newest.where(table.c.wave == wave)
    if rater is not None:
        newest = newest.where(table.c.rater == rater)
    query = sa.select(table).where(table.c.id.in_(newest)).order_by(table.c.id)
    return [_rating(row) for row in connection.execute(query).mappings()]


def _row(rating: Rating, now: datetime) -> dict[str, object]:
    names = [column.name for column in tables.ratings.columns if column.name != "id"]
    row = {name: getattr(rating, name) for name in names}
    given = rating.recorded_at
    return {**row, "recorded_at": given.astimezone(UTC).replace(tzinfo=None) if given else now}


def _rating(row: sa.RowMapping) -> Rating:
    fields = {name: row[name] for name in row if name != "id"}
    return Rating(**{**fields, "recorded_at": row["recorded_at"].replace(tzinfo=UTC)})


def _link(row: sa.RowMapping) -> Link:
    return Link(**{name: row[name] for name in row if name != "created_at"})


def _now() -> datetime:
    # Stored without zone, always UTC: SQLite keeps no zone, and PostgreSQL must agree with it.
    return datetime.now(UTC).replace(tzinfo=None)
