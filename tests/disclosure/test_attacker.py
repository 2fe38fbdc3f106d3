"""The attacker finds what there is to find: masking is taken off, and it must tell."""

from tests.disclosure.attacker import attack
from tests.disclosure.coalitions import Person, begin
from tests.disclosure.figures import Cell, Column, Moves, Seen

LINE = "C1L1"
COUNTS = ("step_1", "step_2", "step_3", "step_4", "step_5")
STATUSES = {"dont_know": 0, "not_applicable": 0, "skipped": 0}


def made(tmp_path, *rounds, groups=None):
    """Return a coalition that answered one line in some rounds, and a column for each."""
    coalition = begin(tmp_path / "one", (1,), ("partner", "parent", "funder"))
    columns = []
    for number, answers in enumerate(rounds, start=1):
        code = f"r{number}"
        coalition.add_round(code)
        who = groups or ["partner"] * len(answers)
        people = {
            Person(f"p{place:02d}", who[place], (code,)): {(LINE, "current"): answer}
            for place, answer in enumerate(answers)
        }
        coalition.answer_all(code, people)
        coalition.close_round(code)
        columns.append(Column(code, coalition.took_part(code)))
    return coalition, columns


def counted(column, answers, group="all"):
    counts = {name: answers.count(step) for step, name in enumerate(COUNTS, start=1)}
    told = {**counts, "n": sum(counts.values()), **STATUSES}
    return Cell(column, LINE, "current", group, tuple(told.items()))


def medians(column, n, low, high, reading="shared"):
    told = {"n": n, "low": low, "high": high, "reading": reading, **STATUSES}
    return Cell(column, LINE, "current", "all", tuple(told.items()))


def levels(coalition, columns, *cells, moves=()):
    people = {column: len(column.people) for column in columns}
    seen = Seen(columns, {*cells}, set(), {*moves}, {}, people)
    found = attack(coalition, seen)
    return {
        level: {(*sorted(one.who), one.wave, one.answer) for one in told}
        for level, told in found.levels.items()
    }


def test_a_histogram_of_everybody_tells_nobodys_answer(tmp_path):
    answers = [1, 2, 2, 3, 3, 3, 4, 4, 5, 5]
    coalition, columns = made(tmp_path, answers)
    found = levels(coalition, columns, counted(columns[0], answers))
    assert not found["tables"] and not found["took part"] and not found["own answers"]


def test_a_group_that_is_everybody_less_another_one_is_found(tmp_path):
    answers = [2, 3, 3, 3, 4, 4, 4, 5, 1]
    coalition, columns = made(tmp_path, answers, groups=["partner"] * 8 + ["funder"])
    cells = counted(columns[0], answers), counted(columns[0], answers[:8], "partner")
    assert ("p08", "r1", 1) in levels(coalition, columns, *cells)["tables"]


def test_those_who_all_agree_are_found(tmp_path):
    coalition, columns = made(tmp_path, [4] * 9)
    found = levels(coalition, columns, counted(columns[0], [4] * 9))
    assert {("p00", "r1", 4), ("p08", "r1", 4)} <= found["tables"]


def test_all_but_one_are_found_by_that_one(tmp_path):
    coalition, columns = made(tmp_path, [2, *[4] * 8])
    found = levels(coalition, columns, counted(columns[0], [2, *[4] * 8]))
    assert not found["took part"]
    assert ("p08", "r1", 4) in found["own answers"]


def test_a_newcomer_is_found_by_medians_and_counts_where_the_others_kept_their_answers(tmp_path):
    seven = [3, 3, 3, 3, 4, 4, 4]
    coalition, columns = made(tmp_path, seven, [*seven, 4])
    cells = medians(columns[0], 7, 3, 3), counted(columns[1], [*seven, 4])
    assert ("p07", "r2", 4) in levels(coalition, columns, *cells)["took part"]


def test_a_newcomer_is_found_by_who_moved(tmp_path):
    before, after = [1, 2, 2, 2, 2, 3, 3, 4], [1, 1, 2, 2, 3, 3, 4, 4, 1]
    coalition, columns = made(tmp_path, before, after)
    told = (("fell", 1), ("same", 5), ("rose", 2), ("pairs", 8))
    moves = Moves(LINE, (columns[0], "current"), (columns[1], "current"), told)
    cells = counted(columns[0], before), counted(columns[1], after)
    alone = levels(coalition, columns, *cells, moves=[moves])
    assert any(one[:2] == ("p08", "r2") for one in alone["took part"] | alone["own answers"])


def test_a_pair_who_tell_each_other_know_more(tmp_path):
    coalition, columns = made(tmp_path, [2, 2, *[4] * 7])
    found = levels(coalition, columns, counted(columns[0], [2, 2, *[4] * 7]))
    assert not found["own answers"]
    assert ("p08", "r1", 4) in found["a pair"]
