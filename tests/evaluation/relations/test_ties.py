"""Ties between partners: what is kept, what becomes of it, and what the map may show to whom."""

import pytest

from toolkit.errors import RatingError
from toolkit.evaluation import Partner, Rater, Wave
from toolkit.evaluation.relations.map import UNNAMED, _masked, _people
from toolkit.evaluation.relations.ties import Tie
from toolkit.text import say

CODES = tuple("ABCDEF")
SECTORS = ("health", "health", "school", "school", "municipal", "community")
LEVELS = ("local", "regional", "local", "regional", "national", "")


@pytest.fixture
def asking(opened):
    """An open round `r1` that asks about ties among six partners, a person `p-…` of each."""
    partners = [
        Partner(code=code, name=f"Partner {code}", sector=sector, level=level)
        for code, sector, level in zip(CODES, SECTORS, LEVELS, strict=True)
    ]
    change(opened, partners=tuple(partners), activities=("relations",))
    for code in CODES:
        join(opened, f"p-{code}", code)
    return opened


def join(evaluation, person, partner):
    evaluation.know(Rater(person, partner))
    evaluation.sheet("r1", person).consent()


def change(evaluation, *, partners=None, **of_wave):
    settings = evaluation.settings
    waves = tuple(wave.model_copy(update=of_wave) for wave in settings.waves)
    update = {"waves": waves, "partners": settings.partners if partners is None else partners}
    evaluation.change(settings.model_copy(update=update))


def tie(evaluation, person, partner, current=None, **more):
    said = {"current": current, **more} if current is not None else more
    evaluation.relations.record("r1", person, partner, **said)


def everyone(evaluation, level=2, silent=""):
    for source in CODES:
        for target in CODES:
            if source != target and source not in silent:
                tie(evaluation, f"p-{source}", target, level)


def agree(evaluation, *codes, named=True):
    for code in codes:
        evaluation.relations.partners.agree(evaluation.sheet("r1", f"p-{code}"), named=named)


def seen(evaluation, *, own=False):
    return evaluation.relations.map("r1", own=own)


def between(ties, one, other):
    """Return (value, confirmed) of the tie that is drawn between two partners, or nothing."""
    ends = ties.apply(lambda row: {row["source"], row["target"]} == {one, other}, axis=1)
    rows = ties[ends.astype(bool)] if len(ties) else ties
    return [(row.value, row.confirmed) for row in rows.itertuples()]


def test_what_is_said_later_stands_and_what_is_left_out_stays(asking):
    tie(asking, "p-A", "B", 3)
    tie(asking, "p-A", "B", desired=4)
    tie(asking, "p-A", "C", "dont_know")
    assert asking.relations.ties("r1", "p-A") == {"B": Tie(3, 4), "C": Tie("dont_know")}
    tie(asking, "p-A", "B", 0)
    assert asking.relations.ties("r1", "p-A")["B"] == Tie(0, 4)
    asking.relations.record("r1", "p-A", "B", current=None, desired=None)
    assert set(asking.relations.ties("r1", "p-A")) == {"C"}


@pytest.mark.parametrize(
    ("partner", "said", "key"),
    [
        ("A", {"current": 3}, "relations.itself"),
        ("nobody", {"current": 3}, "relations.no_partner"),
        ("B", {"current": 5}, "relations.off_scale"),
        ("B", {"current": True}, "relations.off_scale"),
        ("B", {"current": "3"}, "relations.off_scale"),
        ("B", {"current": 2.5}, "relations.off_scale"),
        ("B", {"current": [3]}, "relations.off_scale"),
        ("B", {"desired": "dont_know"}, "relations.off_scale"),
    ],
)
def test_what_is_no_tie_is_refused_and_nothing_is_kept(asking, partner, said, key):
    with pytest.raises(RatingError) as refused:
        asking.relations.record("r1", "p-A", partner, **said)
    assert refused.value.say("en") == say(key, "en")
    assert asking.relations.ties("r1", "p-A") == {}


def test_a_round_that_does_not_ask_keeps_no_tie(asking):
    change(asking, activities=())
    with pytest.raises(RatingError) as refused:
        tie(asking, "p-A", "B", 3)
    assert refused.value.say("en") == say("relations.not_asked", "en")


def test_a_closed_round_keeps_no_tie(asking):
    change(asking, status="closed")
    with pytest.raises(RatingError, match="closed"):
        tie(asking, "p-A", "B", 3)


def test_who_did_not_agree_to_take_part_keeps_nothing(asking):
    asking.know(Rater("stranger", "A"))
    with pytest.raises(RatingError) as refused:
        tie(asking, "stranger", "B", 3)
    assert refused.value.say("en") == say("refusal.no_consent", "en")
    with pytest.raises(RatingError):
        asking.relations.partners.agree(asking.sheet("r1", "stranger"), named=True)
    assert asking.relations.partners.named == frozenset()


def test_a_person_says_once_whom_they_answer_for(asking):
    asking.know(Rater("new", "", "parent"))
    sheet = asking.sheet("r1", "new")
    sheet.consent()
    with pytest.raises(RatingError):
        tie(asking, "new", "B", 3)
    asking.relations.partners.choose(sheet, "A")
    assert asking.raters()["new"] == Rater("new", "A", "parent")
    with pytest.raises(RatingError) as refused:
        asking.relations.partners.choose(sheet, "B")
    assert refused.value.say("en") == say("relations.chosen", "en")


def test_no_contact_with_the_others_touches_no_answer(asking):
    tie(asking, "p-A", "B", 3)
    tie(asking, "p-A", "C", "dont_know")
    assert asking.relations.no_contact("r1", "p-A", ["B", "C", "D", "E"]) == 2
    found = asking.relations.ties("r1", "p-A")
    assert [found[code].current for code in "BCDE"] == [3, "dont_know", 0, 0]
    with pytest.raises(RatingError):
        asking.relations.no_contact("r1", "p-A", ["F", "A"])
    assert "F" not in asking.relations.ties("r1", "p-A")


def test_each_person_meets_the_partners_in_an_order_of_their_own(asking):
    orders = set()
    for number in range(20):
        join(asking, f"person-{number}", "A")
        order = tuple(p.code for p in asking.relations.order("r1", f"person-{number}"))
        assert sorted(order) == list("BCDEF")
        assert order == tuple(p.code for p in asking.relations.order("r1", f"person-{number}"))
        orders.add(order)
    assert len(orders) >= 3


def test_a_tie_is_confirmed_at_the_lower_of_two_answers_and_nothing_says_whose(asking):
    tie(asking, "p-A", "B", 4)
    tie(asking, "p-B", "A", 2)
    tie(asking, "p-C", "D", 2)
    tie(asking, "p-D", "C", 4)
    found = seen(asking, own=True)
    assert between(found.today, "A", "B") == between(found.today, "C", "D") == [(2, True)]
    assert set(found.today.columns) == {"source", "target", "value", "confirmed"}


def test_a_tie_that_only_one_partner_tells_of_is_unconfirmed(asking):
    tie(asking, "p-A", "B", 4)
    tie(asking, "p-B", "A", 0)
    tie(asking, "p-A", "C", 3)
    tie(asking, "p-C", "A", "dont_know")
    found = seen(asking, own=True)
    assert between(found.today, "A", "B") == [(2, False)]
    assert between(found.today, "A", "C") == [(3, False)]


def test_dont_know_and_no_contact_draw_nothing_and_are_not_alike(asking):
    tie(asking, "p-A", "B", 0)
    tie(asking, "p-B", "A", 0)
    tie(asking, "p-C", "D", "dont_know")
    found = seen(asking, own=True)
    assert found.today.empty
    assert found.answered == 3
    assert found.figures(1).cells == 2


def test_several_people_of_one_partner_weigh_as_one_by_their_low_median(asking):
    for number, level in enumerate((4, 3, 1)):
        join(asking, f"more-{number}", "A")
        tie(asking, f"more-{number}", "B", level)
    tie(asking, "p-A", "B", 4)
    tie(asking, "p-B", "A", 4)
    found = seen(asking, own=True)
    assert between(found.today, "A", "B") == [(3, True)]
    assert found.several
    assert not seen(asking, own=False).silent


def test_desired_ties_stand_beside_todays(asking):
    tie(asking, "p-A", "B", 1, desired=3)
    tie(asking, "p-B", "A", 2, desired=4)
    found = seen(asking, own=True)
    assert between(found.today, "A", "B") == [(1, True)]
    assert between(found.desired, "A", "B") == [(3, True)]


def test_a_partner_renamed_keeps_its_ties(asking):
    tie(asking, "p-A", "B", 3)
    renamed = [p.model_copy(update={"name": f"New {p.code}"}) for p in asking.settings.partners]
    change(asking, partners=tuple(renamed))
    found = seen(asking, own=True)
    assert "New B" in set(found.nodes["name"])
    assert between(found.today, "A", "B") == [(3, False)]


def test_a_partner_removed_mid_round_leaves_the_map_and_not_the_store(asking):
    tie(asking, "p-A", "B", 3)
    tie(asking, "p-B", "C", 2)
    before = asking.settings.partners
    change(asking, partners=tuple(p for p in before if p.code != "B"))
    found = seen(asking, own=True)
    assert "B" not in set(found.nodes["partner"])
    assert found.today.empty
    assert asking.relations.partners.removed == {"B"}
    with pytest.raises(RatingError) as refused:
        tie(asking, "p-A", "B", 4)
    assert refused.value.say("en") == say("relations.no_partner", "en")
    with pytest.raises(RatingError) as refused:
        tie(asking, "p-B", "C", 4)
    assert refused.value.say("en") == say("relations.partnerless", "en")
    change(asking, partners=before)
    assert between(seen(asking, own=True).today, "A", "B") == [(3, False)]


def test_a_partner_merged_into_another_is_read_as_that_other(asking):
    tie(asking, "p-A", "B", 3)
    tie(asking, "p-B", "A", 3)
    tie(asking, "p-B", "C", 2)
    asking.relations.partners.join("B", "C")
    found = seen(asking, own=True)
    assert "B" not in set(found.nodes["partner"])
    assert between(found.today, "A", "C") == [(3, True)]  # and what B said of C is no tie any more
    assert len(found.today) == 1
    assert asking.relations.ties("r1", "p-A") == {"C": Tie(3)}
    tie(asking, "p-A", "C", 1)
    assert asking.relations.ties("r1", "p-A") == {"C": Tie(1)}
    asking.relations.partners.join("B", "")
    assert between(seen(asking, own=True).today, "A", "B") == [(3, True)]


def test_partners_never_become_each_other_in_a_circle(asking):
    asking.relations.partners.join("B", "C")
    asking.relations.partners.join("C", "D")
    for partner, into in (("D", "B"), ("D", "D"), ("D", "nobody"), ("nobody", "D")):
        with pytest.raises(RatingError):
            asking.relations.partners.join(partner, into)
    assert {p.code for p in asking.relations.partners.listed} == set("ADEF")


def test_the_group_sees_nothing_while_the_round_is_open_or_too_few_answered(asking):
    everyone(asking, silent="CDEF")
    assert seen(asking).withheld == "open"
    change(asking, status="closed")
    assert seen(asking).withheld == "few"
    assert seen(asking, own=True).withheld == ""
    change(asking, partners=asking.settings.partners[:1])
    assert seen(asking).withheld == seen(asking, own=True).withheld == "alone"


def test_the_group_sees_only_the_names_that_were_agreed_to(asking):
    everyone(asking)
    agree(asking, "A")
    change(asking, status="closed")
    nodes = seen(asking).nodes
    assert seen(asking).withheld == ""
    assert "answered" not in nodes
    assert nodes.loc[nodes["name"] != "", "name"].tolist() == ["Partner A"]
    hidden = nodes[nodes["name"] == ""]
    assert set(hidden["partner"]) == set("abcde")
    assert set(hidden["sector"]) == {UNNAMED}
    assert hidden["level"].isna().all()


def test_letters_follow_a_secret_and_not_the_list(asking):
    people = _people(asking.relations.partners, ())
    orders = {
        tuple(_masked(people, frozenset("B"), secret, 5)["code"]) for secret in ("1", "2", "3", "4")
    }
    assert len(orders) > 1
    assert {order[0] for order in orders} == {"B"}


def test_too_few_unnamed_partners_are_left_out_of_the_groups_map(asking):
    everyone(asking)
    agree(asking, *"ABCDE")
    change(asking, status="closed")
    found = seen(asking)
    assert set(found.nodes["partner"]) == set("ABCDE")
    assert found.left_out == 1
    assert found.figures(1).possible == 20  # no number gives them away by subtraction
    assert seen(asking, own=True).left_out == 0


def test_one_refusal_keeps_a_partner_unnamed_whoever_agreed(asking):
    join(asking, "second", "A")
    agree(asking, "A")
    assert asking.relations.partners.named == {"A"}
    asking.relations.partners.agree(asking.sheet("r1", "second"), named=False)
    assert asking.relations.partners.named == frozenset()
    change(asking, status="closed")  # and consent is taken back at any time
    asking.relations.partners.agree(asking.sheet("r1", "second"), named=True)
    agree(asking, "A", named=False)
    assert asking.relations.partners.named == frozenset()


def test_the_group_never_sees_one_partners_own_answer_about_a_silent_one(asking):
    everyone(asking, silent="F")
    agree(asking, *CODES)
    change(asking, status="closed")
    assert between(seen(asking, own=True).today, "A", "F") == [(2, False)]
    assert between(seen(asking).today, "A", "F") == []
    assert seen(asking, own=True).silent == ("Partner F",)
    assert seen(asking).silent == ()


def test_everyone_saying_dont_know_draws_no_tie_and_no_number_breaks(asking):
    for source in CODES:
        for target in CODES:
            if source != target:
                tie(asking, f"p-{source}", target, "dont_know")
    found = seen(asking, own=True)
    assert (found.answered, found.silent, len(found.today)) == (6, (), 0)
    told = found.figures(1)
    assert (told.cells, told.mutual, told.between, told.limit) == (0, 0, None, "few_partners")


def test_numbers_follow_the_ties(asking):
    tie(asking, "p-A", "B", 3)
    tie(asking, "p-B", "A", 3)
    tie(asking, "p-B", "C", 2)
    tie(asking, "p-C", "B", 1)
    tie(asking, "p-C", "A", 0)
    tie(asking, "p-A", "C", 1)
    told = seen(asking, own=True).figures(1)
    assert (told.cells, told.possible) == (6, 30)
    assert told.share == pytest.approx(5 / 6)
    assert (told.mutual, told.asymmetric) == (2, 1)
    assert told.between == pytest.approx(4 / 5)  # A and C are local, B is regional
    assert told.gathered is None
    assert told.ahead == 1  # A and C, through B
    assert seen(asking, own=True).reached("A", 1) == (["B"], ["C"])
    assert seen(asking, own=True).figures(3).mutual == 1


def test_how_ties_gather_is_said_of_eight_partners_who_answered(asking):
    more = [Partner(code=code, name=code) for code in "GH"]
    change(asking, partners=(*asking.settings.partners, *more))
    codes = "ABCDEFGH"
    for code in "GH":
        join(asking, f"p-{code}", code)
    for source in codes:
        for target in codes:
            if source != target:
                tie(asking, f"p-{source}", target, 2 if "A" in {source, target} else 0)
    told = seen(asking, own=True).figures(1)
    assert told.limit == ""
    assert told.gathered == pytest.approx(6 / 7)  # a star, whose centre names the others as well


def test_a_look_keeps_the_partners_it_asks_for_and_those_tied_to_them(asking):
    tie(asking, "p-A", "C", 3)
    tie(asking, "p-C", "A", 3)
    tie(asking, "p-C", "E", 1)
    tie(asking, "p-E", "C", 1)
    found = seen(asking, own=True)
    nodes, today, _ = found.narrowed(sector="health")
    assert set(nodes["partner"]) == {"A", "B", "C"}
    assert len(today) == 1
    nodes, today, _ = found.narrowed(way=2)
    assert len(nodes) == 6
    assert len(today) == 1
    nodes, today, _ = found.narrowed(partner="A")
    assert set(nodes["partner"]) == {"A", "C", "E"}
    assert len(today) == 2
    nodes, _, _ = found.narrowed(level="national")
    assert set(nodes["partner"]) == {"C", "E"}


def test_sixty_partners_make_a_map(asking):
    partners = [Partner(code=f"x{i}", name=f"X {i}") for i in range(60)]
    change(asking, partners=tuple(partners))
    for i in range(60):
        join(asking, f"q{i}", f"x{i}")
        asking.relations.no_contact("r1", f"q{i}", [f"x{j}" for j in range(60) if j != i])
        tie(asking, f"q{i}", f"x{(i + 1) % 60}", 2)
        tie(asking, f"q{i}", f"x{(i - 1) % 60}", 3)
    found = seen(asking, own=True)
    assert len(found.nodes) == len(found.today) == 60
    assert found.figures(1).ahead == 60


def test_rounds_stay_apart(asking):
    tie(asking, "p-A", "B", 3)
    change(asking, status="closed")
    again = Wave(code="r2", fr="Deux", en="Two", status="open", activities=("relations",))
    settings = asking.settings
    asking.change(settings.model_copy(update={"waves": (*settings.waves, again)}))
    assert asking.relations.ties("r2", "p-A") == {}
    assert asking.relations.map("r2", own=True).answered == 0


def test_roles_are_noted_and_give_something_to_talk_about(asking):
    roles = asking.relations.roles
    assert roles.flags() == []
    roles.note("A", ["facilitator", "funder"])
    roles.note("B", ["chair", "convener", "conduit"])
    roles.note("C", ["conduit"])
    assert roles.held["A"] == ("funder", "facilitator")
    assert roles.held["D"] == ()
    unheld, hat, one = roles.flags()
    assert unheld.kind == "unheld"
    assert "advocate" in unheld.roles
    assert "funder" not in unheld.roles
    assert (hat.kind, hat.partner) == ("double_hat", "A")
    assert (one.kind, one.partner) == ("in_one", "B")
    for partner, held in (("nobody", ["chair"]), ("A", ["king"])):
        with pytest.raises(RatingError):
            roles.note(partner, held)
    roles.note("A", [])
    assert roles.held["A"] == ()


def test_on_the_groups_map_a_silent_partner_looks_like_one_that_is_tied_to_nobody(asking):
    change(asking, partners=(*asking.settings.partners, Partner(code="G", name="Partner G")))
    join(asking, "p-G", "G")
    everyone(asking, silent="G")
    for code in CODES:
        tie(asking, f"p-{code}", "G", 2)
    agree(asking, *CODES, "G")
    change(asking, status="closed")
    silent = seen(asking)
    assert seen(asking, own=True).silent == ("Partner G",)
    change(asking, status="open")
    asking.relations.no_contact("r1", "p-G", CODES)
    for code in CODES:
        tie(asking, f"p-{code}", "G", 0)
    change(asking, status="closed")
    untied = seen(asking)
    assert seen(asking, own=True).silent == ()
    for found in (silent, untied):
        assert set(found.nodes["partner"]) == set(CODES)
        assert (found.answered, found.partners, found.left_out) == (6, 7, 1)
        assert found.figures(1).possible == 30
    assert silent.figures(1) == untied.figures(1)
    assert silent.today.equals(untied.today)


def test_without_a_silent_one_the_unnamed_may_be_too_few_to_stay(asking):
    agree(asking, "A")
    everyone(asking, silent="F")
    change(asking, status="closed")
    found = seen(asking)
    assert found.nodes.empty  # four without a name, and then nobody for A to be tied to
    assert (found.withheld, found.answered) == ("few", 0)


def test_letters_have_no_gap_where_an_unnamed_partner_was_left_out(asking):
    more = [Partner(code=code, name=code) for code in "GH"]
    change(asking, partners=(*asking.settings.partners, *more))
    everyone(asking)
    change(asking, status="closed")
    assert set(seen(asking).nodes["partner"]) == set("abcdef")


def test_unnamed_partners_who_told_nothing_do_not_hide_the_one_who_did(asking):
    agree(asking, "A", "B")
    for source, target in (("A", "B"), ("B", "A"), ("A", "C"), ("C", "A"), ("B", "C"), ("C", "B")):
        tie(asking, f"p-{source}", target, 2)  # C is unnamed, and so are D, E and F, who are silent
    more = [Partner(code=code, name=code) for code in "GH"]
    change(asking, status="closed", partners=(*asking.settings.partners, *more))
    assert set(seen(asking, own=True).nodes["partner"]) == set("ABCDEFGH")
    assert set(seen(asking).nodes["partner"]) == {"A", "B"}  # six are unnamed: one has told


def test_a_tie_that_is_counted_is_drawn_however_faint(asking):
    tie(asking, "p-A", "B", 1)
    tie(asking, "p-B", "A", 0)
    found = seen(asking, own=True)
    _, today, _ = found.narrowed()
    assert between(today, "A", "B") == between(found.today, "A", "B") == [(0.5, False)]
    _, today, _ = found.narrowed(way=2)
    assert today.empty


def stranger(evaluation, code, *, own=True):
    """Return a device of a group's link, or a person without a partner, who say they are of one."""
    token = evaluation.enrol("r1") if own else evaluation.invite("r1", 1)[0]
    rater = evaluation.links.enter(token, "own", "rater").rater
    evaluation.sheet("r1", rater).consent(partner=code)
    return rater


@pytest.mark.parametrize("own", [True, False])
def test_only_a_link_that_was_made_for_a_partner_agrees_that_it_is_named(asking, own):
    partners = asking.relations.partners
    rater = stranger(asking, "A", own=own)
    partners.agree(asking.sheet("r1", rater), named=True)
    assert partners.named == frozenset()
    agree(asking, "B")
    assert partners.named == {"B"}
    (claim,) = partners.claims
    assert (claim.rater, claim.partner, claim.named, claim.accepted) == (rater, "A", True, False)
    assert claim.link == ("own" if own else "rater")
    partners.accept(rater)
    assert partners.named == {"A", "B"}
    partners.accept(rater, accepted=False)
    assert partners.named == {"B"}


def test_a_stranger_takes_no_agreement_back(asking):
    agree(asking, "A")
    asking.relations.partners.agree(asking.sheet("r1", stranger(asking, "A")), named=False)
    assert asking.relations.partners.named == {"A"}
    assert [claim.named for claim in asking.relations.partners.claims] == [False]


def test_what_a_stranger_tells_confirms_no_tie_and_moves_none(asking):
    tie(asking, "p-B", "A", 3)
    rater = stranger(asking, "A")
    tie(asking, rater, "B", 4)
    found = seen(asking, own=True)
    assert not found.today["confirmed"].any()
    assert found.today["value"].tolist() == [3]
    assert asking.relations.ties("r1", rater)["B"] == Tie(4)  # they see what they said
    asking.relations.partners.accept(rater)
    assert seen(asking, own=True).today["confirmed"].tolist() == [True]


def test_a_choice_on_the_page_is_a_persons_own_word_too(asking):
    rater = stranger(asking, "")
    asking.relations.partners.choose(asking.sheet("r1", rater), "C")
    assert asking.relations.partners.unvouched == {rater}
    assert not asking.relations.partners.speaks(rater)
    asking.know(Rater(rater, "C"))  # the evaluator says so
    assert asking.relations.partners.speaks(rater)


def test_a_partners_own_link_is_never_that_of_whoever_said_to_be_it(asking):
    rater = stranger(asking, "F", own=False)
    token = asking.invite_partner("r1", "F")
    made = asking.links.enter(token, "rater")
    assert made.rater != rater
    assert asking.relations.partners.speaks(made.rater)
    assert asking.rater_of("F") == made.rater


def test_who_named_nobody_is_not_accepted(asking):
    with pytest.raises(RatingError):
        asking.relations.partners.accept("nobody")


def test_who_was_set_aside_tells_of_no_tie_and_names_nobody_but_may_still_refuse(asking):
    tie(asking, "p-A", "B", 3)
    agree(asking, "A")
    agree(asking, "B", named=False)
    asking.people.set_aside(["p-A", "p-B"])
    assert asking.relations.spoken("r1") == {}
    assert asking.relations.partners.named == frozenset()
    join(asking, "q-B", "B")
    asking.relations.partners.agree(asking.sheet("r1", "q-B"), named=True)
    assert asking.relations.partners.named == frozenset()
    asking.people.take_back(["p-A", "p-B"])
    assert set(asking.relations.spoken("r1")) == {("A", "B")}
    assert asking.relations.partners.named == {"A"}
