"""From a link to the doors that it opens: its token leaves the address at once, for a cookie."""

from asyncio import to_thread
from urllib.parse import urlencode

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.ioloop import IOLoop
from tornado.web import HTTPError

from toolkit.errors import LinkError, StoreError, ToolkitError
from toolkit.serve.doors.admission import asked_language
from toolkit.serve.doors.doorkeeper import door_of
from toolkit.serve.doors.home import home_page
from toolkit.serve.doors.identity import EVERY_ROLE, hold
from toolkit.serve.doors.polite import PoliteHandler
from toolkit.serve.kernels import warm

__all__ = ["HomeHandler", "LinkHandler"]

#: The slots of those who look at figures.
_LOOK = {"evaluator", "viewer"}


class _Entrance(PoliteHandler):
    def go(self, path: str = "") -> None:
        """Send the browser on, in the language that it came in."""
        lang = self.get_query_argument("lang", "")
        query = f"?{urlencode({'lang': lang})}" if lang in {"fr", "en"} else ""
        self.set_header("Cache-Control", "no-store")
        self.redirect(f"{self.base_url}{path}{query}", status=303)


class LinkHandler(_Entrance):
    """Take a link's token out of the address.

    No kernel starts here: programs that make previews of links in messages come by, too.
    """

    def decode_argument(self, value: bytes, name: str | None = None) -> str:
        """Return a part of an address; what is no text is no token either."""
        try:
            return str(super().decode_argument(value, name))
        except HTTPError:
            return ""

    @allow_unauthenticated
    def get(self, token: str) -> None:
        """Keep the token in a cookie and show the doors, or the one polite page."""
        if not door_of(self).patient(self):
            raise HTTPError(429)
        try:
            link = door_of(self).evaluation.links.enter(token, *EVERY_ROLE)
        except LinkError as error:
            door_of(self).guessed(self, "a link", error.why)
            raise HTTPError(404) from error  # as of an address that never was
        except StoreError as error:
            raise HTTPError(503) from error
        hold(self, token, link)
        self.go()

    head = get


class HomeHandler(_Entrance):
    """Show the doors that a browser's links open."""

    @allow_unauthenticated
    def get(self) -> None:
        """Write the page; without a link, the polite one."""
        guest = self.current_user
        if guest is None:
            self.polite(200)
            return
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        shown = home_page(door_of(self).evaluation, guest.held, asked_language(self))
        if not _LOOK.isdisjoint(guest.held):
            # What draws figures wakes while they choose: it takes the time of a glance. A hall of
            # people who answer need not carry it, and whoever leads them has opened this page.
            IOLoop.current().add_callback(warm)
        form = self.xsrf_form_html() if shown.enrols else ""
        self.finish(self.page("home.html", page=shown, form=form))

    @allow_unauthenticated
    async def post(self) -> None:
        """Hand this device a link of its own for a group's, and open the round."""
        held = self.current_user.held if self.current_user else {}
        if "group" not in held:
            door_of(self).refused(self, "a group", "no link")
            raise HTTPError(403)
        wave = str(held["group"].link.wave)
        who = self.get_body_argument("who", "")
        page = "consensus" if who == "join" else "rate"
        again = "rater" in held and held["rater"].link.wave == wave
        if again and who != "other":
            self.go(f"voila/render/{page}.ipynb")  # a button pressed twice makes one person
            return
        if not door_of(self).enrols(self):
            raise HTTPError(429)
        await self._enrol(wave, page)

    async def _enrol(self, wave: str, page: str) -> None:
        evaluation = door_of(self).evaluation
        try:
            round_ = evaluation.settings.wave(wave)
            if round_ is None or round_.status != "open":
                self.go()  # where it is said
                return
            token = await to_thread(evaluation.enrol, wave)  # it may wait for its turn to write
            link = evaluation.links.enter(token, "own")
        except LinkError as error:
            door_of(self).refused(self, "a group", error.why)
            raise HTTPError(403) from error
        except ToolkitError as error:
            raise HTTPError(503) from error
        hold(self, token, link)
        self.go(f"voila/render/{page}.ipynb")
