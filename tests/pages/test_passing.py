"""A fault that passes: people are told what concerns them, the evaluator is told the rest."""

import pytest

from toolkit import RatingPage, SetupPage
from toolkit.evaluation import Rater
from toolkit.testing import send
from toolkit.text import say


@pytest.fixture
def link(opened):
    token = opened.invite("r1", 1)[0]
    opened.sheet("r1", opened.links.enter(token, "rater").rater).consent()
    return token


@pytest.fixture
def file(opened):
    return opened.folder / "evaluation.toml"


def answer(page, value=4):
    return send(page._form, "answer", indicator="CV1", aspect="current", value=value, status=None)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_answer_waits_while_the_round_is_cut_off_and_comes_through(opened, link, file, language):
    page = RatingPage(opened, link=link)
    send(page.masthead, "language", language=language)
    text = file.read_text(encoding="utf-8")
    for cut in ("", "[coalition\n", text.split("[[waves]]")[0]):
        file.write_text(cut, encoding="utf-8")
        page._following.look() if page._following else None
        assert page._step == "form"
    reply = answer(page)
    assert (reply["ok"], reply["retry"]) == (False, True)
    assert reply["message"] == say("app.kept_here", language)
    file.write_text(text, encoding="utf-8")
    assert answer(page)["ok"]


def test_a_person_never_reads_the_evaluators_files_and_the_log_does(opened, link, file):
    for part in opened.folder.glob("ratings.db*"):
        part.rename(part.with_name(f"aside-{part.name}"))
    page = RatingPage(opened, link=link)
    assert page.children[-1].state["text"] == say("app.not_now", "fr")
    assert "ratings.db" not in str([part.state for part in page.children])
    assert "ratings.db" in (opened.folder / "agir.log").read_text(encoding="utf-8")


def test_an_evaluator_reads_the_file_and_the_line(opened, file):
    page = SetupPage(opened)
    file.write_text("format = 1\n[coalition\n", encoding="utf-8")
    reply = send(page._name, "press", button="keep", fields={"name": "X"})
    assert not reply["ok"]
    assert "evaluation.toml:2" in reply["message"]


def test_two_evaluators_on_setup_keep_the_partners_of_both(opened):
    one, other = SetupPage(opened), SetupPage(type(opened).open(opened.folder))
    rows = [{"code": "", "name": name, "sector": "", "level": ""} for name in ("CPE", "CLSC")]
    assert send(one._roster, "keep", rows=rows[:1])["message"] == say("setup.kept", "fr")
    assert send(other._roster, "keep", rows=rows[1:])["message"] == say("setup.kept_both", "fr")
    assert [row["name"] for row in other._roster.state["rows"]] == ["CPE", "CLSC"]
    rows = [{**row, "name": "CPE Lune"} for row in one._roster.state["rows"]]
    theirs = [{**row} for row in other._roster.state["rows"]]
    theirs[0]["name"] = "CPE Soleil"
    assert send(other._roster, "keep", rows=theirs)["ok"]
    reply = send(one._roster, "keep", rows=rows)
    assert reply["message"] == say("setup.collides", "fr", names="CPE Soleil")
    assert send(one._roster, "keep", rows=rows)["ok"]
    assert [p.name for p in opened.settings.partners] == ["CPE Lune", "CLSC"]


def test_what_somebody_gave_who_was_erased_meanwhile_is_refused_once_and_not_sent_again(
    opened, link
):
    page = RatingPage(opened, link=link)
    opened.people.erase([opened.links.find(link).rater])
    reply = answer(page)
    assert (reply["ok"], reply["retry"]) == (False, False)
    assert reply["message"] == say("door.gone", "fr")


def test_an_evaluator_who_writes_for_somebody_erased_is_told_once(opened):
    page = SetupPage(opened)
    opened.people.erase(["gone"])
    page.listen(page._name, lambda _: opened.know(Rater("gone")))
    reply = send(page._name, "press", button="keep", fields={"name": "X"})
    assert (reply["ok"], reply["retry"]) == (False, False)
    assert reply["message"] == say("store.erased", "fr")
