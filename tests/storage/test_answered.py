"""Who answered in a round, counted where the answers lie."""

from toolkit.ratings import Rating
from toolkit.storage import Store


def rating(rater, indicator="CV1", **said):
    known = {"instrument": "four_conditions", "version": 1, "scale": "rooted5"}
    return Rating(rater=rater, indicator=indicator, **{"wave": "r1", **known, **said})


def test_who_answered_is_who_the_answers_say(tmp_path):
    store = Store.file(tmp_path / "ratings.db", create=True)
    store.append(
        [
            rating("value", value=3),
            rating("word", status="dont_know"),
            rating("skipped", status="skipped"),
            rating("took_back", value=3),
            rating("took_back", status="skipped"),
            rating("left_one", status="skipped"),
            rating("left_one", indicator="CV2", value=2),
            rating("together", value=3, mode="consensus"),
            rating("before", value=3, wave="r0"),
        ]
    )
    assert store.answered("r1") == {"value", "word", "left_one"}
    given = store.answers("r1")
    own = {one.rater for one in given if one.mode == "individual" and one.status != "skipped"}
    assert store.answered("r1") == own
    assert store.answered("nothing") == frozenset()
