"""What a chart says in place of a figure: the reason that there is, and no other."""

import pandas as pd
import pytest

from toolkit.charts.masked import masked_rows, said_masked
from toolkit.text import say


@pytest.mark.parametrize("language", ["fr", "en"])
def test_too_few_people_are_said_where_too_few_answered_and_nowhere_else(language):
    few, beside = (say(f"chart.masked_{why}", language) for why in ("few", "beside"))
    assert said_masked({"shown": "nothing", "why": "few"}, language) == few
    assert said_masked({"shown": "statistic", "why": "few_counts"}, language) == few
    assert said_masked({"shown": "nothing", "why": None}, language) == beside
    # What was hidden afterwards, for another reason, is not of few people.
    assert said_masked({"shown": "nothing", "why": "few_counts"}, language) == beside
    assert said_masked({"shown": "statistic", "why": None}, language) == beside


def test_a_frame_that_gives_no_reason_is_given_none():
    assert said_masked({"shown": "nothing"}, "fr") == "masqué"


def test_each_row_gets_its_own_words():
    table = pd.DataFrame({"y": [3, 7], "shown": "nothing", "why": ["few", None]})
    found = masked_rows(table, "fr")
    assert list(found["y"]) == [3, 7]
    assert list(found["said"]) == [
        "masqué (trop peu de réponses)",
        "masqué (en dirait trop)",
    ]
