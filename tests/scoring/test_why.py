"""Why something is masked: to viewers, that too few answered is said only where it is so."""

import pandas as pd
import pytest

from toolkit.scoring.suppression import REASONS, protect
from toolkit.text import say


def rounds(**steps):
    """Return a distribution of one line over rounds, or over groups: `all__r1=(…)`."""
    rows = []
    for name, counts in steps.items():
        group, wave = name.split("__")
        told = {f"step_{place}": count for place, count in enumerate(counts, start=1)}
        rows.append({"wave": wave, "group": group, **told, "n": sum(counts)})
    return pd.DataFrame(rows)


TABLES = [
    rounds(all__r1=(1, 1, 1)),
    rounds(all__r1=(3, 2, 2)),
    rounds(all__r1=(0, 9, 0), all__r2=(0, 9, 1)),
    rounds(all__r1=(4, 4, 3), a__r1=(3, 3, 2), b__r1=(1, 1, 1)),
    rounds(all__r1=(8, 8, 2), a__r1=(4, 4, 0), b__r1=(4, 4, 2)),
    rounds(all__r1=(0, 0, 12), a__r1=(0, 0, 6), b__r1=(0, 0, 6)),
    rounds(all__r1=(7, 0, 0), all__r2=(7, 0, 1)),
]


@pytest.mark.parametrize("table", TABLES)
def test_few_is_said_of_what_is_of_few_and_of_nothing_else(table):
    told, people = protect(table, 5, 8).table, table["n"]
    assert (people[told["why"] == "few"] < 5).all()
    assert (told["shown"][told["why"] == "few"] == "nothing").all()
    assert people[told["why"] == "few_counts"].between(5, 7).all()
    assert (told["shown"][told["why"] == "few_counts"] == "statistic").all()
    # And it is said of all of them: the reason shown is the reason.
    assert (told["why"][people < 5] == "few").all()


def test_a_viewer_reads_no_other_reason_and_so_not_that_all_answered_alike():
    tables = [protect(table, 5, 8) for table in TABLES]
    words = {word for one in tables for word in one.table["why"].dropna()}
    assert words <= {"few", "few_counts"}
    found = {
        why for one in tables for column in one.reasons for why in one.reasons[column].dropna()
    }
    assert len(found - {"few"}) >= 3  # other reasons did occur


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_reason_has_a_sentence_of_its_own_for_the_evaluator(language):
    said = [say(f"release.why_{reason}", language, minimum=5) for reason in REASONS]
    assert len(set(said)) == len(REASONS)
