"""Back up an evaluation, put it back, check every byte."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.speaking import Folder, Lang, app, err, language_of, show, spoken, tell
from toolkit.errors import ToolkitError
from toolkit.text import Language, both, say

Passphrase = Annotated[bool, typer.Option("--passphrase", help="Phrase de passe / Ask for one")]


@app.command()
@spoken
def backup(
    folder: Folder,
    to: Annotated[Path | None, typer.Option("--to", help="FILE.zip")] = None,
    passphrase: Passphrase = False,
    lang: Lang = None,
) -> None:
    """Sauvegarder une évaluation, même servie. / Back up an evaluation, even while served."""
    from toolkit.evaluation.archive import back_up

    language = language_of(lang)
    file = back_up(folder, to, _passphrase(language, twice=True) if passphrase else "")
    tell("backup.made", language, file=file)
    if not passphrase:
        tell("backup.open_to_all", language)


@app.command()
@spoken
def restore(
    file: Annotated[Path, typer.Argument(help="FILE.zip")],
    folder: Folder,
    after: Annotated[Path | None, typer.Option(help="Dossier d’origine / Original folder")] = None,
    lang: Lang = None,
) -> None:
    """Remettre une sauvegarde en place. / Put a backup back, in a new folder."""
    from toolkit.evaluation import archive

    language = language_of(lang)
    phrase = _passphrase(language) if archive.sealed(file) else ""
    erased = archive.restore(file, folder, phrase, after)
    tell("backup.restored", language, folder=folder)
    if erased:
        tell("backup.erased_again", language, count=erased)


@app.command()
@spoken
def verify(
    place: Annotated[Path, typer.Argument(help="Dossier ou sauvegarde / Folder or backup")],
    lang: Lang = None,
) -> None:
    """Vérifier chaque octet. / Check every byte."""
    from toolkit.evaluation import archive
    from toolkit.evaluation.folder import STORE
    from toolkit.storage.verify import verify as check_store

    language = language_of(lang)
    if place.is_dir():
        found, name = check_store(place / STORE), STORE
    else:
        phrase = _passphrase(language) if archive.sealed(place) else ""
        found, name = archive.check(place, phrase), place.name
    for fault in found:
        show(fault[language], on=err)
    if found:
        show(say("verify.spoiled", language), on=err)
        raise typer.Exit(1)
    tell("verify.fine", language, file=name)


def _passphrase(lang: Language, *, twice: bool = False) -> str:
    """Ask for a passphrase without showing it; a program says it on its first line."""
    if sys.stdin.isatty():
        asked = say("backup.passphrase", lang)
        typed = str(typer.prompt(asked, hide_input=True, confirmation_prompt=twice))
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    if not typed:
        raise ToolkitError(both("backup.no_passphrase"))
    return typed
