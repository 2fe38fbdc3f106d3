"""The `agir` command: each verb is a few lines over the layer below."""

import os
import tempfile
import webbrowser
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from toolkit.errors import ToolkitError
from toolkit.text import Language, say

__all__ = ["app", "main"]

app = typer.Typer(
    name="agir",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Agir : évaluer ensemble comment on agit ensemble. / Rate together how we act together.",
)
_out, _err = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True)

Folder = Annotated[Path, typer.Argument(help="Dossier de l'évaluation / The evaluation's folder")]
Lang = Annotated[Language | None, typer.Option("--lang", help="fr | en")]
Port = Annotated[int, typer.Option("--port", help="Port", min=1, max=65535)]
Host = Annotated[str, typer.Option("--host", help="Adresse / Address: 0.0.0.0 = phones")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Sans ouvrir / Do not open")]
Verb = TypeVar("Verb", bound=Callable[..., None])


def _spoken(verb: Verb) -> Verb:
    """Say a failure in the reader's language and end with status 2."""

    @wraps(verb)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            verb(*arguments, **options)
        except ToolkitError as error:
            _err.print(error.say(_language(options.get("lang"))), markup=False, highlight=False)
            raise typer.Exit(2) from error

    return run  # type: ignore[return-value]


def _language(asked: Language | None) -> Language:
    if asked:
        return asked
    found = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "en" if found.lower().startswith("en") else "fr"


def _tell(key: str, lang: Language, **values: Any) -> None:
    _out.print(say(f"cli.{key}", lang, **values), markup=False)


@app.command()
@_spoken
def new(
    folder: Folder,
    lang: Lang = None,
    instrument: Annotated[str, typer.Option(help="Instrument")] = "four_conditions",
) -> None:
    """Préparer une évaluation dans un dossier. / Prepare an evaluation in a folder."""
    from toolkit.templates import new_evaluation

    new_evaluation(folder, _language(lang), instrument)
    _tell("made", _language(lang), folder=folder)


@app.command()
@_spoken
def check(file: Annotated[Path, typer.Argument(help="FILE.yaml")], lang: Lang = None) -> None:
    """Vérifier le fichier d'un instrument. / Check an instrument's file."""
    from toolkit.instruments import read

    found = read(file)
    language = _language(lang)
    values = {"title": found.title, "conditions": len(found.conditions)}
    values |= {"indicators": len(found.indicators), "file": file.name}
    _out.print(say("check.fine", language, **values), markup=False)


@app.command()
@_spoken
def export(
    folder: Folder,
    to: Annotated[Path, typer.Option("--to", help="FILE.csv | FILE.xlsx")],
    lang: Lang = None,
) -> None:
    """Écrire les réponses et leur lexique. / Write the answers and their codebook."""
    from toolkit.reports import export_tables

    for file in export_tables(folder, to):
        _out.print(say("export.done", _language(lang), file=file), markup=False)


@app.command()
@_spoken
def serve(
    folder: Folder,
    host: Host = "127.0.0.1",
    port: Port = 8866,
    no_browser: NoBrowser = False,
    lang: Lang = None,
) -> None:
    """Servir une évaluation. / Serve an evaluation."""
    _serve(folder, host, port, _language(lang), no_browser=no_browser, rate=False)


@app.command()
@_spoken
def demo(
    lang: Lang = None, host: Host = "127.0.0.1", port: Port = 8866, no_browser: NoBrowser = False
) -> None:
    """Essayer avec un regroupement fictif. / Try it with a fictional coalition."""
    from toolkit.serve.demo import make_demo

    with tempfile.TemporaryDirectory(prefix="agir-") as place:
        folder = Path(place) / "demo"
        make_demo(folder, _language(lang))
        _serve(folder, host, port, _language(lang), no_browser=no_browser, rate=True)


def _serve(
    folder: Path, host: str, port: int, lang: Language, *, no_browser: bool, rate: bool
) -> None:
    from toolkit.evaluation import Evaluation
    from toolkit.serve.doors import doors
    from toolkit.serve.server import serve as run

    evaluation = Evaluation.open(folder)

    def announce(address: str) -> None:
        found = doors(evaluation, address, rate=rate)
        _tell("doors", lang)
        for name, link in found.items():
            _tell("door", lang, name=say(f"cli.{name}", lang), link=link)
        _tell("private", lang)
        if rate:
            _tell("thrown_away", lang)
        _tell("stop", lang)
        if not no_browser:
            webbrowser.open(next(iter(found.values())))

    _tell("starting", lang)
    run(folder, host=host, port=port, announce=announce)


def main() -> None:
    """Run the command."""
    app()
