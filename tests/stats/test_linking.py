"""Self-made codes of two rounds: who is found again, and who is rightly not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.stats import link

# Few letters and short codes, so that near, equal and twin codes are met often.
CODES = st.lists(st.text("ab-", min_size=6, max_size=6), max_size=7)
TOLERANCES = st.integers(0, 2)


def apart(left, right):
    return sum(a != b or a == "-" for a, b in zip(left, right, strict=True))


def reasons(links, wave):
    return {refusal.index: refusal.reason for refusal in links.refused if refusal.wave == wave}


def test_a_code_typed_alike_is_found_again():
    assert link(["MA07", "EL12"], ["EL12", "MA07"]).matches == ((0, 1, 0), (1, 0, 0))


def test_a_code_with_one_slip_is_found_again():
    links = link(["MA07", "EL12"], ["EL13", "ZZ99"])
    assert links.matches == ((1, 0, 1),)
    assert reasons(links, "first") == {0: "too_far"}
    assert reasons(links, "second") == {1: "too_far"}
    assert (links.unmatched_first, links.unmatched_second) == ((0,), (1,))


def test_two_slips_are_forgiven_only_when_asked():
    assert link(["MA07LO"], ["MB08LO"]).matches == ()
    assert link(["MA07LO"], ["MB08LO"], tolerance=2).matches == ((0, 0, 2),)
    assert link(["MA07LO"], ["MA08LO"], tolerance=0).matches == ()


def test_case_blanks_and_accents_do_not_count():
    assert link(["Éloïse 7"], [" eloi se7"]).matches == ((0, 0, 0),)
    assert link([("É lo", " M ", 7, "x")], [("elo", "m", 7.0, "X")]).matches == ((0, 0, 0),)


@pytest.mark.parametrize("nothing", [None, "", " ", "-", "–", np.nan, pd.NA])
def test_an_element_not_given_equals_nothing_not_even_another(nothing):
    code = ("M", "A", 7, nothing)
    assert link([code], [code]).matches == ((0, 0, 1),)
    assert link([code], [("M", "A", 7, "L")]).matches == ((0, 0, 1),)
    assert reasons(link([code], [code], tolerance=0), "first") == {0: "too_short"}


def test_more_gaps_than_are_forgiven_make_a_code_too_short():
    links = link(["M--7", "EL12"], ["M--7", "EL12"])
    assert links.matches == ((1, 1, 0),)
    assert (reasons(links, "first"), reasons(links, "second")) == ({0: "too_short"},) * 2


def test_two_as_near_are_refused_on_both_sides():
    links = link(["MA07"], ["MA08", "MA09"])
    assert links.matches == ()
    (alone,) = [refusal for refusal in links.refused if refusal.wave == "first"]
    assert (alone.index, alone.candidates, alone.reason) == (0, (0, 1), "ambiguous")
    assert reasons(links, "second") == {0: "ambiguous", 1: "ambiguous"}


def test_a_nearer_one_ends_the_doubt():
    links = link(["MA07"], ["MA08", "MA07"])
    assert links.matches == ((0, 1, 0),)
    assert reasons(links, "second") == {0: "taken"}


def test_whoever_is_left_by_an_exact_match_is_found_at_the_next_distance():
    assert link(["MA07", "MA08"], ["MA07", "MB08"]).matches == ((0, 0, 0), (1, 1, 1))


def test_a_code_that_stands_twice_is_refused_and_so_is_its_match():
    links = link(["MA07", "MA07", "MA08"], ["MA07"])
    assert links.matches == ()
    assert reasons(links, "first") == dict.fromkeys(range(3), "ambiguous")
    assert reasons(links, "second") == {0: "ambiguous"}


def test_a_code_that_stands_twice_is_ambiguous_even_if_nobody_resembles_it():
    assert reasons(link(["MA07", "ma07"], ["ZZ99"]), "first") == {0: "ambiguous", 1: "ambiguous"}


def test_doubt_is_not_settled_at_a_greater_distance():
    # The first code resembles two; the third of the other round must not get it for lack of these.
    links = link(["MA07LO"], ["MA08LO", "MA09LO", "MB18LO"], tolerance=2)
    assert links.matches == ()
    # Two want one at distance 1; the first of them must not be given another at distance 2.
    links = link(["MA07LO", "MA08LO"], ["MA09LO", "MA17YO"], tolerance=2)
    assert links.matches == ()


@pytest.mark.parametrize(("first", "second"), [([], []), ([], ["MA07"]), (["MA07"], [])])
def test_a_round_without_codes_matches_nothing(first, second):
    links = link(first, second)
    assert links.matches == ()
    assert len(links.refused) == len(first) + len(second)
    assert {refusal.reason for refusal in links.refused} <= {"too_far"}


@pytest.mark.parametrize("tolerance", [-1, 3, 1.5, None])
def test_other_tolerances_are_refused(tolerance):
    with pytest.raises(ValueError, match="tolerance: codes may differ in 0, 1 or 2"):
        link(["MA07LO"], ["MA07LO"], tolerance=tolerance)


@pytest.mark.parametrize(("tolerance", "fewest"), [(0, 2), (1, 4), (2, 6)])
def test_codes_need_twice_the_tolerance_and_two(tolerance, fewest):
    long, short = "A" * fewest, "A" * (fewest - 1)
    assert link([long], [long], tolerance=tolerance).matches == ((0, 0, 0),)
    with pytest.raises(ValueError, match=f"tolerance: .* need {fewest} elements"):
        link([short], [short], tolerance=tolerance)


def test_codes_of_different_lengths_are_refused_without_being_told():
    with pytest.raises(ValueError, match="first, second: all codes") as refused:
        link(["MA07", "SECRET"], ["MA07"])
    assert "SECRET" not in str(refused.value)


def test_one_text_in_place_of_codes_is_refused():
    with pytest.raises(ValueError, match="second: a sequence of codes"):
        link(["MA07"], "MA07")


@pytest.mark.parametrize("code", [None, 7, np.nan])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(ValueError, match="first: every code"):
        link([code], ["MA07"])


def test_a_column_of_a_table_is_a_sequence_of_codes():
    assert link(pd.Series(["MA07"], index=[9]), np.array(["MA07"])).matches == ((0, 0, 0),)
    rows = np.array([["M", "A", 0, 7]], dtype=object)
    assert link(rows, ["MA07"]).matches == ((0, 0, 0),)


@given(CODES, CODES, TOLERANCES)
def test_swapped_rounds_give_the_mirrored_links(first, second, tolerance):
    one, other = link(first, second, tolerance=tolerance), link(second, first, tolerance=tolerance)
    assert sorted((j, i, d) for i, j, d in one.matches) == list(other.matches)
    assert reasons(one, "first") == reasons(other, "second")
    assert reasons(one, "second") == reasons(other, "first")


@given(CODES, CODES, TOLERANCES, st.data())
def test_the_order_of_the_codes_changes_nothing(first, second, tolerance, data):
    places = data.draw(st.permutations(range(len(second))))
    moved = link(first, [second[place] for place in places], tolerance=tolerance)
    back = {(i, places[j], d) for i, j, d in moved.matches}
    plain = link(first, second, tolerance=tolerance)
    assert back == set(plain.matches)
    assert reasons(moved, "first") == reasons(plain, "first")


@given(CODES, CODES, TOLERANCES)
def test_every_code_is_matched_once_or_refused_once(first, second, tolerance):
    links = link(first, second, tolerance=tolerance)
    mine, yours = [i for i, _, _ in links.matches], [j for _, j, _ in links.matches]
    assert sorted([*mine, *links.unmatched_first]) == list(range(len(first)))
    assert sorted([*yours, *links.unmatched_second]) == list(range(len(second)))


@given(CODES, CODES, TOLERANCES)
def test_no_match_is_beyond_the_tolerance_and_none_has_a_free_rival_as_near(
    first, second, tolerance
):
    links = link(first, second, tolerance=tolerance)
    free_first, free_second = set(range(len(first))), set(range(len(second)))
    expected = []
    for distance in range(tolerance + 1):
        near = [
            (i, j)
            for i in sorted(free_first)
            for j in sorted(free_second)
            if apart(first[i], second[j]) == distance
        ]
        for i, j in near:
            if sum(i == mine or j == yours for mine, yours in near) == 1:
                expected.append((i, j, distance))
        free_first -= {i for i, _ in near}
        free_second -= {j for _, j in near}
    assert list(links.matches) == sorted(expected)


@given(CODES, CODES)
def test_without_tolerance_it_is_an_inner_join_of_the_codes_that_stand_once(first, second):
    once = [
        (i, second.index(code), 0)
        for i, code in enumerate(first)
        if first.count(code) == second.count(code) == 1 and "-" not in code
    ]
    assert list(link(first, second, tolerance=0).matches) == once


@given(st.sets(st.integers(0, 25), min_size=1, max_size=12), TOLERANCES, st.data())
def test_codes_far_apart_are_all_found_again_whatever_the_slips(people, tolerance, data):
    first = [chr(97 + person) * 6 for person in sorted(people)]
    second = []
    for code in first:
        slips = data.draw(st.sets(st.integers(0, 5), max_size=tolerance))
        second.append("".join("?" if place in slips else x for place, x in enumerate(code)))
    links = link(first, second[::-1], tolerance=tolerance)
    assert [(i, j) for i, j, _ in links.matches] == [
        (place, len(first) - 1 - place) for place in range(len(first))
    ]
    assert links.refused == ()
