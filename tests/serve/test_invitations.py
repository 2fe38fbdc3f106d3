"""Links for many people, and the sheet of cards that carries them."""

import datetime
import re
import stat

import pytest
import segno

from toolkit.errors import ToolkitError
from toolkit.evaluation import Partner, Wave
from toolkit.pages.setup.partners import named
from toolkit.serve.cards import write_cards
from toolkit.serve.invitations import (
    Invitation,
    invite_partners,
    invite_people,
    preview,
    read_roster,
    round_to_answer,
)
from toolkit.text import LANGUAGES, say

ADDRESS = "http://192.168.1.20:8866/lien/"


def entered(evaluation, invitation):
    return evaluation.links.enter(invitation.link.removeprefix(ADDRESS), "rater")


def test_people_get_a_pseudonym_each_and_a_link_that_ends(opened):
    wave = round_to_answer(opened, None)
    made = invite_people(opened, wave, 3, ADDRESS, days=2)
    links = [entered(opened, one) for one in made]
    assert len({link.rater for link in links}) == 3
    soon = datetime.datetime.now(datetime.UTC).replace(tzinfo=None) + datetime.timedelta(days=3)
    assert all(link.wave == "r1" and link.expires_at < soon for link in links)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_roster_is_read_as_the_setup_page_reads_it(opened, tmp_path, encoding):
    file = tmp_path / "liste.csv"
    rows = "Nom;Secteur;Palier", "CPE Soleil;Petite enfance;local", "École de l’Île", "CPE Soleil"
    file.write_bytes("\r\n".join(rows).encode(encoding))
    partners = named(read_roster(file), opened.settings.partners)
    assert [(p.name, p.sector, p.level) for p in partners] == [
        ("CPE Soleil", "early_childhood", "local"),
        ("École de l’Île", "", ""),
    ]


def test_each_partner_gets_one_link_and_keeps_its_pseudonym(opened, tmp_path):
    file = tmp_path / "liste.txt"
    file.write_text("CPE Soleil\nMaison Bleue\n", encoding="utf-8")
    wave = round_to_answer(opened, "r1")

    def invite(wave):
        partners = named(read_roster(file), opened.settings.partners)
        return invite_partners(opened, wave, partners, ADDRESS)

    first = invite(wave)
    assert [one.name for one in first] == ["CPE Soleil", "Maison Bleue"]
    assert [p.name for p in opened.settings.partners] == ["CPE Soleil", "Maison Bleue"]
    assert invite(wave) == []
    file.write_text("cpe soleil\nNouvelle table\n", encoding="utf-8")
    assert [one.name for one in invite(wave)] == ["Nouvelle table"]
    later = Wave(code="r2", fr="Ronde 2", en="Round 2", status="closed")
    opened.change(opened.settings.model_copy(update={"waves": (wave, later)}))
    again = invite(later)[0]
    assert again.name == "CPE Soleil"
    assert entered(opened, again).rater == entered(opened, first[0]).rater


@pytest.mark.parametrize("content", [b"", b"\n\n ;;\n", b"Nom;Secteur\n", b"PK\3\4\0\0\0\0", None])
def test_a_roster_without_names_is_said(opened, tmp_path, content):
    file = tmp_path / "liste.xlsx"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ToolkitError, match=re.escape(file.name)):
        read_roster(file)


def test_no_link_is_made_for_a_round_that_nobody_answers(evaluation, blank):
    for code in ("2026-T1", "nothing"):
        with pytest.raises(ToolkitError):
            round_to_answer(evaluation, code)
    with pytest.raises(ToolkitError):
        round_to_answer(blank, None)


@pytest.mark.parametrize("languages", [("fr",), ("en",), LANGUAGES])
def test_a_sheet_has_a_card_with_a_code_for_each_link_and_asks_for_no_other_file(
    evaluation, tmp_path, languages
):
    file = tmp_path / "cards.html"
    file.write_text("old", encoding="utf-8")
    wave = evaluation.open_wave.model_copy(update={"closes": datetime.date(2026, 12, 4)})
    links = [Invitation(f"{ADDRESS}abc{n}.def", name) for n, name in enumerate(("<b>A & B", ""))]
    write_cards(file, evaluation, wave, links, languages)
    sheet = file.read_text(encoding="utf-8")
    for one in links:
        code = segno.make(one.link, error="m", micro=False).svg_inline(border=4, omitsize=True)
        assert code in sheet
        assert one.link in sheet
    assert "&lt;b&gt;A &amp; B" in sheet
    assert "<b>" not in sheet
    for language in LANGUAGES:
        assert (say("invite.how", language) in sheet) == (language in languages)
    assert ("4\u00a0décembre 2026" in sheet) == ("fr" in languages)
    outside = re.sub(
        r"http://192\.168\.1\.20:8866/lien/\S+?\.def|http://www\.w3\.org/\S+", "", sheet
    )
    assert not re.search(r"https?://|src=|url\(|@import|<script", outside)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_sheet_that_cannot_be_written_is_said(evaluation, tmp_path):
    with pytest.raises(ToolkitError, match=r"cards\.html"):
        write_cards(tmp_path / "no" / "cards.html", evaluation, evaluation.open_wave, [], ("fr",))


def test_before_anything_is_kept_a_roster_says_what_each_column_became_and_who_is_in_doubt(
    opened, tmp_path
):
    file = tmp_path / "liste.csv"
    file.write_text("No;Nom;Secteur\n1;CPE l'Étoile;santé\n2;Maison Bleu;\n", encoding="utf-8")
    known = [Partner(code="a", name="CPE L’Étoile"), Partner(code="b", name="Maison Bleue")]
    said = preview(read_roster(file), known, "fr")
    nothing = say("invite.as_nothing", "fr")
    assert say("invite.became", "fr", head="No", role=nothing, cells="1, 2") in said
    assert say("invite.same", "fr", name="CPE l'Étoile", other="CPE L’Étoile") in said
    assert say("invite.close", "fr", name="Maison Bleu", other="Maison Bleue") in said
