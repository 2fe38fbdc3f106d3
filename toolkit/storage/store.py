"""One file that never forgets: ratings, raters, consent and links."""

import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any, Literal, Self

import sqlalchemy as sa

from toolkit.ratings import Rating
from toolkit.storage import digests, tables
from toolkit.storage.engine import connect, decoding, reading, upgrade, writing
from toolkit.storage.entries import Entries
from toolkit.storage.erasure import erase, refuse_erased
from toolkit.storage.seal import seal

__all__ = ["Act", "Activity", "Link", "Rater", "Store"]

Act = Literal["consented", "finished"]


@dataclass(frozen=True, slots=True)
class Rater:
    """A pseudonymous person: which partner and which group they answer for."""

    rater: str
    partner: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What a signed token stands for; `rater` is None on a link for a whole group.

    Attributes
    ----------
    made_by
        Of a device's own link: the id of the group's link that it was handed out for.
    created_at
        When it was kept; None before.
    """

    link: str
    role: str
    wave: str | None = None
    rater: str | None = None
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    made_by: str | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """When a person did what in a round, in UTC; None for what they did not do."""

    begun_at: datetime | None = None
    finished_at: datetime | None = None
    last_answer_at: datetime | None = None


class Store:
    """The answers of one evaluation.

    Every write is one transaction: it is on the disk when the call returns, or the call raises
    StoreError and nothing was written.
    """

    def __init__(self, url: str | sa.URL, *, create: bool = False) -> None:
        self._engine = connect(url)
        # Connections are closed with the store, not whenever memory is looked through.
        weakref.finalize(self, self._engine.dispose)
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
            refuse_erased(connection, (rating.rater for rating in batch))
            newest: dict[object, object] = {}
            for wave, rater in {(rating.wave, rating.rater) for rating in batch}:
                with decoding(self._engine):
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

    def answered(self, wave: str) -> frozenset[str]:
        """Return who gave at least one answer of their own in a round, without reading them."""
        table = tables.ratings
        newest = _newest().where(table.c.wave == wave, table.c.mode == "individual")
        given = sa.or_(table.c.status.is_(None), table.c.status != "skipped")
        query = sa.select(table.c.rater).distinct().where(table.c.id.in_(newest), given)
        with reading(self._engine) as connection:
            return frozenset(connection.execute(query).scalars())

    def history(self) -> list[Rating]:
        """Return every rating ever kept, oldest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(tables.ratings).order_by(tables.ratings.c.id))
            return [_rating(row) for row in rows.mappings()]

    def add_rater(self, rater: Rater) -> None:
        """Keep a person's pseudonym, partner and group; the newest call stands."""
        table = tables.raters
        known = table.c.rater == rater.rater
        values = {"partner": rater.partner, "group": rater.group}
        with writing(self._engine) as connection:
            refuse_erased(connection, [rater.rater])
            if not _change(connection, table, known, values):
                row = {"rater": rater.rater, "created_at": _now(), **values}
                connection.execute(sa.insert(table), [row])

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
            refuse_erased(connection, [rater])
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

    def activity(self, wave: str) -> dict[str, Activity]:
        """Return when each person of a wave began, finished and last answered; never what."""
        acts, given = tables.acts.c, tables.ratings.c
        did = sa.select(acts.rater, acts.act, sa.func.min(acts.recorded_at).label("at"))
        did = did.where(acts.wave == wave).group_by(acts.rater, acts.act)
        last = sa.select(given.rater, sa.func.max(given.recorded_at).label("at"))
        last = last.where(given.wave == wave, given.mode == "individual").group_by(given.rater)
        found: dict[str, dict[str, datetime]] = {}
        fields = {"consented": "begun_at", "finished": "finished_at"}
        with reading(self._engine) as connection:
            for rater, act, at in connection.execute(did):
                found.setdefault(rater, {})[fields[act]] = at
            for rater, at in connection.execute(last):
                found.setdefault(rater, {})["last_answer_at"] = at
        return {rater: Activity(**times) for rater, times in found.items()}

    def add_links(self, links: Sequence[Link]) -> None:
        """Keep links, all or none."""
        now = _now()
        names = ("link", "role", "wave", "rater", "expires_at", "revoked_at", "made_by")
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

    def made_by(self, link: str | None, wave: str) -> int:
        """Return how many devices were handed a link of their own for a group's link."""
        table = tables.links.c
        meant = (table.made_by == link) & (table.wave == wave) & (table.role == "own")
        query = sa.select(sa.func.count()).select_from(tables.links).where(meant)
        with reading(self._engine) as connection:
            return connection.execute(query).scalar() or 0

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
            return _change(connection, table, meant, {"revoked_at": _now()})

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

    def spoke(self) -> set[tuple[str, str]]:
        """Return which people said something of their own in which wave: (wave, rater)."""
        given, said = tables.ratings.c, tables.entries.c
        rated = sa.select(given.wave, given.rater).where(given.mode == "individual")
        told = sa.select(said.wave, said.author).where(said.author != "", said.wave != "")
        with reading(self._engine) as connection:
            return {(row[0], row[1]) for row in connection.execute(rated.union(told))}

    def everybody(self) -> set[str]:
        """Return the pseudonyms of all who gave something of their own, or have a link."""
        columns = [table.c.rater for table in (tables.acts, tables.raters, tables.links)]
        columns += [tables.entries.c.author]
        given = tables.ratings.c
        asked = [sa.select(column) for column in columns]
        asked += [sa.select(given.rater).where(given.mode == "individual")]
        with reading(self._engine) as connection:
            found = connection.execute(sa.union(*asked))
            return {str(rater) for (rater,) in found if rater}

    def erase(self, raters: Iterable[str]) -> int:
        """Erase people and all that they gave; see `erasure.erase`."""
        return erase(self._engine, raters)

    def try_writing(self) -> None:
        """Write a change that says nothing: it comes through as an answer would.

        Raises
        ------
        StoreError
            Nothing can be written just now.
        """
        with writing(self._engine):
            pass

    def close(self) -> None:
        """Let go of the file, and seal it as it is if nobody else has it open."""
        self._engine.dispose()
        if self._engine.dialect.name == "sqlite" and self._engine.url.database:
            seal(Path(self._engine.url.database))


def _change(connection: sa.Connection, table: sa.Table, meant: Any, values: dict[str, Any]) -> int:
    """Change what is meant, each row with its digest, and return how many rows that were."""
    (key,) = table.primary_key
    rows = connection.execute(sa.select(table).where(meant)).mappings().all()
    for row in rows:
        digest = {digests.COLUMN: digests.of(table, {**row, **values})}
        changed = sa.update(table).where(key == row[key.name]).values(**values, **digest)
        connection.execute(changed)
    return len(rows)


def _newest() -> sa.Select[tuple[int]]:
    """Return a query for the newest row of each key, which is the answer."""
    table = tables.ratings
    key = (table.c.wave, table.c.rater, table.c.mode, table.c.indicator, table.c.aspect)
    return sa.select(sa.func.max(table.c.id)).group_by(*key)


def _answers(connection: sa.Connection, wave: str | None, rater: str | None) -> list[Rating]:
    table, newest = tables.ratings, _newest()
    if wave is not None:
        newest = newest.where(table.c.wave == wave)
    if rater is not None:
        newest = newest.where(table.c.rater == rater)
    query = sa.select(table).where(table.c.id.in_(newest)).order_by(table.c.id)
    return [_rating(row) for row in connection.execute(query).mappings()]


def _row(rating: Rating, now: datetime) -> dict[str, object]:
    row = {name: getattr(rating, name) for name in _names(tables.ratings)}
    given = rating.recorded_at
    return {**row, "recorded_at": given.astimezone(UTC).replace(tzinfo=None) if given else now}


def _rating(row: sa.RowMapping) -> Rating:
    digests.whole(tables.ratings, row)
    fields = {name: row[name] for name in _names(tables.ratings)}
    return Rating(**{**fields, "recorded_at": row["recorded_at"].replace(tzinfo=UTC)})


def _link(row: sa.RowMapping) -> Link:
    return Link(**{name: row[name] for name in _names(tables.links)})


def _names(table: sa.Table) -> list[str]:
    """Return the columns that say something: all but a row's place and its digest."""
    return [c.name for c in table.columns if c.name not in {"id", digests.COLUMN}]


def _now() -> datetime:
    # Stored without zone, always UTC: SQLite keeps no zone, and PostgreSQL must agree with it.
    return datetime.now(UTC).replace(tzinfo=None)
