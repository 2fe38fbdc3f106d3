"""What every page does: speak one language at a time, answer what it hears, fail aloud."""

from collections.abc import Callable
from typing import Any

import ipywidgets

from toolkit.errors import LinkError, StoreError, ToolkitError
from toolkit.evaluation import Evaluation, Link, Role, Snapshot
from toolkit.pages.failures import speak_plainly
from toolkit.pages.visit import Visit
from toolkit.text import Language, say
from toolkit.widgets import Component, Masthead, Notice, Said

__all__ = ["Page"]

speak_plainly()


class Page(ipywidgets.VBox):
    """A page over an evaluation.

    Parameters
    ----------
    evaluation
        What it is about.
    link
        A token to open it with; without one, the one in the page's address.
    """

    #: Roles whose links open this page; a notebook that nobody serves is the evaluator's own.
    roles: tuple[Role, ...] = ("evaluator",)

    #: Failures that may pass: the browser keeps what it sent, and sends it again.
    passing: tuple[type[ToolkitError], ...] = (StoreError,)

    #: Whether the browser says now and then that somebody looks.
    followed = False

    children: tuple[Any, ...]

    def __init__(self, evaluation: Evaluation, link: str = "") -> None:
        super().__init__()
        self.evaluation = evaluation
        #: Where its figures come from: the evaluation as it is, or a release of it.
        self.source: Evaluation | Snapshot = evaluation
        self.visit = Visit.now()
        self.language: Language = self.visit.language or evaluation.language
        self._token = link or self.visit.token
        self.masthead = Masthead(**self.head("", ""))
        self.listen(self.masthead, self._masthead_said)
        self.link: Link | None = None
        try:
            if self._token or self.visit.served:
                self.link = evaluation.links.enter(self._token, *self.roles)
            self.build()
        except LinkError as error:
            self.refuse(self.say("door.refused_title"), error.say(self.language))
        except ToolkitError as error:
            self.refuse(self.say("app.cannot_open"), error.say(self.language))
        except Exception:
            self.evaluation.log.exception("a page could not open")
            self.refuse(self.say("app.cannot_open"), self.say("app.failed"))

    def set_state(self, sync_data: Any) -> None:
        """Take nothing from the browser: what a page is made of is decided here."""

    def build(self) -> None:
        """Make the components and show them; called once, after the link was let in."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Say everything again in the page's language."""
        raise NotImplementedError

    def choose(self, choice: str) -> None:
        """Take up what was chosen in the masthead."""

    def view(self, view: str) -> None:
        """Use the screen for what was chosen in the masthead."""

    def heard(self) -> None:
        """Note that somebody looks at the page."""

    def refused(self) -> None:
        """Show what else follows from having kept nothing of what was sent."""

    def say(self, key: str, **values: Any) -> str:
        """Return a sentence in the page's language."""
        return say(key, self.language, **values)

    def head(self, title: str, subtitle: str, page: str = "", **more: Any) -> dict[str, Any]:
        """Return the state of the masthead."""
        languages = [("fr", say("app.french", "fr")), ("en", say("app.english", "en"))]
        home = self.visit.home
        return {
            "title": title,
            "subtitle": subtitle,
            "page": page or title,
            "language": self.language,
            "languages": languages,
            "label": self.say("app.language"),
            "home": (f"{home}?lang={self.language}", self.say("app.home")) if home else None,
            "followed": self.followed,
            "words": self.words(),
            **more,
        }

    def words(self, **more: str) -> dict[str, str]:
        """Return the words that every component needs, with its own."""
        base = {key: self.say(f"app.{key}") for key in ("lost", "too_long", "working")}
        return {**base, **more}

    def notice(self, key: str = "", /, **state: Any) -> dict[str, Any]:
        """Return the state of a notice; its title and text are `key_title` and `key`."""
        texts = {"title": self.say(f"{key}_title"), "text": self.say(key)} if key else {}
        return {"language": self.language, "words": self.words(), **texts, **state}

    def listen(self, component: Component, handler: Callable[[Said], str | None]) -> None:
        """Let a handler act on what a component says; what it returns is shown as done."""

        def heard(change: dict[str, Any]) -> None:
            said: Said = change["new"]
            component.received(said)
            # ipywidgets swallows what a callback raises (issue 2949): answer, whatever happens.
            try:
                message = handler(said) or ""
            except ToolkitError as error:
                passing = isinstance(error, self.passing)
                if passing:
                    self.evaluation.log.warning("%s", error)
                message = error.say(self.language)
                component.reply(said, ok=False, message=message, retry=passing)
                if not passing:
                    self.refused()
            except Exception:
                self.evaluation.log.exception("a page failed")
                component.reply(said, ok=False, message=self.say("app.failed"))
            else:
                component.reply(said, message=message)

        component.observe(heard, "value")

    def refuse(self, title: str, text: str) -> None:
        """Show why the page stays shut, and nothing else."""
        self.masthead.state = self.head(self.say("app.name"), "")
        self.children = (Notice(**self.notice(title=title, text=text, tone="stop")),)

    def _masthead_said(self, said: Said) -> None:
        if said.kind == "here":
            self.heard()
        elif said.kind == "choice":
            self.choose(str(said.data.get("choice", "")))
        elif said.kind == "view":
            self.view(str(said.data.get("view", "")))
        elif said.data.get("language") in {"fr", "en"}:
            before, self.language = self.language, said.data["language"]
            try:
                self.refresh()
            except ToolkitError:
                self.language = before
                raise
