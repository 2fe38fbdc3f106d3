"""Every verb of the command, given what it is not made for: a sentence, and nothing else."""

import shlex
import shutil

import pytest
from typer.testing import CliRunner

from toolkit import Evaluation
from toolkit.cli import app
from toolkit.evaluation import Wave

TOML = "evaluation.toml"
DB = "ratings.db"


def settings(change):
    """Return what changes the bytes of the settings."""

    def changed(folder):
        file = folder / TOML
        file.write_bytes(change(file.read_bytes()))

    return changed


def instead(name, content=None):
    """Return what puts a folder, nothing, or some bytes in the place of a file."""

    def changed(folder):
        (folder / name).unlink(missing_ok=True)
        if content is None:
            (folder / name).mkdir()
        elif content:
            (folder / name).write_bytes(content)

    return changed


def as_file(folder):
    """Put a file where the folder was."""
    shutil.rmtree(folder)
    folder.write_text("x", encoding="utf-8")


ODD = {
    "missing": shutil.rmtree,
    "a file": as_file,
    "nothing in it": lambda folder: (shutil.rmtree(folder), folder.mkdir()),
    "empty settings": settings(lambda _: b""),
    "blank settings": settings(lambda _: b" \r\n\r\n"),
    "settings with a mark": settings(lambda told: b"\xef\xbb\xbf" + told),
    "settings in UTF-16": settings(lambda told: told.decode().encode("utf-16")),
    "settings in cp1252": settings(lambda told: told.decode().encode("cp1252", "replace")),
    "settings of noughts": settings(lambda _: bytes(40)),
    "settings cut in two": settings(lambda told: told[: len(told) // 2 + 7]),
    "settings with another kind": settings(lambda _: b"language = 3\nwaves = 4\n"),
    "settings with lists of texts": settings(lambda _: b'groups = ["a"]\n'),
    "settings with odd codes": settings(lambda t: t.replace(b'"parent"', b'"pa rent/.."')),
    "settings with Mac line ends": settings(lambda told: told.replace(b"\n", b"\r")),
    "an unknown instrument": settings(lambda t: t.replace(b"four_conditions", b"../none")),
    "no instrument": settings(lambda t: t.replace(b'"four_conditions"', b'""')),
    "an instrument in UTF-16": instead("four_conditions.yaml", "id: a".encode("utf-16")),
    "an instrument that is a folder": instead("four_conditions.yaml"),
    "settings that are a folder": instead(TOML),
    "no answers": instead(DB, b""),
    "answers that are a folder": instead(DB),
    "answers of text": instead(DB, b"hello " * 700),
    "answers with nothing in them": lambda folder: (folder / DB).write_bytes(b""),
}
VERBS = {
    "serve": ("serve", "{}", "--no-browser"),  # before the verb that makes the folder
    "new": ("new", "{}"),
    "new of a file": ("new", "other", "--instrument", "{}"),
    "check": ("check", "{}"),
    "export": ("export", "{}", "--to", "out.csv"),
    "export to a workbook": ("export", "{}", "--to", "out.xlsx"),
    "export there": ("export", "whole", "--to", "{}"),
    "export below": ("export", "whole", "--to", "{}/out.csv"),
    "invite": ("invite", "{}", "--count", "2"),
    "invite a list": ("invite", "whole", "--roster", "{}", "--wave", "r1"),
    "revoke": ("revoke", "{}", "--all"),
    "people": ("people", "{}"),
    "erase": ("erase", "{}", "--person", "none", "--yes"),
    "keep": ("keep", "{}", "--yes"),
    "backup": ("backup", "{}", "--to", "copy.zip"),
    "backup beside": ("backup", "{}"),
    "backup there": ("backup", "whole", "--to", "{}"),
    "backup below": ("backup", "whole", "--to", "{}/none/copy.zip"),
    "restore": ("restore", "{}", "restored"),
    "verify": ("verify", "{}"),
}
#: With these, there is something to serve.
SERVED = {
    "settings with a mark",
    "settings with Mac line ends",
    "an instrument that is a folder",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "whole"
    assert CliRunner().invoke(app, ["new", str(folder)]).exit_code == 0
    return folder


@pytest.fixture
def place(tmp_path, made, monkeypatch):
    for name in ("odd é 'n $x", "whole"):
        shutil.copytree(made, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoke(place, verb):
    words = [word.format("odd é 'n $x") for word in VERBS[verb]]
    return CliRunner().invoke(app, [*words, "--lang", "en"])


def in_sentences(told):
    """Whether a verb ended by itself, and said why where it did nothing."""
    ended = told.exception is None or isinstance(told.exception, SystemExit)
    said = told.exit_code == 0 or told.stderr.strip()
    return ended and told.exit_code in {0, 1, 2} and said and "Errno" not in told.output


@pytest.mark.parametrize("odd", ODD)
def test_every_verb_answers_in_sentences(place, odd):
    ODD[odd](place / "odd é 'n $x")
    there = {file: file.is_dir() or file.read_bytes() for file in (place / "whole").iterdir()}
    # Most verbs open a folder alike: these few do it in ways of their own.
    some = ("people", "export", "backup", "verify", "serve")
    verbs = [*VERBS] if odd in {"a file", "missing"} else [*some]
    if odd in SERVED:
        verbs.remove("serve")
    failed = {verb: told for verb in verbs if not in_sentences(told := invoke(place, verb))}
    assert failed == {}
    now = {file: file.is_dir() or file.read_bytes() for file in (place / "whole").iterdir()}
    assert now.items() >= there.items()


@pytest.mark.parametrize(
    ("verb", "odd", "said"),
    [
        ("people", "a file", "is a file: give a folder."),
        ("new", "a file", "is a file: give a folder."),
        ("verify", "missing", "There is no file odd é 'n $x in that place."),
        ("restore", "missing", "There is no file odd é 'n $x in that place."),
        ("export below", "missing", "does not exist. Create it, then try again."),
        ("backup below", "missing", "does not exist. Create it, then try again."),
        ("export below", "a file", "is not a folder."),
        ("export there", "nothing in it", "is a folder: give the name of a file."),
        ("export", "an unknown instrument", "Known instruments: four_conditions."),
        ("people", "settings in UTF-16", "is saved as UTF-16."),
        ("people", "settings in cp1252", "is saved as Windows-1252."),
        ("people", "empty settings", "is empty at this moment."),
    ],
)
def test_what_is_said_is_what_is_the_matter(place, verb, odd, said):
    ODD[odd](place / "odd é 'n $x")
    told = invoke(place, verb)
    assert told.exit_code == 2
    assert said in told.stderr


@pytest.mark.parametrize("odd", ["settings with a mark", "settings with Mac line ends"])
def test_settings_as_any_system_saves_them_are_read(place, odd):
    ODD[odd](place / "odd é 'n $x")
    assert invoke(place, "people").exit_code == 0


def test_a_printed_command_can_be_pasted_into_a_shell(place):
    shutil.rmtree(place / "odd é 'n $x")
    told = invoke(place, "new").stdout
    assert shlex.split(told)[-1] == "odd é 'n $x"


def test_cards_that_cannot_be_written_make_no_link(place):
    evaluation = Evaluation.open(place / "whole")
    wave = Wave(code="r1", fr="r1", en="r1", status="open")
    evaluation.change(evaluation.settings.model_copy(update={"waves": (wave,)}))
    words = ["invite", "whole", "--count", "2", "--cards", "none/cards.html", "--lang", "en"]
    told = CliRunner().invoke(app, words)
    assert "does not exist. Create it" in told.stderr
    assert evaluation.links.everything() == []
