"""The `agir` command: what it says, and how it ends."""

import os
import re
import shlex
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.running import PATIENCE
from toolkit import Evaluation
from toolkit.errors import LinkError
from toolkit.evaluation import Wave
from toolkit.evaluation.serving import Lock
from toolkit.pages.table import PAGES
from toolkit.text import say

GOOD = """\
id: ours
version: 1
title: {fr: La nôtre, en: Ours}
source: {fr: De nous, en: Ours}
scales:
  s2:
    title: {fr: Deux, en: Two}
    steps: {1: {fr: Non, en: No}, 2: {fr: Oui, en: Yes}}
conditions:
  - code: A
    title: {fr: A, en: A}
    indicators:
      - {code: A1, text: {fr: Un, en: One}, scale: s2}
"""


@pytest.fixture
def agir(tmp_path):
    """Run the command as a person does, and return its status, its words and its complaints."""

    def run(*words, lang="fr_CA.UTF-8", typed=""):
        environment = {**os.environ, "LC_ALL": lang, "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [sys.executable, "-m", "toolkit", *map(str, words)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            input=typed,
            cwd=tmp_path,
            env=environment,
            timeout=PATIENCE,
            check=False,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done.returncode, done.stdout.strip(), done.stderr.strip()

    return run


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_new_makes_an_evaluation_that_opens(agir, tmp_path, lang):
    status, said, _ = agir("new", "ours", "--lang", lang)
    assert (status, said) == (0, say("cli.made", lang, folder="ours"))
    evaluation = Evaluation.open(tmp_path / "ours")
    assert evaluation.language == lang
    assert evaluation.instrument.id == "four_conditions"
    found = {file.stem for file in evaluation.folder.glob("*.ipynb")}
    assert found == {row.name for row in PAGES}


def test_the_command_speaks_the_language_of_the_machine(agir, tmp_path):
    agir("new", "ours", lang="en_CA.UTF-8")
    assert Evaluation.open(tmp_path / "ours").language == "en"
    agir("new", "les-nôtres", lang="C.UTF-8")
    assert Evaluation.open(tmp_path / "les-nôtres").language == "fr"


def test_new_leaves_an_evaluation_that_exists_alone(agir, blank):
    before = {file.name: file.read_bytes() for file in blank.folder.iterdir()}
    status, _, said = agir("new", blank.folder)
    assert (status, said) == (2, say("folder.exists", "fr", folder=blank.folder.name))
    assert {file.name: file.read_bytes() for file in blank.folder.iterdir()} == before


def test_new_with_an_unknown_instrument_makes_nothing(agir, tmp_path):
    status, _, said = agir("new", "ours", "--instrument", "five_conditions", "--lang", "en")
    assert status == 2
    assert "five_conditions" in said
    assert not (tmp_path / "ours").exists()


def test_new_in_a_place_that_is_a_file_says_so(agir, tmp_path):
    (tmp_path / "ours").write_text("rien")
    status, _, said = agir("new", "ours")
    assert (status, said) == (2, say("folder.is_a_file", "fr", file="ours"))


def test_new_where_nothing_can_be_written_says_so(agir, tmp_path):
    # A file stands where the folder would be made; root, too, is refused there.
    (tmp_path / "taken").write_text("", encoding="utf-8")
    status, _, complaint = agir("new", tmp_path / "taken" / "ours", "--lang", "fr")
    assert status == 2
    assert complaint == say("folder.unwritable", "fr", folder="ours")
    assert (tmp_path / "taken").read_text(encoding="utf-8") == ""


def test_check_says_that_all_is_well(agir, tmp_path):
    (tmp_path / "ours.yaml").write_text(GOOD, encoding="utf-8")
    status, said, _ = agir("check", "ours.yaml")
    values = {"file": "ours.yaml", "title": "La nôtre", "conditions": 1, "indicators": 1}
    values |= {"modules": 0}
    assert (status, said) == (0, say("check.fine", "fr", **values))


def test_check_says_every_fault_with_its_line(agir, tmp_path):
    bad = GOOD.replace("version: 1", "version: x").replace("scale: s2", "scale: s3")
    (tmp_path / "ours.yaml").write_text(bad, encoding="utf-8")
    status, _, said = agir("check", "ours.yaml", "--lang", "en")
    first, *faults = said.splitlines()
    assert status == 2
    assert first == say("check.unusable", "en", file="ours.yaml")
    assert [fault.split(" ")[0] for fault in faults] == ["ours.yaml:2", "ours.yaml:13"]


@pytest.mark.parametrize("text", ["", "a: [", "\t", "a: &a [*a]", "- 1", "12", "\x00"])
def test_check_of_a_broken_file_ends_with_a_sentence(agir, tmp_path, text):
    (tmp_path / "ours.yaml").write_text(text)
    status, _, said = agir("check", "ours.yaml")
    assert status == 2
    assert "ours.yaml" in said


def test_check_of_a_missing_file_ends_with_a_sentence(agir):
    status, _, said = agir("check", "ours.yaml")
    assert (status, said) == (2, say("check.no_file", "fr", file="ours.yaml"))


def test_export_names_what_it_wrote(agir, evaluation, tmp_path):
    status, said, _ = agir("export", evaluation.folder, "--to", "out.csv")
    assert status == 0
    files = [line.split()[-1] for line in said.splitlines()]
    assert files == ["out.csv", "out-counts.csv", "out-codebook.csv"]
    assert all((tmp_path / file).is_file() for file in files)


def test_export_to_another_ending_ends_with_a_sentence(agir, blank):
    status, _, said = agir("export", blank.folder, "--to", "out.pdf", "--lang", "en")
    assert (status, said) == (2, say("export.ending", "en", file="out.pdf"))


def test_export_of_what_is_no_evaluation_ends_with_a_sentence(agir, tmp_path):
    status, _, said = agir("export", ".", "--to", "out.csv")
    assert (status, said) == (2, say("folder.no_evaluation", "fr", folder=tmp_path.name))


def test_serve_of_what_is_no_evaluation_ends_with_a_sentence(agir, tmp_path):
    status, _, said = agir("serve", ".", "--no-browser")
    assert (status, said) == (2, say("folder.no_evaluation", "fr", folder=tmp_path.name))


def test_serve_of_a_folder_that_is_not_there_ends_with_a_sentence(agir):
    status, _, said = agir("serve", "nowhere", "--no-browser", "--lang", "en")
    assert (status, said) == (2, say("folder.no_evaluation", "en", folder="nowhere"))


def test_serve_with_broken_settings_names_the_line(agir, blank):
    file = blank.folder / "evaluation.toml"
    file.write_text("format = 1\nlanguage = fr\n", encoding="utf-8")
    status, _, said = agir("serve", blank.folder, "--no-browser")
    assert status == 2
    assert "evaluation.toml:2" in said


def test_serve_with_a_damaged_file_of_answers_ends_with_a_sentence(agir, blank):
    blank._store.close()
    (blank.folder / "ratings.db").write_bytes(b"rien de bon" * 1000)
    status, _, said = agir("serve", blank.folder, "--no-browser")
    assert (status, said) == (2, say("store.broken", "fr", file="ratings.db"))


def test_serve_on_a_port_in_use_ends_with_a_sentence(agir, blank):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, _, said = agir("serve", blank.folder, "--port", port, "--no-browser")
    assert (status, said) == (2, say("cli.port", "fr", port=port))


def test_serve_at_an_address_that_is_none_ends_with_a_sentence(agir, blank):
    status, _, said = agir("serve", blank.folder, "--host", "no.such.host.invalid", "--no-browser")
    assert (status, said) == (2, say("cli.address", "fr", host="no.such.host.invalid"))


def test_without_a_verb_the_command_shows_its_verbs(agir):
    _, said, complaint = agir()
    for verb in ("new", "check", "export", "serve", "demo"):
        assert verb in said + complaint


def tokens(said):
    return [line.rpartition("/lien/")[2] for line in said.splitlines() if "/lien/" in line]


def test_invite_prints_a_link_for_each_person_that_opens_the_open_round(agir, opened):
    status, said, _ = agir("invite", opened.folder, "--count", 3, "--address", "192.168.1.20:8866")
    assert status == 0
    links = [opened.links.enter(token, "rater") for token in tokens(said)]
    assert len({link.rater for link in links}) == 3
    assert {link.wave for link in links} == {"r1"}
    assert say("invite.made", "fr", count=3, wave="Ronde 1") in said
    assert say("invite.leads_to", "fr", address="http://192.168.1.20:8866/") in said


def test_invite_with_a_roster_names_the_partners_and_writes_their_cards(agir, opened, tmp_path):
    (tmp_path / "liste.csv").write_text("CPE Soleil\nMaison Bleue", encoding="utf-8")
    words = (
        "invite",
        opened.folder,
        "--wave",
        "r1",
        "--roster",
        "liste.csv",
        "--yes",
        "--lang",
        "en",
    )
    _, said, _ = agir(*words, "--cards", "cards.html", "--bilingual")
    assert said.splitlines()[0].startswith("CPE Soleil\thttp://")
    cards = (tmp_path / "cards.html").read_text(encoding="utf-8")
    assert all(token in cards for token in tokens(said))
    assert say("invite.how", "fr") in cards
    _, again, _ = agir(*words)
    assert tokens(again) == []
    assert say("invite.had_one", "en", name="CPE Soleil") in again


@pytest.mark.parametrize(
    ("words", "key", "values"),
    [
        ((), "invite.one_of", {}),
        (("--count", 2, "--roster", "x.csv"), "invite.one_of", {}),
        (("--roster", "x.csv"), "invite.no_file", {"file": "x.csv"}),
        (("--count", 2, "--wave", "r9"), "folder.no_wave", {"wave": "r9"}),
        (("--count", 2, "--address", "a b"), "invite.no_address", {"address": "a b"}),
    ],
)
def test_invite_says_what_is_missing_and_makes_nothing(agir, opened, words, key, values):
    status, said, complaint = agir("invite", opened.folder, *words)
    assert (status, said, complaint) == (2, "", say(key, "fr", **values))
    assert opened.links.of("r1") == []


def test_a_roster_that_nobody_agreed_to_changes_nothing(agir, opened, tmp_path):
    (tmp_path / "liste.csv").write_text("CPE Soleil\nMaison Bleue", encoding="utf-8")
    status, said, complaint = agir("invite", opened.folder, "--roster", "liste.csv")
    assert (status, said) == (2, "")
    assert say("invite.nothing_done", "fr") in complaint
    assert say("invite.found", "fr", count=2) in complaint
    assert opened.settings.partners == ()
    assert opened.links.of("r1") == []


def test_the_version_is_told(agir):
    status, said, _ = agir("--version")
    assert status == 0
    assert re.fullmatch(r"agir \d+\.\d+\.\d+", said)


def test_revoke_takes_a_link_a_round_or_everything(agir, opened):
    one, *_ = opened.invite("r1", 3)
    viewer = opened.links.make("viewer")[0]
    address = f"http://192.168.1.20:8866/lien/{one}?lang=en"
    assert agir("revoke", opened.folder, address)[1] == say("invite.revoked", "fr", count=1)
    assert len(opened.links.of("r1")) == 2
    assert agir("revoke", opened.folder, "--wave", "r1")[1] == say("invite.revoked", "fr", count=2)
    assert opened.links.enter(viewer, "viewer")
    agir("revoke", opened.folder, "--all")
    assert opened.links.everything() == []


def test_revoke_says_what_it_does_not_know(agir, opened):
    token = opened.invite("r1", 1)[0]
    assert agir("revoke", opened.folder)[::2] == (2, say("invite.what", "fr"))
    assert agir("revoke", opened.folder, "x.y")[::2] == (2, say("invite.no_link", "fr"))
    assert agir("revoke", opened.folder, "--wave", "r9")[0] == 2
    assert opened.links.enter(token, "rater")


def test_a_second_server_of_the_same_folder_is_refused_with_a_sentence(agir, blank):
    with Lock(blank.folder, 8866):
        status, _, said = agir("serve", blank.folder, "--no-browser")
    process = os.getpid()
    assert (status, said) == (2, say("cli.served", "fr", port="8866", process=process))


INTERRUPTED = """
import os, signal, sys
module, *words = sys.argv[1:]

class Interrupt:
    def find_spec(self, name, *_):
        if name == module:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
sys.argv = ["agir", *words]
from toolkit.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("toolkit.cli", ["check", "none.yaml"]),
        ("typer", ["check", "none.yaml"]),
        ("toolkit.text", ["check", "none.yaml"]),
        ("toolkit.instruments", ["check", "none.yaml"]),
        ("toolkit.evaluation", ["invite", ".", "--count", "1"]),
        ("sqlalchemy", ["revoke", ".", "--all"]),
        ("toolkit.templates", ["new", "other"]),
        ("numpy", ["export", ".", "--to", "out.csv"]),
        ("pandas", ["export", ".", "--to", "out.csv"]),
        ("toolkit.serve.server", ["serve", ".", "--no-browser"]),
        ("voila.app", ["serve", ".", "--no-browser"]),
        ("toolkit.serve.demo", ["demo", "--no-browser"]),
    ],
)
def test_an_interruption_while_modules_load_ends_every_verb_quietly(blank, module, words):
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, module, *words],
        capture_output=True,
        text=True,
        cwd=blank.folder,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout.strip(), done.stderr.strip()) == (130, "", "")


def test_revoke_of_a_groups_link_offers_to_revoke_what_it_made(agir, opened):
    group = opened.links.make("group", "r1")[0]
    own = opened.enrol("r1", opened.links.find(group).link)
    told = agir("revoke", opened.folder, group)[1]
    assert say("people.devices", "fr", count=1) in told
    assert opened.links.enter(own, "own")
    agir("revoke", opened.folder, group, "--devices")
    with pytest.raises(LinkError):
        opened.links.enter(own, "own")


def test_people_says_who_and_when_and_never_what(agir, opened, rate):
    rate("p1", group="parent", CV1=4)
    head, line = agir("people", opened.folder)[1].splitlines()
    assert dict(zip(head.split("\t"), line.split("\t"), strict=False))["rater"] == "p1"
    assert "CV1" not in line


def test_erase_erases_a_person_by_code_or_by_link_and_only_once_sure(agir, opened, rate):
    token = opened.invite("r1", 1)[0]
    person = opened.links.enter(token, "rater").rater
    for one in (person, "p1", "p2"):
        rate(one, CV1=4)
    assert agir("erase", opened.folder)[::2] == (2, say("people.nobody_named", "fr"))
    code, _, said = agir("erase", opened.folder, "--person", "nobody")
    assert (code, said) == (2, say("people.unknown", "fr", code="nobody"))
    group = opened.links.make("group", "r1")[0]
    assert agir("erase", opened.folder, "--link", group)[::2] == (2, say("people.no_person", "fr"))
    agir("erase", opened.folder, "--person", "p1", "--yes")
    address = f"http://192.168.1.20:8866/lien/{token}?lang=fr"
    told = agir("erase", opened.folder, "--link", address, "--yes")[1]
    assert say("people.erased", "fr", count=1) in told
    assert set(opened.ratings(history=True)["rater"]) == {"p2"}
    with pytest.raises(LinkError):
        opened.links.enter(token, "rater")


def test_backup_verify_and_restore_go_round_with_and_without_a_passphrase(agir, opened, rate):
    rate("p1", CV1=4)
    for words, typed in (((), ""), (("--passphrase",), "secret\n")):
        copy, place = f"copy{len(words)}", f"again{len(words)}"
        status, said, _ = agir("backup", opened.folder, "--to", copy, *words, typed=typed)
        assert (status, said.splitlines()[0]) == (0, say("backup.made", "fr", file=copy))
        assert agir("verify", copy, typed=typed)[0] == 0
        assert agir("restore", copy, place, typed=typed)[0] == 0
        assert agir("verify", place)[:2] == (0, say("verify.fine", "fr", file="ratings.db"))
    status, _, complaint = agir("restore", "copy1", "other", typed="wrong\n")
    assert (status, complaint) == (2, say("backup.locked", "fr", file="copy1"))


def test_verify_names_what_was_changed_and_ends_with_status_1(agir, opened, rate):
    rate("p1", CV1=4)
    opened._store.close()
    with closing(sqlite3.connect(opened.folder / "ratings.db")) as file:
        file.execute("UPDATE ratings SET value = 1")
        file.commit()
    status, _, complaint = agir("verify", opened.folder, "--lang", "en")
    assert status == 1
    assert "table ratings, row 1" in complaint
    assert complaint.splitlines()[-1] == say("verify.spoiled", "en")


@pytest.mark.parametrize("named", ["./ours.yaml", "sub/any name.yml", "{folder}/é.YAML"])
def test_new_takes_the_file_of_an_instrument_from_anywhere(agir, tmp_path, named):
    file = tmp_path / named.format(folder=tmp_path)
    file.parent.mkdir(exist_ok=True)
    file.write_text(GOOD, encoding="utf-8")
    status, _, said = agir("new", "made", "--instrument", named.format(folder=tmp_path))
    assert (status, said) == (0, "")
    evaluation = Evaluation.open(tmp_path / "made")
    assert (evaluation.settings.instrument, evaluation.instrument.id) == ("ours", "ours")
    file.unlink()
    assert Evaluation.open(tmp_path / "made").instrument.title["en"] == "Ours"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (None, "check.no_file"),
        (b"", "check.empty_file"),
        (GOOD.encode("utf-16"), "check.encoding"),
        (GOOD.encode("cp1252"), "check.encoding"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "check.unreadable"),
        (b"id: [", "check.unusable"),
        (GOOD.replace("s2}", "s3}").encode(), "check.unusable"),
    ],
)
def test_new_with_a_file_that_is_no_instrument_says_why_and_makes_nothing(
    agir, tmp_path, content, key
):
    if content is not None:
        (tmp_path / "ours.yaml").write_bytes(content)
    status, _, said = agir("new", "made", "--instrument", "./ours.yaml", "--lang", "en")
    start = say(key, "en", file="ours.yaml", encoding="…").partition("…")[0]
    assert status == 2
    assert said.startswith(start)
    assert not (tmp_path / "made").exists()


def test_new_leaves_another_instrument_of_that_id_alone(agir, tmp_path):
    there = tmp_path / "made" / "instruments" / "ours.yaml"
    there.parent.mkdir(parents=True)
    there.write_text(GOOD.replace("version: 1", "version: 2"), encoding="utf-8")
    (tmp_path / "ours.yaml").write_text(GOOD, encoding="utf-8")
    status, _, said = agir("new", "made", "--instrument", "./ours.yaml")
    expected = say("folder.other_instrument", "fr", file="ours.yaml", folder="made")
    assert (status, said) == (2, expected)
    assert "version: 2" in there.read_text(encoding="utf-8")
    there.write_text(GOOD, encoding="utf-8")
    assert agir("new", "made", "--instrument", "./ours.yaml")[0] == 0


def test_settings_may_name_the_file_of_an_instrument(blank):
    (blank.folder / "ours.yaml").write_text(GOOD, encoding="utf-8")
    settings = blank.settings.model_copy(update={"instrument": "./ours.yaml"})
    blank.change(settings)
    assert Evaluation.open(blank.folder).instrument.id == "ours"


@pytest.mark.parametrize("place", ["ours.yaml", "instruments/ours.yaml"])
def test_check_says_how_a_file_differs_from_what_an_open_round_is_asked(agir, blank, place):
    file = blank.folder / place
    file.parent.mkdir(exist_ok=True)
    file.write_text(GOOD, encoding="utf-8")
    wave = Wave(code="r1", fr="r1", en="r1", status="open")
    blank.change(blank.settings.model_copy(update={"instrument": "ours", "waves": (wave,)}))
    assert agir("check", file)[::2] == (0, "")
    file.write_text(GOOD.replace("Oui", "Peut-être"), encoding="utf-8")
    status, _, said = agir("check", file, "--lang", "en")
    told = [say("setup.file_changed", "en"), say("setup.version_otherwise", "en", names="A")]
    assert (status, said.splitlines()) == (0, told)
    elsewhere = blank.folder.parent / "ours.yaml"
    elsewhere.write_bytes(file.read_bytes())
    assert agir("check", elsewhere)[::2] == (0, "")


@pytest.mark.skipif(os.name != "posix", reason="of shells and devices of Unix")
@pytest.mark.parametrize(
    ("words", "end", "said"),
    [
        ("check --guide", ">&-", ""),
        ("people none", "2>&-", ""),
        ("people none", ">&- 2>&-", ""),
        ("check --guide", ">/dev/full", "No space left on device"),
        ("check --guide", "| true", ""),
        ("new " + "a" * 300, "", "File name too long"),
        ("people " + "a" * 300, "", ""),
        ("new é", ">/dev/null", "LANG"),
    ],
)
def test_a_terminal_of_any_kind_brings_no_traceback(tmp_path, words, end, said):
    plain = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    command = f"{shlex.quote(sys.executable)} -m toolkit {words} --lang en {end}"
    done = subprocess.run(
        ["sh", "-c", command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
        env={**os.environ, "LC_ALL": "C", **plain},
        timeout=PATIENCE,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert said in done.stderr


def test_check_explains_every_key(agir):
    status, said, _ = agir("check", "--guide", "--lang", "en")
    assert (status, said.splitlines()[0]) == (0, "# The files of an evaluation")
    assert agir("check")[::2] == (2, say("check.which", "fr"))
