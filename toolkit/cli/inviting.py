"""Make links for answering, and withdraw them."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.speaking import Folder, Lang, Wave, app, err, language_of, show, spoken, tell
from toolkit.errors import ToolkitError
from toolkit.terminal import agreed
from toolkit.text import LANGUAGES, both, say


@app.command()
@spoken
def invite(
    folder: Folder,
    *,
    wave: Wave = None,
    count: Annotated[int, typer.Option(help="Combien / How many", min=0, max=1000)] = 0,
    roster: Annotated[
        Path | None, typer.Option(help="Partenaires / Partners: .csv, .txt, .xlsx")
    ] = None,
    address: Annotated[str, typer.Option(help="http://192.168.1.20:8866")] = "",
    cards: Annotated[Path | None, typer.Option(help="Cartes / Cards: FILE.html")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Sans demander / Do not ask")] = False,
    bilingual: Annotated[bool, typer.Option(help="Cartes / Cards: fr + en")] = False,
    days: Annotated[int, typer.Option(help="Durée / Lasting", min=1, max=4000)] = 400,
    lang: Lang = None,
) -> None:
    """Préparer des liens pour répondre. / Make links for answering."""
    from toolkit.evaluation import Evaluation
    from toolkit.pages.setup.partners import named
    from toolkit.places import check_place
    from toolkit.serve import invitations as made
    from toolkit.serve.address import before_tokens, reachable
    from toolkit.serve.cards import write_cards

    language = language_of(lang)
    evaluation = Evaluation.open(folder)
    asked = made.round_to_answer(evaluation, wave)
    before = before_tokens(address or f"{reachable('0.0.0.0')}:8866")  # noqa: S104
    if bool(count) == bool(roster):
        raise ToolkitError(both("invite.one_of"))
    if cards:
        check_place(cards)  # before any link is made
    if roster:
        listed = made.read_roster(roster)
        for line in made.preview(listed, evaluation.settings.partners, language):
            show(line, on=err)
        if not yes and not agreed(say("invite.go_on", language)):
            raise ToolkitError(both("invite.nothing_done"))
        partners = named(listed, evaluation.settings.partners)
        links = made.invite_partners(evaluation, asked, partners, before, days=days)
        for name in [p.name for p in partners if p.name not in {link.name for link in links}]:
            tell("invite.had_one", language, name=name)
    else:
        links = made.invite_people(evaluation, asked, count, before, days=days)
    for link in links:
        typer.echo(f"{link.name}\t{link.link}".strip())  # rich would turn the tab into blanks
    tell("invite.made", language, count=len(links), wave=asked.text)
    tell("invite.leads_to", language, address=before.removesuffix("lien/"))
    if cards:
        languages = LANGUAGES if bilingual else (lang or evaluation.language,)
        write_cards(cards, evaluation, asked, links, languages)
        tell("invite.cards", language, file=cards)


@app.command()
@spoken
def revoke(
    folder: Folder,
    links: Annotated[list[str] | None, typer.Argument(help="Liens / Links")] = None,
    *,
    wave: Wave = None,
    everything: Annotated[bool, typer.Option("--all", help="Tout / Everything")] = False,
    devices: Annotated[
        bool,
        typer.Option("--devices", help="Et ce qu’un lien de groupe a ouvert / And its devices"),
    ] = False,
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
    named = [kept.find(link) for link in links or ()]
    made = [own for link in named for own in kept.handed(link) if own.revoked_at is None]
    count += kept.revoke([*named, *(made if devices else ())])
    tell("invite.revoked", language_of(lang), count=count)
    if made and not devices:
        tell("people.devices", language_of(lang), count=len(made))
