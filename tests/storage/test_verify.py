"""A changed byte anywhere is found, and named."""

import random
import sqlite3
from contextlib import suppress

import pytest

from toolkit.errors import StoreError
from toolkit.ratings import Rating
from toolkit.storage import Entry, Link, Rater, Store, seal
from toolkit.storage.verify import verify
from toolkit.text import both


@pytest.fixture
def file(tmp_path):
    place = tmp_path / "ratings.db"
    store = Store.file(place, create=True)
    fields = {"wave": "r1", "instrument": "i", "version": 1, "scale": "s"}
    for person in range(20):
        lines = [
            Rating(**fields, rater=f"p{person}", indicator=f"L{i}", value=3) for i in range(20)
        ]
        store.append(lines)
        store.add_rater(Rater(f"p{person}", "", "parent"))
        store.note_act("r1", f"p{person}", "consented", "wording")
        store.add_links([Link(f"link{person}", "own", "r1", f"p{person}")])
        store.entries.keep([Entry("tie", {"n": person}, author=f"p{person}")])
    store.erase(["p3"])
    store.close()
    return place


def run(file, statement):
    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_file_that_nobody_touched_is_fine_open_or_closed(file):
    assert verify(file) == []
    store = Store.file(file)
    store.append([])
    store.add_rater(Rater("p1", "cpe"))
    assert verify(file) == []
    store.close()
    assert verify(file) == []


def test_a_changed_row_is_named_and_what_was_answered_is_not(file):
    run(file, "UPDATE ratings SET value = 5 WHERE rater = 'p1' AND indicator = 'L7'")
    row, *pages = verify(file)
    said = row["fr"]
    for part in ("ratings", "'r1'", "'p1'", "'L7'", "28"):
        assert part in said
    assert len(pages) >= 1  # sealed before


def test_a_row_that_came_or_went_by_another_hand_is_seen_by_its_page(file):
    run(file, "DELETE FROM acts WHERE rater = 'p1'")
    assert verify(file)


def test_text_whose_kind_alone_was_changed_is_named(file):
    seal.of(file).unlink()
    run(file, "UPDATE ratings SET scale = CAST(scale AS BLOB) WHERE rater = 'p1'")
    assert "ratings" in verify(file)[0]["fr"]


def test_a_damaged_seal_is_said(file):
    content = bytearray(seal.of(file).read_bytes())
    content[40] ^= 1
    seal.of(file).write_bytes(content)
    assert verify(file) == [both("verify.seal", file="ratings.db-seal")]


def test_a_file_that_another_program_holds_is_not_called_damaged(file):
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN IMMEDIATE")
    holder.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StoreError) as refused:
        verify(file)
    holder.rollback()
    holder.close()
    assert refused.value.message == both("store.locked", file="ratings.db")
    assert verify(file) == []


def test_a_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(StoreError):
        verify(tmp_path / "ratings.db")


def test_forty_flipped_bytes_are_each_seen_and_none_ends_in_a_traceback(file):
    whole, chance = file.read_bytes(), random.Random(5)
    unseen = []
    for _ in range(40):
        at, bit = chance.randrange(len(whole)), chance.randrange(8)
        changed = bytearray(whole)
        changed[at] ^= 1 << bit
        file.write_bytes(changed)
        for end in ("-wal", "-shm"):
            file.with_name(file.name + end).unlink(missing_ok=True)
        try:
            if not verify(file):
                unseen.append((at, bit))
            store = Store.file(file)
            store.answers()
            store.entries.newest("tie")
            store.links()
        except StoreError:
            pass
        finally:
            for engine in [store._engine] if "store" in locals() else []:
                engine.dispose()
    assert unseen == []


@pytest.mark.parametrize("word", [b"DEFAULT", b"CREATE", b"ratings", b"VARCHAR", b"KEY"])
def test_what_a_table_is_made_by_may_be_no_text_any_more(file, word):
    content = file.read_bytes()
    assert word in content
    broken = word[:2] + bytes([word[2] ^ 0x80]) + word[3:]
    file.write_bytes(content.replace(word, broken, 1))
    with suppress(StoreError):
        assert verify(file)
    with suppress(StoreError):  # or it opens: of what kind a column is, SQLite takes no account
        Store.file(file).answers("r1")
