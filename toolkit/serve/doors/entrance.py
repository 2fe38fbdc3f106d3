"""From a link to the doors that it opens: its token leaves the address at once, for a cookie."""

from asyncio import sleep, to_thread
from urllib.parse import urlencode

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.ioloop import IOLoop
from tornado.web import HTTPError

from toolkit.errors import LinkError, StoreError, ToolkitError
from toolkit.evaluation import Link
from toolkit.pages.own import page_of
from toolkit.serve.doors.admission import asked_language
from toolkit.serve.doors.doorkeeper import door_of
from toolkit.serve.doors.home import Home, asking, home_page, leaving
from toolkit.serve.doors.identity import EVERY_ROLE, Guest, hold, leave, shut, start, started
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

    def show(self, page: Home, action: str = "") -> None:
        """Write a page of buttons; what they send goes to `action`."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        form = self.xsrf_form_html() if page.sends else ""
        self.finish(self.page("home.html", page=page, form=form, action=action))


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
        """Keep the token in a cookie and show the doors, or the one polite page.

        Where that would take another's place on this device, or show somebody else's answers, it is
        asked first.
        """
        link = self._entered(token)
        if link is None:
            return
        guest = self.current_user
        evaluation = door_of(self).evaluation
        try:
            asked = asking(evaluation, link, guest.held if guest else {}, asked_language(self))
        except ToolkitError as error:
            raise HTTPError(503) from error
        if asked is None:
            hold(self, token, link)
            self.go()
        else:
            self.show(asked, f"lien/{token}")

    head = get

    @allow_unauthenticated
    def post(self, token: str) -> None:
        """Keep the token: whoever holds it said that it is theirs."""
        if link := self._entered(token):
            hold(self, token, link)
            self.go()

    def _entered(self, token: str) -> Link | None:
        """Return what a token stands for; None once it was said that it is no more."""
        try:
            return door_of(self).evaluation.links.enter(token, *EVERY_ROLE)
        except LinkError as error:
            if error.why == "gone":
                self.polite(403, "door.gone")
                return None
            few = door_of(self).guessed(self, "a link", error.why)
            # The first as of an address that never was.
            raise HTTPError(404 if few else 429) from error
        except StoreError as error:
            raise HTTPError(503) from error


class HomeHandler(_Entrance):
    """Show the doors that a browser's links open."""

    @allow_unauthenticated
    def get(self) -> None:
        """Write the page; without a link, the polite one."""
        guest = self.current_user
        if guest is None:
            self.polite(200, shut(self))
            return
        if self.get_query_argument("leave", ""):
            self._ask_to_leave(guest)
            return
        shown = home_page(door_of(self).evaluation, guest.held, asked_language(self))
        if not _LOOK.isdisjoint(guest.held):
            # What draws figures wakes while they choose: it takes the time of a glance. A hall of
            # people who answer need not carry it, and whoever leads them has opened this page.
            IOLoop.current().add_callback(warm)
        self.show(shown)

    @allow_unauthenticated
    async def post(self) -> None:
        """Do what a button says: begin in a group's round, leave, show a notebook to others."""
        who = self.get_body_argument("who", "")
        guest = self.current_user
        if who == "confirm" and guest is not None:
            self._confirm(guest)
        elif who == "leave" and guest is not None:
            self._ask_to_leave(guest)
        elif who == "left":
            leave(self)
            self.go()
        else:
            await self._begin(who)

    def _ask_to_leave(self, guest: Guest) -> None:
        door, language = door_of(self), asked_language(self)
        self.show(leaving(door.evaluation, guest.held, language, door.address))

    def _confirm(self, guest: Guest) -> None:
        """Keep that a notebook may be shown to others, as the evaluator has it on the screen."""
        notebook = self.get_body_argument("notebook", "")
        try:
            known = page_of(door_of(self).evaluation, notebook)
            if "evaluator" not in guest.held or known is None:
                door_of(self).refused(self, "a notebook", "another role")
                raise HTTPError(403)
            door_of(self).evaluation.confirm(notebook, self.get_body_argument("digest", "")[:64])
        except ToolkitError as error:
            raise HTTPError(503) from error
        self.go()

    async def _begin(self, who: str) -> None:
        """Hand this device a link of its own for a group's, and open the round."""
        held = self.current_user.held if self.current_user else {}
        if "group" not in held:
            door_of(self).refused(self, "a group", "no link")
            raise HTTPError(403)
        wave = str(held["group"].link.wave)
        page = "consensus" if who == "join" else "rate"
        again = "rater" in held and held["rater"].link.wave == wave
        if again and not (who == "other" and self._shared(wave)):
            self.go(f"voila/render/{page}.ipynb")  # a button pressed twice makes one person
            return
        await self._enrol(held["group"].link, page)

    def _shared(self, wave: str) -> bool:
        """Return whether several people may answer on this device, one after the other."""
        try:
            round_ = door_of(self).evaluation.settings.wave(wave)
        except ToolkitError as error:
            raise HTTPError(503) from error
        return round_ is not None and round_.shared

    async def _enrol(self, group: Link, page: str) -> None:
        door, wave = door_of(self), str(group.wave)
        evaluation, before = door.evaluation, started(self)
        try:
            round_ = evaluation.settings.wave(wave)
            if round_ is None or round_.status != "open":
                self.go()  # where it is said
                return
            if not round_.shared and evaluation.links.started(before, wave):
                self.polite(403, "door.one_person")
                return
            if not door.enrols(before):
                raise HTTPError(429)
            await sleep(door.turn(group.link))
            # It may wait for its turn to write.
            token = await to_thread(evaluation.enrol, wave, group.link)
            link = evaluation.links.enter(token, "own")
        except LinkError as error:
            door_of(self).refused(self, "a group", error.why)
            raise HTTPError(403) from error
        except ToolkitError as error:
            raise HTTPError(503) from error
        hold(self, token, link)
        start(self, link)
        self.go(f"voila/render/{page}.ipynb")
