"""Two evaluators at once: both changes are kept, and what collides is asked about."""

import pytest

from toolkit import Evaluation
from toolkit.errors import EvaluationError
from toolkit.evaluation import CollisionError, Partner, Wave
from toolkit.text import both

CPE, CLSC = Partner(code="a", name="CPE"), Partner(code="b", name="CLSC")
ECOLE = Partner(code="c", name="École")


@pytest.fixture
def one(blank):
    blank.change(blank.settings.model_copy(update={"partners": (CPE, CLSC)}))
    return blank


@pytest.fixture
def other(one):
    return Evaluation.open(one.folder)


def changed(evaluation, **changes):
    return evaluation.settings.model_copy(update=changes)


def names(evaluation):
    return [partner.name for partner in Evaluation.open(evaluation.folder).settings.partners]


def test_what_each_added_is_kept_of_both_and_it_is_told(one, other):
    mine = changed(one, partners=(CPE, CLSC, ECOLE))
    theirs = changed(other, partners=(CPE, CLSC, Partner(code="d", name="Biblio")))
    assert other.change(theirs) is False
    assert one.change(mine) is True
    assert names(one) == ["CPE", "CLSC", "Biblio", "École"]


def test_different_fields_of_one_partner_are_kept_of_both(one, other):
    mine = changed(one, partners=(CPE.model_copy(update={"sector": "community"}), CLSC))
    theirs = changed(other, partners=(CPE.model_copy(update={"name": "CPE Soleil"}), CLSC))
    other.change(theirs)
    one.change(mine)
    found = Evaluation.open(one.folder).settings.partners[0]
    assert (found.name, found.sector) == ("CPE Soleil", "community")


def test_one_removes_while_the_other_renames_the_coalition(one, other):
    mine = changed(one, partners=(CLSC,))
    theirs = changed(other, coalition=other.settings.coalition.model_copy(update={"name": "X"}))
    other.change(theirs)
    one.change(mine)
    assert names(one) == ["CLSC"]
    assert Evaluation.open(one.folder).settings.coalition.name == "X"


def test_a_collision_changes_nothing_is_named_and_saying_it_again_means_it(one, other):
    mine = changed(one, partners=(CPE.model_copy(update={"name": "CPE Lune"}), CLSC))
    added = Partner(code="d", name="Biblio")
    theirs = changed(other, partners=(CPE.model_copy(update={"name": "CPE Soleil"}), CLSC, added))
    other.change(theirs)
    with pytest.raises(CollisionError) as refused:
        one.change(mine)
    assert refused.value.message == both("setup.collides", names="CPE Soleil")
    assert names(one) == ["CPE Soleil", "CLSC", "Biblio"]
    one.change(mine, seen=refused.value.seen)
    assert names(one) == ["CPE Lune", "CLSC", "Biblio"]


def test_who_removes_what_another_changed_is_asked(one, other):
    mine = changed(one, partners=(CLSC,))
    other.change(changed(other, partners=(CPE.model_copy(update={"level": "local"}), CLSC)))
    with pytest.raises(CollisionError):
        one.change(mine)
    assert names(one) == ["CPE", "CLSC"]


def test_two_new_partners_that_got_the_same_code_are_both_kept(one, other):
    mine = changed(one, partners=(CPE, CLSC, Partner(code="ecole", name="École du Nord")))
    theirs = changed(other, partners=(CPE, CLSC, Partner(code="ecole", name="École du Sud")))
    other.change(theirs)
    one.change(mine)
    kept = Evaluation.open(one.folder).settings.partners
    assert [(p.code, p.name) for p in kept[2:]] == [
        ("ecole", "École du Sud"),
        ("ecole-2", "École du Nord"),
    ]


def test_two_rounds_are_not_both_opened(one, other):
    rounds = [Wave(code=code, fr=code, en=code, status="open") for code in ("r1", "r2")]
    mine = changed(one, waves=(rounds[0],))
    other.change(changed(other, waves=(rounds[1],)))
    with pytest.raises(CollisionError):
        one.change(mine)
    assert [wave.code for wave in Evaluation.open(one.folder).settings.waves] == ["r2"]


def test_a_file_broken_by_hand_is_not_written_over(one):
    file = one.folder / "evaluation.toml"
    _ = one.settings
    file.write_text("[coalition\n", encoding="utf-8")
    with pytest.raises(EvaluationError) as refused:
        one.change(changed(one, partners=()))
    assert "evaluation.toml:1" in refused.value.say("fr")
    assert file.read_text(encoding="utf-8") == "[coalition\n"
