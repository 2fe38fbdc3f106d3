"""A list of partners is understood as people have it."""

import openpyxl
import pytest

from toolkit.roster import Listed, same_name


def told(text):
    return [(row["name"], row["sector"], row["level"]) for row in Listed.of(text).rows]


@pytest.mark.parametrize(
    "text",
    [
        "CPE Un\nCLSC",
        "CPE Un\r\nCLSC\r\n",
        "CPE Un\rCLSC\r",
        "CPE Un\u2028CLSC",
        "1.\tCPE Un\n2.\tCLSC",
        "1) CPE Un\n2) CLSC",
        "•\tCPE Un\n•\tCLSC",
        "•CPE Un\n•CLSC",
        "- CPE Un\n- CLSC",
        "a) CPE Un\nb) CLSC",
        "Nom de l’organisme\nCPE Un\nCLSC",
        "Name of the organization\nCPE Un\nCLSC",
        "No;Nom\n1;CPE Un\n2;CLSC",
        "No\tPartenaire\tCourriel\n1.\tCPE Un\ta@b.ca\n2.\tCLSC\tc@d.ca",
        "1;CPE Un\n2;CLSC",
        "1\tCPE Un\n2\tCLSC",
        "CPE\u00a0Un;;;\n\u200bCLSC\u200b;;;\n;;;",
        '"CPE Un";""\n"CLSC";""',
        "\ufeffNom\nCPE Un\nCLSC",
    ],
)
def test_the_same_two_partners_are_found_however_they_are_listed(text):
    assert told(text) == [("CPE Un", "", ""), ("CLSC", "", "")]


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_columns_are_what_their_headings_say_in_any_order(mark):
    rows = [["Niveau", "No", "Secteur", "Nom"], ["local", "1", "santé", "CPE Un"]]
    assert told("\n".join(mark.join(row) for row in rows)) == [("CPE Un", "santé", "local")]


@pytest.mark.parametrize(
    "name", ["Centre de services, secteur Nord", "École 2000", "A.B.C.", "1-2-3 Go!", "Les Amis"]
)
def test_a_name_that_looks_like_something_else_stays_whole(name):
    assert told(f"{name}\nAutre")[0] == (name, "", "")


def test_without_headings_a_level_is_known_by_its_words():
    assert told("A,local\nB,régional") == [("A", "", "local"), ("B", "", "régional")]


def test_a_quoted_cell_may_hold_what_parts_cells():
    assert told('"A; B";santé\nC;école') == [("A; B", "santé", ""), ("C", "école", "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_a_file_is_read_in_whatever_encoding(tmp_path, encoding):
    file = tmp_path / "liste.csv"
    file.write_bytes("Nom\nÉcole de l’Île\nLe Bébé\n".encode(encoding))
    assert [row["name"] for row in Listed.file(file).rows] == ["École de l’Île", "Le Bébé"]


def test_a_workbook_is_read(tmp_path):
    book = openpyxl.Workbook()
    for row in (["No", "Nom", "Secteur"], [1, "CPE Un", "santé"], [2, "CLSC", None]):
        book.active.append(row)
    book.save(tmp_path / "liste.xlsx")
    rows = Listed.file(tmp_path / "liste.xlsx").rows
    assert [(row["name"], row["sector"]) for row in rows] == [("CPE Un", "santé"), ("CLSC", "")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CPE L’Étoile", "cpe l'etoile"),
        ("Maison Bleue inc.", "Maison  Bleue Inc"),
        ("C.L.S.C.", "CLSC"),
        ("Les\u00a0Amis\u200b", "Les Amis."),
        ("Cœur", "COEUR"),
    ],
)
def test_two_ways_to_write_a_name_are_one(one, other):
    assert same_name(one) == same_name(other)


def test_two_names_stay_two():
    assert same_name("CPE Un") != same_name("CPE Deux")
