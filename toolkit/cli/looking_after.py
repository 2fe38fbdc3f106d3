"""Look after who answered: list, erase, keep no longer than promised."""

from typing import Annotated

import typer

from toolkit.cli.speaking import Folder, Lang, Wave, app, language_of, spoken, tell
from toolkit.text import say


@app.command()
@spoken
def people(folder: Folder, wave: Wave = None, lang: Lang = None) -> None:
    """Dire qui a répondu et quand, jamais quoi. / Say who answered and when, never what."""
    from dataclasses import fields

    from toolkit.evaluation import Evaluation, Person

    evaluation = Evaluation.open(folder, wave=wave)
    found = evaluation.people.of(evaluation.wave.code) if evaluation.wave else []
    names = [field.name for field in fields(Person)]
    typer.echo("\t".join(names))
    for person in found:
        typer.echo("\t".join(_cell(getattr(person, name)) for name in names))
    if not found:
        tell("people.nobody", language_of(lang))


@app.command()
@spoken
def erase(
    folder: Folder,
    *,
    person: Annotated[list[str] | None, typer.Option("--person", help="Code")] = None,
    link: Annotated[list[str] | None, typer.Option("--link", help="Lien / Link")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Sans demander / Do not ask")] = False,
    lang: Lang = None,
) -> None:
    """Effacer des personnes, partout. / Erase people, everywhere."""
    from toolkit.evaluation import Evaluation

    language, evaluation = language_of(lang), Evaluation.open(folder)
    raters = [*(person or ()), *(evaluation.owner(one) for one in link or ())]
    evaluation.people.check(raters)
    held = evaluation.holding(raters)
    tell("people.erase", language, count=len(raters))
    if held:
        names = ", ".join(f"{one.draft.audience} {one.version}" for one in held)
        tell("people.erase_seen", language, names=names)
    tell("people.erase_else", language)
    if not yes and typer.prompt(say("people.sure", language)).strip() not in {"oui", "yes"}:
        tell("people.not_erased", language)
        return
    erased = evaluation.people.erase(raters)
    tell("people.erased", language, count=len(raters))
    if erased.unreached:
        tell("people.unreached", language, names=", ".join(erased.unreached))


def _cell(value: object) -> str:
    return "" if value is None else str(value)


@app.command()
@spoken
def keep(
    folder: Folder,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Sans demander / Do not ask")] = False,
    lang: Lang = None,
) -> None:
    """Effacer les réponses à la date promise. / Erase answers at the date promised."""
    from toolkit.evaluation import Evaluation
    from toolkit.evaluation.keeping import due, give_up

    language, evaluation = language_of(lang), Evaluation.open(folder)
    until, count = evaluation.settings.privacy.keep_until, len(evaluation.people.everybody())
    state = due(evaluation)
    if state != "past":
        key = "near" if state else "not_yet" if until and count else "nothing"
        tell(f"keep.{key}", language, until=until)
        return
    tell("keep.asks", language, until=until, count=count)
    if not yes and not typer.confirm(say("keep.sure", language), default=False):
        tell("keep.kept", language)
        return
    done = give_up(evaluation)
    tell("keep.done", language, count=count)
    if done.unreached:
        tell("keep.unreached", language, files=", ".join(done.unreached))
