"""Prepare an evaluation, check an instrument, take the answers out."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.speaking import Folder, Lang, app, err, language_of, show, spoken, tell
from toolkit.errors import ToolkitError
from toolkit.terminal import quoted
from toolkit.text import Language, both


@app.command()
@spoken
def new(
    folder: Folder,
    lang: Lang = None,
    instrument: Annotated[str, typer.Option(help="ID | FILE.yaml")] = "four_conditions",
) -> None:
    """Préparer une évaluation dans un dossier. / Prepare an evaluation in a folder."""
    from toolkit.templates import new_evaluation

    new_evaluation(folder, language_of(lang), instrument)
    tell("cli.made", language_of(lang), folder=quoted(folder))


@app.command()
@spoken
def check(
    file: Annotated[Path | None, typer.Argument(help="FILE.yaml")] = None,
    *,
    guide: Annotated[
        bool, typer.Option("--guide", help="Clés de chaque fichier / Keys of each file")
    ] = False,
    lang: Lang = None,
) -> None:
    """Vérifier le fichier d’un instrument. / Check an instrument's file."""
    from toolkit.instruments import read
    from toolkit.shipped import shipped

    language = language_of(lang)
    if guide:
        page = shipped("templates") / f"files.{language}.md"
        show(page.read_text(encoding="utf-8").rstrip())
        return
    if file is None:
        raise ToolkitError(both("check.which"))
    found = read(file)
    values = {"title": found.title, "conditions": len(found.conditions)}
    values |= {"modules": len(found.modules), "indicators": len(found.indicators)}
    values |= {"file": file.name}
    tell("check.fine", language, **values)
    for line in _since_opened(file, language):
        show(line, on=err)


def _since_opened(file: Path, language: Language) -> list[str]:
    """Return how a file differs from what the open round of its evaluation is asked with."""
    from toolkit.evaluation import Evaluation
    from toolkit.evaluation.settings import FILE
    from toolkit.instruments import located
    from toolkit.pages.setup.asked import since_opened

    place = file.resolve()
    for folder in (place.parent, place.parent.parent):
        if (folder / FILE).is_file():
            with suppress(ToolkitError):  # of which agir serve says more
                evaluation = Evaluation.open(folder)
                if located(evaluation.settings.instrument, folder.resolve()) == place:
                    return since_opened(evaluation, language)
    return []


@app.command()
@spoken
def export(
    folder: Folder,
    to: Annotated[Path, typer.Option("--to", help="FILE.csv | FILE.xlsx")],
    lang: Lang = None,
) -> None:
    """Écrire les réponses et leur lexique. / Write the answers and their codebook."""
    from toolkit.reports import export_tables

    for file in export_tables(folder, to, lang):
        tell("export.done", language_of(lang), file=file)
