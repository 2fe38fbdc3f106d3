"""Signed links: who may come through which door, decided here and nowhere in a browser."""

import datetime
from collections.abc import Iterable, Sequence
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Literal

from itsdangerous import BadData, URLSafeSerializer

from toolkit.errors import LinkError
from toolkit.storage import Link, Store
from toolkit.text import both

__all__ = ["COALITION", "DAYS", "PORTFOLIO", "Links", "Role", "audience_of"]

#: `own` is the link that a device was handed for a group's link: nobody else is shown it.
Role = Literal["rater", "own", "group", "viewer", "evaluator"]

#: How long a link opens its door, in days.
DAYS = 400

#: Who sees what is released, if nobody else is named; and what other evaluations' readers see.
COALITION, PORTFOLIO = "coalition", "portfolio"
#: Before an audience's code, where other links name their round: no round's code begins so.
_FOR = "@"


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
        self.mark = sha256(f"mark of {secret}".encode()).hexdigest()[:8]

    def make(
        self,
        role: Role,
        wave: str | None = None,
        raters: Sequence[str | None] = (None,),
        *,
        days: int = DAYS,
    ) -> list[str]:
        """Return a new token for each rater, or one for nobody in particular."""
        ends = _now() + datetime.timedelta(days=days)
        links = [Link(token_urlsafe(12), role, wave, rater, ends) for rater in raters]
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
            Whatever the reason, with the same sentence: a stranger learns nothing from it.
        """
        link = self._read(token)
        why = "forged" if link is None else _ended(link)
        if link is not None and not why and link.role not in roles:
            why = "role"
        if link is None or why:
            raise LinkError(both("door.refused"), why)
        return link

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
        link = self._read(token)
        if link is None:
            raise LinkError(both("invite.no_link"), "forged")
        return self.revoke([link])

    def _read(self, token: str) -> Link | None:
        """Return what a token stands for, whether or not it still opens anything."""
        # A signature's own decoding passes over accents, and compare_digest takes none.
        if not token.isascii():
            return None
        try:
            link = self._store.link(str(self._signer.loads(token)))
        except BadData:
            return None
        known = link is not None and compare_digest(self.token(link), token)
        return link if known else None


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
