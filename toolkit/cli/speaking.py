"""What every verb shares: the command itself, its options, and how it speaks."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from toolkit.errors import ToolkitError
from toolkit.text import Language, say

__all__ = ["Folder", "Lang", "Wave", "app", "err", "language_of", "out", "show", "spoken", "tell"]

app = typer.Typer(
    name="agir",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Agir : évaluer ensemble comment on agit ensemble. / Rate together how we act together.",
)
out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

Folder = Annotated[Path, typer.Argument(help="Dossier de l’évaluation / The evaluation's folder")]
Lang = Annotated[Language | None, typer.Option("--lang", help="fr | en")]
Wave = Annotated[str | None, typer.Option(help="Code de la ronde / Code of the round")]
Verb = TypeVar("Verb", bound=Callable[..., None])


def spoken(verb: Verb) -> Verb:
    """Say a failure in the reader's language and end with status 2; with 130 after Ctrl+C."""

    @wraps(verb)
    def run(*arguments: Any, **options: Any) -> None:
        lang = language_of(options.get("lang"))
        try:
            verb(*arguments, **options)
        except ToolkitError as error:
            show(error.say(lang), on=err)
            raise typer.Exit(2) from error
        except BrokenPipeError:  # nobody reads on: `terminal.run` ends quietly
            raise
        except OSError as error:  # whatever file it is that no other place speaks of
            said = {"why": error.strerror or error, "file": error.filename or "–"}
            show(say("cli.system", lang, **said), on=err)
            raise typer.Exit(2) from error
        except UnicodeEncodeError as error:
            show(say("cli.letters", lang), on=err)
            raise typer.Exit(2) from error
        except KeyboardInterrupt as error:
            raise typer.Exit(130) from error
        finally:
            if stores := sys.modules.get("toolkit.storage.seal"):
                stores.put_away()

    return run  # type: ignore[return-value]


def language_of(asked: Language | None) -> Language:
    """Return the language that was asked for, or the machine's."""
    if asked:
        return asked
    found = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "en" if found.lower().startswith("en") else "fr"


def tell(key: str, lang: Language, **values: Any) -> None:
    """Write a sentence of `words.yaml`."""
    show(say(key, lang, **values))


def show(line: str, on: Console = out) -> None:
    """Write a line as it is, whatever brackets are in it."""
    on.print(line, markup=False)


def _version(asked: bool) -> None:  # noqa: FBT001
    if asked:
        from importlib.metadata import version

        typer.echo(f"agir {version('agir-toolkit')}")
        raise typer.Exit


@app.callback()
def _agir(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Version")
    ] = False,
) -> None:
    """Agir : évaluer ensemble comment on agit ensemble. / Rate together how we act together."""
