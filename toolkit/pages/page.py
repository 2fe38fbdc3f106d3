"""What every page does: speak one language at a time, answer what it hears, fail aloud."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from typing import Any, TypedDict, Unpack

import ipywidgets

from toolkit.errors import LinkError, ToolkitError
from toolkit.evaluation import SLOTS, Evaluation, Link, Snapshot
from toolkit.evaluation.serving import served_at
from toolkit.evaluation.visit import Visit
from toolkit.pages.failures import PASSING, speak_plainly
from toolkit.pages.pictures import draw_charts
from toolkit.pages.table import PAGE
from toolkit.text import Language, say
from toolkit.widgets import (
    CardsState,
    Component,
    HeadChoices,
    Masthead,
    MastheadState,
    Notice,
    NoticeState,
    Said,
)

__all__ = ["Page", "Titled"]

speak_plainly()

#: Where links point while nothing serves them: at `agir serve` as it starts.
_USUAL = "http://127.0.0.1:8866/lien/"
draw_charts()


class Titled(TypedDict):
    """A heading with what is said under it."""

    title: str
    text: str


class Page(ipywidgets.VBox):
    """A page over an evaluation.

    Parameters
    ----------
    evaluation
        What it is about.
    link
        A token to open it with, in a notebook that nobody serves. A served page is opened with the
        visitor's own and with no other, whatever a notebook says.
    """

    #: Its row in the table of pages, which says whose links open it. Without one it is part of a
    #: notebook of the evaluation's own, and whoever that was opened for may see it.
    name = ""

    #: Failures that may pass: the browser keeps what it sent, and sends it again.
    passing: tuple[type[ToolkitError], ...] = PASSING

    #: Whether the browser says now and then that somebody looks.
    followed = False

    #: The code of the round that was chosen in the masthead; empty where none is to choose.
    chosen = ""

    children: tuple[Any, ...]

    def __init__(self, evaluation: Evaluation, link: str = "") -> None:
        super().__init__()
        self.evaluation = evaluation
        #: Where its figures come from: the evaluation as it is, or a release of it.
        self.source: Evaluation | Snapshot = evaluation
        self.visit = Visit.now()
        self.language: Language = self.visit.language or evaluation.language
        self._token = self.visit.token if self.visit.served else link
        self.masthead = Masthead(**self.head("", ""))
        self.listen(self.masthead, self._masthead_said)
        self.link: Link | None = None
        try:
            self.link = self._enter()
            self.build()
        except LinkError as error:
            self.refuse(self.say("door.refused_title"), error.say(self.language))
        except ToolkitError as error:
            self.refuse(self.say("app.cannot_open"), self.concerning(error, "app.not_now"))
        except Exception:
            self.evaluation.log.exception("a page could not open")
            self.refuse(self.say("app.cannot_open"), self.say("app.failed"))

    def _enter(self) -> Link | None:
        """Return the link that the page is opened with; None in the evaluator's own notebook.

        Looked up again before anything is done for it: one that was revoked does nothing more.

        Raises
        ------
        LinkError
            It does not open this page, or not any more.
        """
        if not (self._token or self.visit.served):
            return None
        slots = PAGE[self.name].roles if self.name else SLOTS
        return self.evaluation.links.enter(
            self._token, *(role for slot in slots for role in SLOTS[slot])
        )

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

    @property
    def address(self) -> str:
        """What stands before a token in a link: of the server that serves this folder, if any."""
        return self.visit.address or served_at(self.evaluation.folder) or _USUAL

    def say(self, key: str, **values: Any) -> str:
        """Return a sentence in the page's language."""
        return say(key, self.language, **values)

    def device_key(self, *about: str) -> str:
        """Return under what a device keeps what it has not sent yet; see `Links.device`."""
        part = sha256("/".join(about).encode()).hexdigest()[:16]
        return f"{self.evaluation.links.device(self.link)}/{part}"

    def head(
        self, title: str, subtitle: str, page: str = "", **more: Unpack[HeadChoices]
    ) -> MastheadState:
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
            "leave": (f"{home}?lang={self.language}&leave=1", self.say("home.leave"))
            if home
            else None,
            "followed": self.followed,
            "words": self.words(),
            **more,
        }

    def words(self) -> dict[str, str]:
        """Return what components say otherwise on a page that is served than in a notebook."""
        return {"lost": self.say("app.lost")} if self.visit.served else {}

    def titled(self, key: str) -> Titled:
        """Return the title and the text that `words.yaml` has as `key_title` and `key`."""
        return {"title": self.say(f"{key}_title"), "text": self.say(key)}

    def notice(self, **state: Unpack[NoticeState]) -> NoticeState:
        """Return the state of a notice in the page's language."""
        return {"language": self.language, "words": self.words(), **state}

    def cards(self, **state: Unpack[CardsState]) -> CardsState:
        """Return the state of cards in the page's language."""
        return {"language": self.language, "words": self.words(), **state}

    def listen(self, component: Component, handler: Callable[[Said], str | None]) -> None:
        """Let a handler act on what a component says; what it returns is shown as done."""

        def heard(change: dict[str, Any]) -> None:
            said: Said = change["new"]
            component.received(said)
            # ipywidgets swallows what a callback raises (issue 2949): answer, whatever happens.
            try:
                self._enter()
                message = handler(said) or ""
            except ToolkitError as error:
                passing = isinstance(error, self.passing)
                message = self.concerning(error, "app.kept_here")
                component.reply(said, ok=False, message=message, retry=passing)
                if not passing:
                    self.refused()
            except Exception:
                self.evaluation.log.exception("a page failed")
                component.reply(said, ok=False, message=self.say("app.failed"))
            else:
                component.reply(said, message=message)

        component.observe(heard, "value")

    def concerning(self, error: ToolkitError, others: str) -> str:
        """Return what somebody is told of a failure; of one that passes, the log keeps the rest.

        The evaluator's files and lines are for the evaluator: others are told what concerns them.
        """
        if not isinstance(error, self.passing):
            return error.say(self.language)
        self.evaluation.log.warning("%s", error.say("en"))
        return error.say(self.language) if self.is_evaluator else self.say(others)

    @property
    def is_evaluator(self) -> bool:
        """Whether it is the evaluator who looks: by their link, or in their own notebook."""
        if self.link is None:
            return not self._token and not self.visit.served
        return self.link.role == "evaluator"

    def refuse(self, title: str, text: str) -> None:
        """Show why the page stays shut, and nothing else."""
        self.masthead.state = self.head(self.say("app.name"), "")
        self.children = (Notice(**self.notice(title=title, text=text, tone="stop")),)

    def _masthead_said(self, said: Said) -> None:
        if said.kind == "here":
            self.heard()
        elif said.kind == "choice":
            with self._all_or_nothing():
                self.choose(str(said.data.get("choice", "")))
        elif said.kind == "view":
            self.view(str(said.data.get("view", "")))
        elif said.data.get("language") in {"fr", "en"}:
            with self._all_or_nothing():
                self.language = said.data["language"]
                self.refresh()

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Send what a page turns to in one go, once all of it is made; if it fails, nothing of it.

        A heading that goes first would stand over the figures of before for as long as others take.
        """
        parts = (self, *self.children)
        shown = [(part, part.state) for part in parts if isinstance(part, Component)]
        language, chosen, children = self.language, self.chosen, self.children
        with ExitStack() as held:
            for part in parts:
                held.enter_context(part.hold_sync())
            try:
                yield
            except Exception:
                self.language, self.chosen, self.children = language, chosen, children
                for part, state in shown:
                    part.state = state
                raise
