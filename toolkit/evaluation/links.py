"""Signed links: who may come through which door, decided here and nowhere in a browser."""

import datetime
from collections.abc import Sequence
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Literal

from itsdangerous import BadData, URLSafeSerializer

from toolkit.errors import LinkError
from toolkit.storage import Link, Store
from toolkit.text import both

__all__ = ["Links", "Role"]

#: `own` is the link that a device was handed for a group's link: nobody else is shown it.
Role = Literal["rater", "own", "group", "viewer", "evaluator"]

#: How long a link opens its door, in days.
_DAYS = 400


class Links:
    """Make the links of one evaluation, and read them back.

    A token is a random id, signed with the evaluation's own key; what it stands for (role, round,
    person, end) is kept in the store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._signer = URLSafeSerializer(store.secret(), salt="agir-link")

    def make(
        self, role: Role, wave: str | None = None, raters: Sequence[str | None] = (None,)
    ) -> list[str]:
        """Return a new token for each rater, or one for nobody in particular."""
        ends = _now() + datetime.timedelta(days=_DAYS)
        links = [Link(token_urlsafe(12), role, wave, rater, ends) for rater in raters]
        self._store.add_links(links)
        return [self.token(link) for link in links]

    def of(self, wave: str | None) -> list[Link]:
        """Return the links of a round that still open a door; with None, those of no round."""
        return [link for link in self._store.links() if link.wave == wave and not _ended(link)]

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
        refused = LinkError(both("door.refused"))
        # A signature's own decoding passes over accents, and compare_digest takes none.
        if not token.isascii():
            raise refused
        try:
            link = self._store.link(str(self._signer.loads(token)))
        except BadData as error:
            raise refused from error
        if link is None or not compare_digest(self.token(link), token):
            raise refused
        if _ended(link) or link.role not in roles:
            raise refused
        return link


def _ended(link: Link) -> bool:
    over = link.expires_at is not None and link.expires_at < _now()
    return over or link.revoked_at is not None


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
