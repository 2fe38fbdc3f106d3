"""What the evaluator notes of the partners: their roles, and which of them became one."""

from toolkit.evaluation.relations.partners import Claim
from toolkit.evaluation.relations.roles import ROLES
from toolkit.pages.page import Page
from toolkit.widgets import Button, Card, CardsState, NoticeState, RoleTableState

__all__ = ["accept", "claims", "flags", "joined", "roles"]


def roles(page: Page) -> RoleTableState:
    """Return the table of roles."""
    relations = page.evaluation.relations
    held = relations.roles.held
    return {
        "title": page.say("relations.roles_title"),
        "text": page.say("relations.roles"),
        "roles": [
            {"code": role, "name": _role(page, role), "about": page.say(f"role.{role}_is")}
            for role in ROLES
        ],
        "partners": [
            {"code": partner.code, "name": partner.name, "roles": list(held[partner.code])}
            for partner in relations.partners.listed
        ],
        "language": page.language,
        "words": page.words(),
    }


def flags(page: Page) -> NoticeState:
    """Return what the roles give to talk about."""
    names = _names(page)
    said = [
        page.say(
            f"relations.{flag.kind}",
            name=names.get(flag.partner, ""),
            roles=", ".join(_role(page, role).lower() for role in flag.roles),
        )
        for flag in page.evaluation.relations.roles.flags()
    ]
    if not said:
        said = [page.say("relations.no_flag")]
    return page.notice(title=page.say("relations.flags_title"), text="\n\n".join(said))


def joined(page: Page) -> NoticeState:
    """Return the small form for a partner that became another, and those that did."""
    partners, names = page.evaluation.relations.partners, _names(page)
    now = [
        page.say("relations.became", name=names[code], other=names.get(other, other))
        for code, other in partners.merged.items()
        if code in names
    ]
    options = [
        ("", page.say("relations.itself_again")),
        *((p.code, p.name) for p in partners.listed),
    ]
    return page.notice(
        title=page.say("relations.joined_title"),
        text="\n\n".join([page.say("relations.joined"), *now]),
        fields=[
            {
                "name": "partner",
                "label": page.say("relations.joined_who"),
                "options": list(names.items()),
            },
            {"name": "into", "label": page.say("relations.joined_into"), "options": options},
        ],
        buttons=[{"name": "join", "label": page.say("relations.join")}],
    )


def claims(page: Page) -> CardsState:
    """Return who said by themselves for whom they answer, and what they wish, to be accepted."""
    found, names = page.evaluation.relations.partners.claims, _names(page)
    cards = [_claim(page, claim, names) for claim in found if claim.partner in names]
    if sum(_waits(claim) for claim in found) > 1:
        action: Button = {"name": "accept", "label": page.say("relations.claim_accept")}
        title, line = (page.say(f"relations.claims_personal{key}") for key in ("", "_is"))
        cards.insert(0, {"code": "", "title": title, "lines": [line], "actions": [action]})
    title, text = page.say("relations.claims_title"), page.say("relations.claims")
    return page.cards(title=title, text=text, cards=cards)


def accept(page: Page, person: str, *, accepted: bool) -> None:
    """Let a person speak for the partner that they named; all of a personal link without one."""
    partners = page.evaluation.relations.partners
    everybody = [claim.rater for claim in partners.claims if _waits(claim)]
    for rater in [person] if person else everybody:
        partners.accept(rater, accepted=accepted)


def _waits(claim: Claim) -> bool:
    """Return whether somebody with a personal link waits to be accepted."""
    return claim.link == "rater" and not claim.accepted


def _claim(page: Page, claim: Claim, names: dict[str, str]) -> Card:
    wave = page.evaluation.settings.wave(claim.wave)
    where = "own" if claim.link == "own" else "rater"
    wish = {True: "yes", False: "no", None: "unsaid"}[claim.named]
    move = "refuse" if claim.accepted else "accept"
    return {
        "code": claim.rater,
        "title": names[claim.partner],
        "lines": [
            page.say(f"relations.claim_{where}", wave=wave.text if wave else claim.wave),
            page.say(f"relations.claim_{wish}"),
            page.say("relations.claim_ties", count=claim.ties),
            page.say("relations.claim_counts" if claim.accepted else "relations.claim_waits"),
        ],
        "actions": [{"name": move, "label": page.say(f"relations.claim_{move}")}],
    }


def _names(page: Page) -> dict[str, str]:
    """Return the names of all partners by code; one that is no longer listed goes by its code."""
    listed = {partner.code: partner.name for partner in page.evaluation.settings.partners}
    return listed | {code: code for code in sorted(page.evaluation.relations.partners.removed)}


def _role(page: Page, role: str) -> str:
    return page.say(f"role.{role}")
