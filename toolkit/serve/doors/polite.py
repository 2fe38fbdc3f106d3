"""What every handler of ours does when it does not open: one page, whatever the reason."""

from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError

from toolkit.serve.doors.doorkeeper import door_of
from toolkit.serve.doors.identity import shut
from toolkit.text import LANGUAGES, both

__all__ = ["Elsewhere", "PoliteHandler"]

#: Refusals that pass with time, and so say something else than that a link is needed.
_PASSING = {429: "door.patience", 500: "app.failed", 503: "app.failed"}
#: Faults of ours, and of the store.
_FAULTS = {500, 503}


class PoliteHandler(JupyterHandler):
    """Refuse politely: no login form, no reason, no name of a file or a program."""

    def get_login_url(self) -> str:
        """Refuse whoever holds no link: there is nothing to log in to."""
        door_of(self).refused(self, "a page", "no link")
        raise HTTPError(403)

    def log_exception(self, kind: Any, fault: Any, trace: Any) -> None:
        """Write a fault of ours down with the evaluation, but no address: it may hold a token."""
        if getattr(fault, "status_code", 500) in _FAULTS:  # what was refused stands there already
            log = door_of(self).evaluation.log
            log.error("%s failed", type(self).__name__, exc_info=(kind, fault, trace))

    def write_error(self, status_code: int, **_: Any) -> None:
        """Show the one polite page."""
        self.polite(status_code, shut(self) if status_code == 403 else "")  # noqa: PLR2004

    def polite(self, status_code: int, key: str = "") -> None:
        """Show the one polite page with a status, and what it says where that may be said."""
        self.set_status(status_code)
        if status_code == 429:  # noqa: PLR2004
            self.set_header("Retry-After", "60")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        key = key or _PASSING.get(status_code, "")
        text = both(key) if key else None
        said = [(language, text[language]) for language in LANGUAGES] if text else []
        self.finish(self.page("error.html", said=said))

    def page(self, name: str, **values: Any) -> str:
        """Return a page that needs no kernel."""
        template = self.settings["voila_jinja2_env"].get_template(name)
        return str(template.render(**values))


class Elsewhere(PoliteHandler):
    """Every address that is no page: the one polite page, whatever is asked of it."""

    async def prepare(self, **_: Any) -> None:
        """Answer before anything else is looked at."""
        self.polite(404)
