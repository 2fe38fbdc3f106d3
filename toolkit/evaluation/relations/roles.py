"""Roles that organisations hold in a coalition, as its evaluator notes them."""

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.errors import RatingError
from toolkit.evaluation.relations.partners import Partners
from toolkit.storage import Entry, Store
from toolkit.text import both

__all__ = ["ROLES", "Flag", "Roles"]

#: Himmelman's ten, then the evaluator, and the chair whom every table has.
ROLES = (
    *("convener", "catalyst", "conduit", "funder", "advocate", "organizer"),
    *("technical", "capacity", "partner", "facilitator", "evaluator", "chair"),
)

#: What one organisation had better not hold alone, by the name of the flag.
_TOGETHER = {"double_hat": {"funder", "facilitator"}, "in_one": {"conduit", "convener", "chair"}}


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to talk about; never a fault.

    Attributes
    ----------
    kind
        `unheld` (roles that nobody holds), `double_hat` (a funder that also facilitates) or
        `in_one` (one organisation is conduit, convener and chair).
    roles
        The roles that it is about.
    partner
        Code of the organisation, empty if it is about none.
    """

    kind: str
    roles: tuple[str, ...]
    partner: str = ""


class Roles:
    """Which partner holds which roles."""

    def __init__(self, partners: Partners, store: Store) -> None:
        self._partners = partners
        self._store = store

    @property
    def held(self) -> dict[str, tuple[str, ...]]:
        """Roles by the code of each partner that there is now, in the order of `ROLES`."""
        noted = {entry.subject: entry.content for entry in self._store.entries.newest("roles")}
        return {
            partner.code: tuple(role for role in ROLES if role in noted.get(partner.code, ()))
            for partner in self._partners.listed
        }

    def note(self, partner: str, roles: Iterable[str]) -> None:
        """Keep which roles a partner holds.

        Raises
        ------
        RatingError
            There is no such partner, or a role is none of `ROLES`.
        """
        wanted = set(roles)
        if partner not in self._partners.codes:
            raise RatingError(both("relations.no_partner"))
        if wanted - set(ROLES):
            raise RatingError(both("relations.no_role"))
        told = [role for role in ROLES if role in wanted]
        self._store.entries.keep([Entry("roles", told, partner)])

    def flags(self) -> list[Flag]:
        """Return what the roles give to talk about; nothing before a role is noted."""
        held = self.held
        somewhere = {role for roles in held.values() for role in roles}
        if not somewhere:
            return []
        unheld = tuple(role for role in ROLES if role not in somewhere)
        found = [Flag("unheld", unheld)] if unheld else []
        for kind, together in _TOGETHER.items():
            roles = tuple(role for role in ROLES if role in together)
            found += [Flag(kind, roles, code) for code, own in held.items() if together <= {*own}]
        return found
