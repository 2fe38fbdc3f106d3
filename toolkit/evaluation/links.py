"""Signed links: who may come through which door, decided here and nowhere in a browser."""

import datetime
import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Literal

from itsdangerous import BadData, URLSafeSerializer

from toolkit.errors import LinkError
from toolkit.storage import Link, Store
from toolkit.text import both

__all__ = ["COALITION", "DAYS", "PORTFOLIO", "SLOTS", "Links", "Role", "audience_of"]

#: `own` is the link that a device was handed for a group's link: nobody else is shown it.
Role = Literal["rater", "own", "group", "viewer", "evaluator"]
#: What one browser may hold side by side, each with the roles of links that it may carry.
SLOTS: dict[str, tuple[Role, ...]] = {
    "rater": ("rater", "own"),
    "group": ("group",),
    "viewer": ("viewer",),
    "evaluator": ("evaluator",),
}

#: How long a link opens its door, in days.
DAYS = 400

#: Who sees what is released, if nobody else is named; and what other evaluations' readers see.
COALITION, PORTFOLIO = "coalition", "portfolio"
#: Before an audience's code, where other links name their round: no round's code begins so.
_FOR = "@"
#: A token, or the whole address that somebody copied it in, with what a message adds around it.
_COPIED = re.compile(r"\s*(?:\S+/lien/)?([A-Za-z0-9_.-]+)/?(?:\?\S*)?[\s\u200b\ufeff]*")


class Links:
    """Make the links of one evaluation, and read them back.

    A token is a random id, signed with the evaluation's own key; what it stands for (role, round,
    person, end) is kept in the store.

    Attributes
    ----------
    mark
        A few letters that tell this evaluation from any other: two of them may share a host, and
        with it the names of their cookies.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        secret = store.secret()
        self._signer = URLSafeSerializer(secret, salt="agir-link")
        self._sealer = URLSafeSerializer(secret, salt="agir-session")
        self.mark = sha256(f"mark of {secret}".encode()).hexdigest()[:8]

    def make(
        self,
        role: Role,
        wave: str | None = None,
        raters: Sequence[str | None] = (None,),
        *,
        days: int = DAYS,
        made_by: str | None = None,
    ) -> list[str]:
        """Return a new token for each rater, or one for nobody in particular."""
        ends = _now() + datetime.timedelta(days=days)
        links = [
            Link(token_urlsafe(12), role, wave, rater, ends, made_by=made_by) for rater in raters
        ]
        self._store.add_links(links)
        return [self.token(link) for link in links]

    def make_viewer(self, audience: str = COALITION) -> str:
        """Return a new link that shows what an audience is shown."""
        return self.make("viewer", None if audience == COALITION else _FOR + audience)[0]

    def viewers(self, audience: str = COALITION) -> list[Link]:
        """Return the links that still show something to an audience."""
        links = [link for link in self.everything() if link.role == "viewer"]
        return [link for link in links if audience_of(link) == audience]

    def of(self, wave: str | None) -> list[Link]:
        """Return the links of a round that still open a door; with None, those of no round."""
        return [link for link in self.everything() if link.wave == wave]

    def everything(self) -> list[Link]:
        """Return every link that still opens a door, oldest first."""
        return [link for link in self._store.links() if not _ended(link)]

    def standing(self, role: Role) -> str:
        """Return the newest link of a role that needs no round; a new one if none lasts the week.

        So whoever starts a server each morning does not leave a key behind each time.
        """
        week = _now() + datetime.timedelta(days=7)
        kept = [link for link in self.of(None) if link.role == role]
        lasting = [link for link in kept if link.expires_at is None or link.expires_at > week]
        return self.token(lasting[-1]) if lasting else self.make(role)[0]

    def token(self, link: Link) -> str:
        """Return the text that stands for a link in an address."""
        return str(self._signer.dumps(link.link))

    def enter(self, token: str, *roles: Role) -> Link:
        """Return what a token stands for, if it opens a door of one of these roles.

        Raises
        ------
        LinkError
            Whatever the reason, with the same sentence: a stranger learns nothing from it. Whoever
            holds a link that was made here and is no more (its person was erased) is told that.
        """
        signed = self._signed(token)
        link = self._store.link(signed) if signed else None
        if signed and link is None:
            raise LinkError(both("door.gone"), "gone")
        why = "forged" if link is None else _ended(link)
        if link is not None and not why and link.role not in roles:
            why = "role"
        if link is None or why:
            raise LinkError(both("door.refused"), why)
        return link

    def visiting(self, token: str) -> Link | None:
        """Return what a visitor's token stands for, or None if it opens nothing here."""
        link = self._read(token)
        return None if link is None or _ended(link) else link

    def lasting(self) -> frozenset[str]:
        """Return the ids of all links that still open something; of who was erased none is left."""
        return frozenset(link.link for link in self._store.links() if not _ended(link))

    def device(self, link: Link | None) -> str:
        """Return under what a browser keeps what the person of a link has not sent yet.

        It differs for each evaluation and each person: one device may serve several, and none of
        them shall meet what another one wrote.
        """
        person = (link.rater or link.link) if link else ""
        return sha256(f"{self.mark}/{person}".encode()).hexdigest()[:32]

    def seal(self, text: str) -> str:
        """Return a text with a signature that only this evaluation can give it."""
        return str(self._sealer.dumps(text))

    def unsealed(self, text: str) -> str:
        """Return the text that was sealed; an empty one if it was not, or not here."""
        try:
            return str(self._sealer.loads(text))
        except BadData:
            return ""

    def revoke(self, links: Iterable[Link]) -> int:
        """Let links open nothing from now on, and return how many were still open."""
        return self._store.revoke_links([link.link for link in links if not _ended(link)])

    def revoke_token(self, token: str) -> int:
        """Let one link open nothing from now on, and return whether it was still open.

        Raises
        ------
        LinkError
            It is no link of this evaluation.
        """
        return self.revoke([self.find(token)])

    def find(self, token: str) -> Link:
        """Return what a token stands for, also where it opens nothing any more.

        Raises
        ------
        LinkError
            It is no link of this evaluation.
        """
        link = self._read(token)
        if link is None:
            raise LinkError(both("invite.no_link"), "forged")
        return link

    def started(self, link: str, wave: str) -> bool:
        """Return whether an id is of a device's own link that still opens a round."""
        found = self._store.link(link) if link else None
        return found is not None and (found.role, found.wave) == ("own", wave) and not _ended(found)

    def shared(self, wave: str) -> list[Link]:
        """Return every group's link of a round, also those that open nothing any more."""
        return [one for one in self._store.links() if (one.role, one.wave) == ("group", wave)]

    def handed(self, link: Link) -> list[Link]:
        """Return the links that devices were handed for a group's link, open or not."""
        return [own for own in self._store.links() if own.made_by == link.link]

    def _read(self, token: str) -> Link | None:
        """Return what a token stands for, whether or not it still opens anything."""
        signed = self._signed(token)
        return self._store.link(signed) if signed else None

    def _signed(self, token: str) -> str:
        """Return the id that a token was made for here; nothing for any other text."""
        # A signature's own decoding passes over accents, and compare_digest takes none.
        copied = _COPIED.fullmatch(token)
        if copied is None:
            return ""
        try:
            found = str(self._signer.loads(copied[1]))
        except BadData:
            return ""
        return found if compare_digest(str(self._signer.dumps(found)), copied[1]) else ""


def audience_of(link: Link) -> str:
    """Return for whom a viewer's link is: the coalition, or a named audience."""
    return link.wave.removeprefix(_FOR) if link.wave else COALITION


def _ended(link: Link) -> str:
    """Return why a link opens nothing any more, or nothing."""
    if link.revoked_at is not None:
        return "revoked"
    over = link.expires_at is not None and link.expires_at < _now()
    return "expired" if over else ""


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
