"""What the home page says: the doors that somebody's links open, and nothing of the others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from toolkit.errors import ToolkitError
from toolkit.evaluation import Evaluation, Wave
from toolkit.serve.doors.identity import Held
from toolkit.text import LANGUAGES, Language, say

__all__ = ["Button", "Home", "home_page"]

#: What an evaluator opens, in the order of their work.
_WORK = ("setup", "dashboard", "strategy", "relations", "consensus", "plan", "release", "portfolio")
_PAGES = {name: f"voila/render/{name}.ipynb" for name in ("rate", *_WORK)}


@dataclass(frozen=True, slots=True)
class Button:
    """One way on: a page's path, or with `who` a form that makes a person first."""

    label: str
    path: str = ""
    who: str = ""
    about: str = ""
    primary: bool = True


@dataclass(frozen=True, slots=True)
class Home:
    """The home page in one language.

    Attributes
    ----------
    language
        The one it is in.
    coalition, title, text
        Whose page it is, and what it says first; blank lines part paragraphs.
    buttons
        What to answer with.
    doors
        The other pages that are open.
    faults
        What keeps the page from being shown, in each language.
    """

    language: Language
    coalition: str = ""
    title: str = ""
    text: str = ""
    buttons: tuple[Button, ...] = ()
    doors: tuple[Button, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Each language with its own name."""
        return [("fr", say("app.french", "fr")), ("en", say("app.english", "en"))]

    @property
    def switch(self) -> str:
        """What the choice of language is called."""
        return say("app.language", self.language)

    @property
    def enrols(self) -> bool:
        """Whether a button makes a person."""
        return any(button.who for button in self.buttons)

    @property
    def paragraphs(self) -> list[str]:
        """The text, part by part."""
        return [part for part in self.text.split("\n\n") if part.strip()]


def home_page(evaluation: Evaluation, held: Mapping[str, Held], language: Language) -> Home:
    """Return what somebody sees who holds these links."""
    try:
        coalition = evaluation.settings.coalition.name or say("setup.unnamed", language)
        title, text, buttons = _answering(evaluation, held, language)
    except ToolkitError as error:
        faults = tuple((code, error.say(code)) for code in LANGUAGES)
        return Home(language, title=say("app.cannot_open", language), faults=faults)
    return Home(language, coalition, title, text, buttons, _doors(evaluation, held, language))


def _doors(
    evaluation: Evaluation, held: Mapping[str, Held], language: Language
) -> tuple[Button, ...]:
    own = _wave(evaluation, held, "rater")
    names: list[str] = list(own.activities) if own and own.status == "open" else []
    names += ["dashboard"] if "viewer" in held else []
    if "evaluator" in held:  # a folder may be older than a page
        names = [name for name in _WORK if (evaluation.folder / f"{name}.ipynb").is_file()]
    return tuple(
        Button(say(f"cli.{name}", language), _PAGES[name], about=say(f"home.{name}", language))
        for name in names
    )


def _answering(
    evaluation: Evaluation, held: Mapping[str, Held], language: Language
) -> tuple[str, str, tuple[Button, ...]]:
    """Return what somebody is told who was asked to answer, and with what they start."""
    asked = [held[slot].link.wave for slot in ("group", "rater") if slot in held]
    wave = _wave(evaluation, held, "group")
    own = _wave(evaluation, held, "rater")
    if wave and wave.status == "open":
        start = Button(say("home.start", language), who="start")
        go_on = Button(say("home.go_on", language), _PAGES["rate"])
        other = Button(say("home.other", language), who="other", primary=False)
        if own == wave:
            return _starting(evaluation, wave, language, "home.known", go_on, other)
        return _starting(evaluation, wave, language, "home.welcome", start)
    wave = own or wave
    if wave and wave.status == "open":
        answer = Button(say("home.answer", language), _PAGES["rate"])
        return _starting(evaluation, wave, language, "home.welcome", answer)
    if wave:
        return *_said("rate.closed", wave, language), ()
    if asked:
        return say("app.cannot_open", language), say("refusal.no_round", language), ()
    return say("home.title", language), "", ()


def _starting(
    evaluation: Evaluation, wave: Wave, language: Language, key: str, *buttons: Button
) -> tuple[str, str, tuple[Button, ...]]:
    """Return what somebody starts with: while a session is open, they join it first.

    What starts answers of one's own then says so, or people in the room take it for the session.
    """
    page = evaluation.folder / "consensus.ipynb"  # a folder may be older than the page
    if not page.is_file() or evaluation.room(wave.code).state.stage == "closed":
        return *_said(key, wave, language), buttons
    label = say("home.join", language)
    # Whoever has no sheet on this device becomes somebody first.
    join = Button(label, who="join") if buttons[0].who else Button(label, _PAGES["consensus"])
    alone = {"label": say("home.alone", language)} if key == "home.welcome" else {}
    rest = (replace(button, primary=False, **alone) for button in buttons)
    return *_said("home.session", wave, language), (join, *rest)


def _wave(evaluation: Evaluation, held: Mapping[str, Held], slot: str) -> Wave | None:
    return evaluation.settings.wave(str(held[slot].link.wave)) if slot in held else None


def _said(key: str, wave: Wave, language: Language) -> tuple[str, str]:
    return say(f"{key}_title", language), say(key, language, wave=wave.text)
