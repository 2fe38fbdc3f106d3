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
from toolkit.text import LANGUAGES, Language, both, say

__all__ = ["app", "main"]

app = typer.Typer(
    name="agir",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Agir : évaluer ensemble comment on agit ensemble. / Rate together how we act together.",
)
_out, _err = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True)

Folder = Annotated[Path, typer.Argument(help="Dossier de l’évaluation / The evaluation's folder")]
Lang = Annotated[Language | None, typer.Option("--lang", help="fr | en")]
Port = Annotated[int, typer.Option("--port", help="Port", min=1, max=65535)]
Host = Annotated[str, typer.Option("--host", help="Adresse / Address: 0.0.0.0 = phones")]
Wave = Annotated[str | None, typer.Option(help="Code de la ronde / Code of the round")]
# Other sites' frames get no cookies from browsers, and so would show nothing.
Frames = Annotated[
    str, typer.Option("--frame-ancestors", help="Même domaine / Same domain: https://site")
]
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


def _say(key: str, lang: Language, **values: Any) -> None:
    _out.print(say(key, lang, **values), markup=False)


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
    _say("cli.made", _language(lang), folder=folder)


@app.command()
@_spoken
def check(file: Annotated[Path, typer.Argument(help="FILE.yaml")], lang: Lang = None) -> None:
    """Vérifier le fichier d’un instrument. / Check an instrument's file."""
    from toolkit.instruments import read

    found = read(file)
    language = _language(lang)
    values = {"title": found.title, "conditions": len(found.conditions)}
    values |= {"modules": len(found.modules), "indicators": len(found.indicators)}
    values |= {"file": file.name}
    _say("check.fine", language, **values)


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
        _say("export.done", _language(lang), file=file)


@app.command()
@_spoken
def invite(
    folder: Folder,
    *,
    wave: Wave = None,
    count: Annotated[int, typer.Option(help="Combien / How many", min=0, max=1000)] = 0,
    roster: Annotated[Path | None, typer.Option(help="Partenaires / Partners: FILE.csv")] = None,
    address: Annotated[str, typer.Option(help="http://192.168.1.20:8866")] = "",
    cards: Annotated[Path | None, typer.Option(help="Cartes / Cards: FILE.html")] = None,
    bilingual: Annotated[bool, typer.Option(help="Cartes / Cards: fr + en")] = False,
    days: Annotated[int, typer.Option(help="Durée / Lasting", min=1, max=4000)] = 400,
    lang: Lang = None,
) -> None:
    """Préparer des liens pour répondre. / Make links for answering."""
    from toolkit.evaluation import Evaluation
    from toolkit.serve import invitations as made
    from toolkit.serve.address import before_tokens, reachable
    from toolkit.serve.cards import write_cards

    language = _language(lang)
    evaluation = Evaluation.open(folder)
    asked = made.round_to_answer(evaluation, wave)
    before = before_tokens(address or f"{reachable('0.0.0.0')}:8866")  # noqa: S104
    if bool(count) == bool(roster):
        raise ToolkitError(both("invite.one_of"))
    if roster:
        partners = made.read_roster(roster, evaluation.settings.partners)
        links = made.invite_partners(evaluation, asked, partners, before, days=days)
        for name in [p.name for p in partners if p.name not in {link.name for link in links}]:
            _say("invite.had_one", language, name=name)
    else:
        links = made.invite_people(evaluation, asked, count, before, days=days)
    for link in links:
        typer.echo(f"{link.name}\t{link.link}".strip())  # rich would turn the tab into blanks
    _say("invite.made", language, count=len(links), wave=asked.text)
    _say("invite.leads_to", language, address=before.removesuffix("lien/"))
    if cards:
        languages = LANGUAGES if bilingual else (lang or evaluation.language,)
        write_cards(cards, evaluation, asked, links, languages)
        _say("invite.cards", language, file=cards)


@app.command()
@_spoken
def revoke(
    folder: Folder,
    links: Annotated[list[str] | None, typer.Argument(help="Liens / Links")] = None,
    wave: Wave = None,
    everything: Annotated[bool, typer.Option("--all", help="Tout / Everything")] = False,
    lang: Lang = None,
) -> None:
    """Retirer des liens déjà donnés. / Withdraw links that were handed out."""
    from toolkit.evaluation import Evaluation

    if not (links or wave or everything):
        raise ToolkitError(both("invite.what"))
    kept = Evaluation.open(folder, wave=wave).links
    count = 0
    if wave or everything:
        count += kept.revoke(kept.everything() if everything else kept.of(wave))
    for link in links or ():
        count += kept.revoke_token(link.rstrip("/").rpartition("/")[2].partition("?")[0])
    _say("invite.revoked", _language(lang), count=count)


@app.command()
@_spoken
def serve(
    folder: Folder,
    *,
    host: Host = "127.0.0.1",
    port: Port = 8866,
    no_browser: NoBrowser = False,
    base_url: Annotated[str, typer.Option("--base-url", help="/agir/")] = "/",
    frames: Frames = "",
    lang: Lang = None,
) -> None:
    """Servir une évaluation. / Serve an evaluation."""
    where = {"host": host, "port": port, "base_url": base_url, "frames": frames}
    _serve(folder, where, _language(lang), no_browser=no_browser)


@app.command()
@_spoken
def demo(
    lang: Lang = None, host: Host = "127.0.0.1", port: Port = 8866, no_browser: NoBrowser = False
) -> None:
    """Essayer avec un regroupement fictif. / Try it with a fictional coalition."""
    from toolkit.serve.demo import make_demo, make_neighbours

    with tempfile.TemporaryDirectory(prefix="agir-") as place:
        folder = Path(place) / "demo"
        make_demo(folder, _language(lang), conversation=True)
        make_neighbours(Path(place), _language(lang))
        where = {"host": host, "port": port}
        _serve(folder, where, _language(lang), no_browser=no_browser, rate=True)


def _serve(
    folder: Path, where: dict[str, Any], lang: Language, *, no_browser: bool, rate: bool = False
) -> None:
    from toolkit.evaluation import Evaluation
    from toolkit.serve.doors.admission import doors
    from toolkit.serve.server import Place
    from toolkit.serve.server import serve as run

    evaluation = Evaluation.open(folder)

    def announce(address: str) -> None:
        found = doors(evaluation, address, rate=rate)
        _say("cli.doors", lang)
        for name, link in found.items():
            _say("cli.door", lang, name=say(f"cli.{name}", lang), link=link)
        _say("cli.private", lang)
        if rate:
            _say("cli.thrown_away", lang)
        _say("cli.stop", lang)
        if not no_browser:
            webbrowser.open(next(iter(found.values())))

    _say("cli.starting", lang)
    run(folder, Place(**where), announce=announce)


def main() -> None:
    """Run the command."""
    app()
