"""Who asks: whoever holds a link's token in a cookie that only this server can read."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import HTTPError

from toolkit.errors import LinkError, StoreError
from toolkit.evaluation import Link, Role
from toolkit.serve.doors.doorkeeper import Doorkeeper, door_of

__all__ = ["EVERY_ROLE", "SLOTS", "Guest", "GuestProvider", "Held", "hold"]

#: The cookies that one browser may hold side by side, each with the roles that it may carry.
SLOTS: dict[str, tuple[Role, ...]] = {
    "rater": ("rater", "own"),
    "group": ("group",),
    "viewer": ("viewer",),
    "evaluator": ("evaluator",),
}
EVERY_ROLE = tuple(role for roles in SLOTS.values() for role in roles)


@dataclass(frozen=True, slots=True)
class Held:
    """A link that somebody holds, and its token."""

    token: str
    link: Link


@dataclass
class Guest(User):
    """Somebody who holds at least one link that opens something.

    Attributes
    ----------
    held
        The links, by slot.
    """

    held: dict[str, Held] = field(default_factory=dict)

    def owns(self, link: str | None) -> bool:
        """Return whether a link's id is one of theirs."""
        return link is not None and link in {held.link.link for held in self.held.values()}


class GuestProvider(IdentityProvider):
    """Find a guest in the cookies of a request; no password, no token in an address."""

    auth_enabled = True
    login_available = False
    logout_available = False

    def get_user(self, handler: Any) -> Guest | None:
        """Return who asks; every link is looked up again, so that a revoked one ends at once."""
        door = door_of(handler)
        held = {}
        for slot, roles in SLOTS.items():
            token = handler.get_cookie(_name(door, slot))
            if not token:
                continue
            try:
                held[slot] = Held(token, door.evaluation.links.enter(token, *roles))
            except LinkError as error:
                if error.why == "forged":  # no link of ours ever was: somebody guesses
                    door.guessed(handler, "a cookie", error.why)
            except StoreError as error:
                raise HTTPError(503) from error
        return Guest("guest", held=held) if held else None

    def is_token_authenticated(self, handler: Any) -> bool:  # noqa: ARG002
        """Return that nobody is let off the checks of origin and of forms."""
        return False


def hold(handler: Any, token: str, link: Link) -> None:
    """Let a browser keep a link where no script, no other site and no log can read it."""
    door = door_of(handler)
    slot = next(slot for slot, roles in SLOTS.items() if link.role in roles)
    ends = link.expires_at
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    handler.set_cookie(
        _name(door, slot),
        token,
        path=handler.base_url,
        max_age=int((ends - now).total_seconds()) if ends else None,
        httponly=True,
        samesite="Lax",  # Strict would not come along when a link is opened from a message
        secure=handler.request.protocol == "https",
    )


def _name(door: Doorkeeper, slot: str) -> str:
    # Cookies know no ports: two evaluations on one host must not take each other's places.
    return f"agir-{door.evaluation.links.mark}-{slot}"
