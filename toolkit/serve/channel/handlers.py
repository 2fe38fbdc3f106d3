"""The way from a page to its kernel: for its owner alone, and for widgets alone."""

import asyncio
import re
from contextlib import suppress

from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler

from toolkit.serve.channel.frames import UnwantedError, screened
from toolkit.serve.doors.doorkeeper import door_of
from toolkit.serve.doors.identity import Guest, Held
from toolkit.serve.doors.limits import Bucket
from toolkit.serve.doors.polite import PoliteHandler

__all__ = ["ChannelHandler", "ClosingHandler", "ModelHandler"]

#: Channels that one kernel may have open: tabs that a phone kept, and one that comes back.
_MOST_CHANNELS = 6
#: Longest message in bytes: an evaluator pastes a list of partners, everybody else taps.
_LONGEST = {"evaluator": 5_000_000}
_LONGEST_USUAL = 256_000
#: Messages at once, and each second from then on: a page asks for all its parts when it opens.
_AT_ONCE, _EACH_SECOND = 300, 30
#: Unwanted messages after which the channel is closed.
_MOST_UNWANTED = 20
#: Seconds that a kernel has to keep what was tapped just before its page was closed.
_LAST_WORDS = 1.0
#: What a browser is told when its channel is closed: this is against the rules of the house.
_POLICY = 1008

#: What a page says by itself while it is looked at.
_HERE = re.compile(r'"kind":\s*"here"')

_SESSION = re.compile(r"[\w.-]{1,80}")
_V1 = "v1.kernel.websocket.jupyter.org"


class ChannelHandler(PoliteHandler, KernelWebsocketHandler):
    """Let the owner of a kernel talk to its widgets."""

    async def pre_get(self) -> None:
        """Let the owner in, unless too many channels are open."""
        if not _SESSION.fullmatch(self.get_query_argument("session_id", "none")):
            raise HTTPError(400)
        door = door_of(self)
        held = _owned(self.current_user, door.owners.get(self.kernel_id))
        if held is None:
            door.refused(self, "a kernel", "not its owner")
            raise HTTPError(403)
        if self.kernel_id not in self.kernel_manager:
            raise HTTPError(404)
        self._held, self._channels = held, door.channels[self.kernel_id]
        self.session = self.current_user.session if held.link.role == "evaluator" else ""
        if len(self._channels) >= _MOST_CHANNELS:
            door.refused(self, "a kernel", "too many channels")
            raise HTTPError(429)
        self._messages = Bucket(_AT_ONCE, _EACH_SECOND, door.clock)
        self._unwanted = 0
        self._shut = False
        self._channels.add(self)
        try:
            await super().pre_get()
        except BaseException:
            self._channels.discard(self)
            raise

    @property
    def max_message_size(self) -> int:
        """The longest message that is read; a longer one closes the channel unread."""
        return _LONGEST.get(self._held.link.role, _LONGEST_USUAL)

    def on_message(self, ws_message: str | bytes) -> None:
        """Pass a message on if a widget may need it."""
        try:
            self._allow()
            passed = screened(ws_message, v1=self.selected_subprotocol == _V1)
        except UnwantedError as why:
            self._leave_out(str(why))
            return
        if self.connection is not None and not self._shut:
            self.kernel_manager.used(self.kernel_id)
            if self.session and not _HERE.search(str(ws_message)):
                door_of(self).sessions.use(self.session)
            self.connection.handle_incoming_message(passed)

    def on_close(self) -> None:
        """Make room for another channel."""
        self._channels.discard(self)
        if self.connection is not None:
            super().on_close()

    def _allow(self) -> None:
        """Raise if too much is said."""
        if not self._messages.take():
            raise UnwantedError("too many messages")

    def _leave_out(self, why: str) -> None:
        door_of(self).refused(self, "a message", why)
        self._unwanted += 1
        if self._unwanted >= _MOST_UNWANTED:
            self.end("policy")

    def end(self, why: str) -> None:
        """Let nothing more pass, and close."""
        # Closing takes a moment, in which nothing more passes.
        self._shut = True
        self.close(_POLICY, why)


def _owned(guest: Guest | None, link: str | None) -> Held | None:
    """Return the one of somebody's links that a kernel was started for."""
    held = guest.held.values() if guest else ()
    return next((one for one in held if one.link.link == link), None)


class ModelHandler(PoliteHandler, KernelHandler):
    """Say that a kernel is there, to its owner: Voilà's bundle asks before it opens a channel."""

    SUPPORTED_METHODS = ("GET",)


class ClosingHandler(PoliteHandler, VoilaShutdownKernelHandler):
    """End the kernel of a page that was closed, for its owner.

    The beacon that a browser sends then carries no form token, so stock Voilà answers 403 and the
    kernel stays. It does carry the cookies, and where it comes from.
    """

    def check_xsrf_cookie(self) -> None:
        """Ask where the beacon comes from, in place of the form's token that it cannot carry."""
        if not self.check_origin():
            raise HTTPError(403)

    async def post(self, kernel_id: str) -> None:
        """End the kernel."""
        door = door_of(self)
        if not self.current_user.owns(door.owners.get(kernel_id)):
            door.refused(self, "a kernel", "not its owner")
            raise HTTPError(403)
        del door.owners[kernel_id]
        door.channels.pop(kernel_id, None)
        self.set_status(204)
        with suppress(StreamClosedError):  # the page is gone: nobody waits for an answer
            await self.finish()
        await asyncio.sleep(_LAST_WORDS)
        if kernel_id in self.kernel_manager:
            await self.kernel_manager.shutdown_kernel(kernel_id)
