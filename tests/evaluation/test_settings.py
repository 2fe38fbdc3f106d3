"""`evaluation.toml`: read with care, written without losing what a person wrote."""

import pytest

from toolkit.errors import EvaluationError
from toolkit.evaluation import Partner, Wave
from toolkit.evaluation import settings as settings_file
from toolkit.text import say

GOOD = """\
# The coalition of the bend.
format = 1
language = "fr"  # most of us

[coalition]
name = "Table du méandre"  # voted in May

# Law 25: see the minutes.
[privacy]
minimum = 5

# those who signed
[[partners]]
code = "cpe"  # since 2019
name = "CPE Au Petit Quai"

[[partners]]
code = "cisss"
name = "CISSS de la Saulaie"

[[waves]]
code = "r1"  # the first
fr = "Automne 2026"
en = "Autumn 2026"
status = "open"
"""


@pytest.fixture
def written(tmp_path):
    """Write `evaluation.toml`, and return its folder."""

    def write(text):
        (tmp_path / "evaluation.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def fault(written):
    """Return the only fault of a file that must not be usable."""

    def find(text):
        with pytest.raises(EvaluationError) as refused:
            settings_file.read(written(text))
        (problem,) = refused.value.problems
        return problem

    return find


def test_what_is_not_written_has_its_usual_value(written):
    settings = settings_file.read(written("format = 1\n"))
    assert (settings.language, settings.instrument, settings.form) == (
        "fr",
        "four_conditions",
        "full",
    )
    assert (settings.privacy.minimum, settings.privacy.minimum_distribution) == (5, 8)


def test_broken_toml_names_its_line(fault):
    found = fault(GOOD.replace('name = "CPE Au Petit Quai"', 'name = "CPE Au Petit Quai'))
    assert (found.file, found.line) == ("evaluation.toml", 15)
    assert found.what["fr"] == say("check.not_toml", "fr")


def test_an_unknown_key_names_its_line(fault):
    found = fault(GOOD.replace("minimum = 5", "minimum = 5\nminimun_distribution = 9"))
    assert (found.line, found.where) == (11, "privacy.minimun_distribution")
    assert found.what["en"] == say("check.unknown_key", "en", name="minimun_distribution")


def test_the_line_is_that_of_the_right_partner(fault):
    found = fault(GOOD.replace('name = "CISSS de la Saulaie"', 'name = ""'))
    assert (found.line, found.where) == (19, "partners[1].name")


def test_a_missing_key_stands_where_its_table_does(fault):
    found = fault(GOOD.replace('en = "Autumn 2026"\n', ""))
    assert (found.line, found.where) == (21, "waves[0].en")


def test_a_code_that_is_used_twice_is_refused(fault):
    found = fault(GOOD.replace('"cisss"', '"cpe"'))
    assert found.what["fr"] == say("check.code_twice", "fr", code="cpe")


def test_two_open_rounds_are_refused(fault):
    second = '\n[[waves]]\ncode = "r2"\nfr = "Hiver"\nen = "Winter"\nstatus = "open"\n'
    assert fault(GOOD + second).what["fr"] == say("check.two_open", "fr")


def test_a_round_that_is_rated_again_is_an_earlier_one(fault):
    later = GOOD.replace('status = "open"', 'status = "open"\nthen = "r2"')
    second = '\n[[waves]]\ncode = "r2"\nfr = "Hiver"\nen = "Winter"\n'
    assert fault(later + second).what["fr"] == say("check.not_earlier", "fr")


def test_a_minimum_that_protects_nobody_is_refused(fault):
    assert fault(GOOD.replace("minimum = 5", "minimum = 2")).line == 10


def test_all_faults_are_said_at_once(written):
    bad = GOOD.replace('"fr"', '"de"').replace("minimum = 5", "minimum = 0")
    with pytest.raises(EvaluationError) as refused:
        settings_file.read(written(bad.replace('status = "open"', 'status = "ajar"')))
    assert [problem.line for problem in refused.value.problems] == [3, 10, 25]


def test_a_file_from_a_newer_program_is_refused_and_left_alone(written):
    newer = GOOD.replace("format = 1", "format = 2\nmood = 'good'")
    folder = written(newer)
    with pytest.raises(EvaluationError) as refused:
        settings_file.read(folder)
    assert refused.value.say("fr") == say("folder.newer", "fr", file="evaluation.toml")
    assert (folder / "evaluation.toml").read_text(encoding="utf-8") == newer


@pytest.mark.parametrize("source", [b"\xff\xfe\x00", b"a = 1\na = 2\n"])
def test_what_is_no_toml_at_all_is_refused_in_a_sentence(tmp_path, source):
    (tmp_path / "evaluation.toml").write_bytes(source)
    with pytest.raises(EvaluationError) as refused:
        settings_file.read(tmp_path)
    assert "evaluation.toml" in refused.value.say("fr")


def test_a_folder_without_the_file_is_no_evaluation(tmp_path):
    with pytest.raises(EvaluationError) as refused:
        settings_file.read(tmp_path)
    assert refused.value.say("en") == say("folder.no_evaluation", "en", folder=tmp_path.name)


def test_what_was_written_reads_back_the_same(written):
    folder = written(GOOD)
    before = settings_file.read(folder)
    partner = Partner(code="école", name='L’école "des Méandres" \\ [x]', level="local")
    changed = before.model_copy(
        update={"language": "en", "partners": (partner, before.partners[1]), "waves": ()}
    )
    settings_file.write(folder, changed)
    assert settings_file.read(folder) == changed


def test_every_comment_survives_a_write(written):
    folder = written(GOOD)
    before = settings_file.read(folder)
    second = Wave(code="r2", fr="Hiver", en="Winter", status="open")
    first = before.waves[0].model_copy(update={"status": "closed"})
    settings_file.write(folder, before.model_copy(update={"waves": (first, second)}))
    after = (folder / "evaluation.toml").read_text(encoding="utf-8")
    comments = [line.partition("#")[2] for line in GOOD.splitlines() if "#" in line]
    assert len(comments) == 7
    assert [comment for comment in comments if comment not in after] == []


def test_a_partner_that_goes_takes_no_other_with_it(written):
    folder = written(GOOD)
    before = settings_file.read(folder)
    settings_file.write(folder, before.model_copy(update={"partners": before.partners[1:]}))
    assert [partner.code for partner in settings_file.read(folder).partners] == ["cisss"]


def test_a_reader_never_meets_half_a_file(written):
    folder = written(GOOD)
    settings = settings_file.read(folder)
    with (folder / "evaluation.toml").open(encoding="utf-8") as reader:
        settings_file.write(folder, settings.model_copy(update={"language": "en"}))
        assert reader.read() == GOOD
    assert settings_file.read(folder).language == "en"
    assert [file.name for file in folder.iterdir()] == ["evaluation.toml"]


def test_the_file_is_its_owners_alone_once_it_is_written(written):
    folder = written(GOOD)
    file = folder / "evaluation.toml"
    file.chmod(0o664)
    settings_file.write(folder, settings_file.read(folder))
    assert oct(file.stat().st_mode)[-3:] == "600"


def test_a_protected_folder_refuses_a_change_and_keeps_the_file(protected):
    folder = protected.folder()
    (folder / "evaluation.toml").write_text(GOOD, encoding="utf-8")
    settings = settings_file.read(folder)
    with protected(folder), pytest.raises(EvaluationError) as refused:
        settings_file.write(folder, settings.model_copy(update={"language": "en"}))
    assert refused.value.say("fr") == say("folder.unwritable", "fr", folder=folder.name)
    assert (folder / "evaluation.toml").read_text(encoding="utf-8") == GOOD
