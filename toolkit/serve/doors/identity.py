"""Who asks: whoever holds a link's token in a cookie that only this server can read."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import HTTPError
from tornado.websocket import WebSocketHandler

from toolkit.errors import LinkError, StoreError
from toolkit.evaluation import SLOTS, Link
from toolkit.serve.doors.doorkeeper import Doorkeeper, door_of

__all__ = [
    "EVERY_ROLE",
    "Guest",
    "GuestProvider",
    "Held",
    "hold",
    "leave",
    "shut",
    "slot_of",
    "start",
    "started",
]

#: The cookie that says that somebody started on this browser, and for how many seconds it does.
_STARTED, _REMEMBERED = "started", 400 * 86_400
#: The cookie that says until when an evaluator is here.
_SESSION = "session"
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
    session
        The evaluator's, which ends when nobody uses it; empty for everybody else.
    """

    held: dict[str, Held] = field(default_factory=dict)
    session: str = ""

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
        session = _session(handler)
        for slot, roles in SLOTS.items():
            token = handler.get_cookie(_name(door, slot))
            if not token or (slot == "evaluator" and not session):
                continue
            try:
                held[slot] = Held(token, door.evaluation.links.enter(token, *roles))
            except LinkError as error:
                if error.why == "forged":  # no link of ours ever was: somebody guesses
                    door.guessed(handler, "a cookie", error.why)
            except StoreError as error:
                raise HTTPError(503) from error
        if not held:
            return None
        return Guest("guest", held=held, session=session if "evaluator" in held else "")

    def is_token_authenticated(self, handler: Any) -> bool:  # noqa: ARG002
        """Return that nobody is let off the checks of origin and of forms."""
        return False


def hold(handler: Any, token: str, link: Link) -> None:
    """Let a browser keep a link where no script, no other site and no log can read it."""
    door = door_of(handler)
    slot = slot_of(link)
    ends = link.expires_at
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    lasts = int((ends - now).total_seconds()) if ends else None
    if slot == "evaluator":  # until the browser ends
        lasts = None
        _set(handler, _SESSION, door.sessions.start())
    _set(handler, slot, token, lasts)


def leave(handler: Any) -> None:
    """Let a browser keep no link any more, nor its open pages go on."""
    door, guest = door_of(handler), handler.current_user
    for slot in (*SLOTS, _SESSION):
        handler.clear_cookie(_name(door, slot), path=handler.base_url)
    if guest is None:
        return
    if guest.session:
        door.sessions.end(guest.session)
    for kernel, owner in door.owners.items():
        if guest.owns(owner):
            # Whoever holds the same link on another device is connected again at once.
            for channel in list(door.channels.get(kernel, ())):
                channel.end("left")


def slot_of(link: Link) -> str:
    """Return the slot that a link takes."""
    return next(slot for slot, roles in SLOTS.items() if link.role in roles)


def _session(handler: Any) -> str:
    """Return the evaluator's session, if it lasts, and have the browser note that it was used."""
    door = door_of(handler)
    found = door.sessions.read(handler.get_cookie(_name(door, _SESSION)) or "")
    if found is None:
        return ""
    session, due = found
    if due and not isinstance(handler, WebSocketHandler):
        _set(handler, _SESSION, door.sessions.kept(session))
    return session


def shut(handler: Any) -> str:
    """Return the key of what is said to a browser whose links open nothing, or nothing.

    Of an evaluator's link only the session may have ended; somebody's own may be no more.
    """
    door = door_of(handler)
    for slot, roles in SLOTS.items():
        token = handler.get_cookie(_name(door, slot))
        try:
            if token and door.evaluation.links.enter(token, *roles) and slot == "evaluator":
                return "" if _session(handler) else "door.idle"
        except LinkError as error:
            if error.why == "gone":
                return "door.gone"
        except StoreError:
            return ""
    return ""


def _set(handler: Any, slot: str, text: str, lasts: int | None = None) -> None:
    handler.set_cookie(
        _name(door_of(handler), slot),
        text,
        path=handler.base_url,
        max_age=lasts,
        httponly=True,
        samesite="Lax",  # Strict would not come along when a link is opened from a message
        secure=handler.request.protocol == "https",
    )


def start(handler: Any, link: Link) -> None:
    """Let a browser remember that somebody started on it, also once they have left.

    What it keeps names a link and opens nothing.
    """
    _set(handler, _STARTED, link.link, _REMEMBERED)


def started(handler: Any) -> str:
    """Return the id of the link that somebody last started with on a browser, or nothing."""
    return str(handler.get_cookie(_name(door_of(handler), _STARTED)) or "")[:64]


def _name(door: Doorkeeper, slot: str) -> str:
    # Cookies know no ports: two evaluations on one host must not take each other's places.
    return f"agir-{door.evaluation.links.mark}-{slot}"
