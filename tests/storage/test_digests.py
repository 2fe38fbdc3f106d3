"""Every row carries a digest of what it says, and of what it says now."""

import datetime

import pytest
import sqlalchemy as sa

from toolkit.errors import StoreError
from toolkit.ratings import Rating
from toolkit.storage import Entry, Link, Rater, Store, digests, tables
from toolkit.storage.engine import reading


@pytest.fixture
def store(tmp_path):
    kept = Store.file(tmp_path / "ratings.db", create=True)
    fields = {"wave": "r1", "instrument": "i", "version": 1, "scale": "s", "indicator": "CV1"}
    kept.append([Rating(**fields, rater=f"p{i}", value=i, note="é\0\U0001f469") for i in (1, 2)])
    kept.append([Rating(**fields, rater="p3", status="skipped")])
    kept.add_rater(Rater("p1"))
    kept.add_rater(Rater("p2", "", "parent"))
    kept.note_act("r1", "p1", "consented", "wording")
    ends = datetime.datetime(2027, 1, 1)  # noqa: DTZ001  # as the table holds it
    kept.add_links([Link("a", "viewer"), Link("b", "rater", "r1", "p1", ends)])
    kept.entries.keep([Entry("note", {"text": "é"}, wave="r1"), Entry("tie", 3, subject="x")])
    kept.secret()
    yield kept
    kept.close()


def wrong(store):
    with reading(store._engine) as connection:
        return [
            (table.name, dict(row))
            for table in tables.metadata.sorted_tables
            for row in connection.execute(sa.select(table)).mappings()
            if row["digest"] != digests.of(table, row)
        ]


def test_every_row_has_its_digest(store):
    assert wrong(store) == []
    with reading(store._engine) as connection:
        for table in tables.metadata.sorted_tables:
            assert connection.execute(sa.select(table)).first() is not None, table.name


def test_what_changes_changes_with_its_digest(store):
    store.add_rater(Rater("p1", "cpe", "partner"))
    store.revoke_links(["a", "b"])
    assert wrong(store) == []


def test_a_row_that_was_changed_by_another_hand_no_longer_fits(store):
    with store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE ratings SET value = 5 WHERE rater = 'p1'")
    assert [name for name, _ in wrong(store)] == ["ratings"]


@pytest.mark.parametrize(
    "change", ["ratings SET value = 5 WHERE rater = 'p1'", "entries SET content = '4'"]
)
def test_a_row_that_was_changed_behind_the_stores_back_counts_for_nobody(store, change):
    with reading(store._engine) as connection:
        connection.exec_driver_sql(f"UPDATE {change}")
        connection.commit()
    with pytest.raises(StoreError):
        store.answers() if change.startswith("ratings") else store.entries.newest("tie")
