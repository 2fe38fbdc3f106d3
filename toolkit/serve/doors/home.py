"""What the home page says: the doors that somebody's links open, and nothing of the others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from toolkit.errors import ToolkitError
from toolkit.evaluation import Evaluation, Link, Wave
from toolkit.evaluation.keeping import due
from toolkit.pages.own import label, own_pages, pages_of
from toolkit.pages.table import EVALUATOR, PAGE, Row
from toolkit.serve.doors.confirmed import changed
from toolkit.serve.doors.identity import Held, slot_of
from toolkit.text import LANGUAGES, Language, say

__all__ = ["Button", "Home", "asking", "home_page", "leaving"]


@dataclass(frozen=True, slots=True)
class Button:
    """One way on: a page's path, or with `who` a form that does something first.

    What the form sends besides is in `more`.
    """

    label: str
    path: str = ""
    who: str = ""
    about: str = ""
    primary: bool = True
    more: tuple[tuple[str, str], ...] = ()


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
    changed
        For each notebook that changed: what is asked of the evaluator, how to look at it, and how
        to show it to others.
    leave
        The button with which a device is left.
    waiting
        What is said where the browser still keeps answers under one of these names; see
        `Links.device`.
    faults
        What keeps the page from being shown, or its evaluator should mend, by language.
    """

    language: Language
    coalition: str = ""
    title: str = ""
    text: str = ""
    buttons: tuple[Button, ...] = ()
    doors: tuple[Button, ...] = ()
    changed: tuple[tuple[str, Button, Button], ...] = ()
    leave: Button | None = None
    waiting: tuple[str, tuple[str, ...]] | None = None
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
    def sends(self) -> bool:
        """Whether a button sends a form."""
        return bool(self.changed or self.leave or any(button.who for button in self.buttons))

    @property
    def paragraphs(self) -> list[str]:
        """The text, part by part."""
        return [part for part in self.text.split("\n\n") if part.strip()]


def home_page(evaluation: Evaluation, held: Mapping[str, Held], language: Language) -> Home:
    """Return what somebody sees who holds these links."""
    faults: tuple[tuple[str, str], ...]
    try:
        coalition = evaluation.settings.coalition.name or say("setup.unnamed", language)
        title, text, buttons = _answering(evaluation, held, language)
        changed = _changed(evaluation, language) if "evaluator" in held else ()
        text = "\n\n".join(filter(None, (text, _reminder(evaluation, held, language))))
    except ToolkitError as error:
        faults = tuple((code, error.say(code)) for code in LANGUAGES)
        return Home(language, title=say("app.cannot_open", language), faults=faults)
    doors = _doors(evaluation, held, language)
    leave = Button(say("home.leave", language), who="leave", primary=False)
    faults = _broken(evaluation, held, language)
    shown = (language, coalition, title, text, buttons, doors, changed, leave)
    return Home(*shown, faults=faults)


def _reminder(evaluation: Evaluation, held: Mapping[str, Held], language: Language) -> str:
    """Return what an evaluator is reminded of: people were told how long their answers are kept."""
    state = due(evaluation) if "evaluator" in held else ""
    until = evaluation.settings.privacy.keep_until
    return say(f"keep.{state}", language, until=until) if state else ""


def _broken(
    evaluation: Evaluation, held: Mapping[str, Held], language: Language
) -> tuple[tuple[str, str], ...]:
    """Return what an evaluator is told while what the settings said before stands."""
    if EVALUATOR not in held:
        return ()
    told = [problem.say(language) for problem in own_pages(evaluation)[1]]
    if fault := evaluation.fault:
        told.insert(0, say("home.broken", language, fault=fault.say(language)))
    return tuple((language, text) for text in told)


def asking(
    evaluation: Evaluation, link: Link, held: Mapping[str, Held], language: Language
) -> Home | None:
    """Return what is asked before a device takes a link; None where nothing is.

    A group's link is nobody's, and the next round's link of the same person takes no one's place.
    """
    slot = slot_of(link)
    before = held[slot].link if slot in held else None
    if slot == "group" or (before and before.link == link.link):
        return None
    same = before is not None and slot == "rater" and before.rater == link.rater
    begun = bool(link.rater) and not same and evaluation.sheet(str(link.wave), link.rater).begun
    parts = [key for key, found in (("held", before and not same), ("begun", begun)) if found]
    if not parts:
        return None
    return Home(
        language,
        evaluation.settings.coalition.name or say("setup.unnamed", language),
        say(f"door.{parts[-1]}_title", language),
        "\n\n".join(say(f"door.{part}", language) for part in parts),
        (
            Button(say(f"door.{parts[-1]}_yes", language), who="me"),
            Button(say(f"door.{parts[-1]}_no", language), primary=False),
        ),
    )


def leaving(
    evaluation: Evaluation, held: Mapping[str, Held], language: Language, address: str
) -> Home:
    """Return what is asked before a device forgets its links: one that nobody else has is shown."""
    parts = [say("home.leaving", language)]
    if "rater" in held and held["rater"].link.role == "own":
        parts.append(say("home.leaving_own", language, address=address + held["rater"].token))
    names = tuple({evaluation.links.device(one.link): None for one in held.values()})
    return Home(
        language,
        evaluation.settings.coalition.name or say("setup.unnamed", language),
        say("home.leaving_title", language),
        "\n\n".join(parts),
        (
            Button(say("home.leave", language), who="left"),
            Button(say("home.stay", language), primary=False),
        ),
        waiting=(say("home.leaving_waiting", language), names),
    )


def _changed(evaluation: Evaluation, language: Language) -> tuple[tuple[str, Button, Button], ...]:
    """Return what the evaluator is asked of each notebook that others do not see as it is."""
    shared = {row.notebook: row for row in pages_of(evaluation) if row.shared}
    asked = []
    for name, digest in changed(evaluation, shared).items():
        row = shared[name]
        page = label(row, language)
        never = row.title and not evaluation.confirmed(name)
        look = Button(say("home.look", language), _path(row), primary=False)
        more = (("notebook", name), ("digest", digest))
        show = Button(say("home.confirm", language), who="confirm", more=more)
        told = say("home.not_shown" if never else "home.changed", language, page=page, file=name)
        asked.append((told, look, show))
    return tuple(asked)


def _doors(
    evaluation: Evaluation, held: Mapping[str, Held], language: Language
) -> tuple[Button, ...]:
    own = _wave(evaluation, held, "rater")
    answering = own is not None and own.status == "open"
    activities = own.activities if own and answering else ()

    def opens(row: Row) -> bool:
        if EVALUATOR in held:
            return row.work
        if row.title is None:  # of the package: a round says which of them it asks people to open
            return row.name in activities or ("viewer" in held and "viewer" in row.roles)
        return any(role in held and (role != "rater" or answering) for role in row.roles)

    return tuple(_door(row, language) for row in pages_of(evaluation) if opens(row))


def _door(row: Row, language: Language) -> Button:
    about = "" if row.title else say(f"home.{row.name}", language)
    return Button(label(row, language), _path(row), about=about)


def _path(row: Row) -> str:
    return f"voila/render/{quote(row.notebook)}"


def _answering(
    evaluation: Evaluation, held: Mapping[str, Held], language: Language
) -> tuple[str, str, tuple[Button, ...]]:
    """Return what somebody is told who was asked to answer, and with what they start."""
    asked = [held[slot].link.wave for slot in ("group", "rater") if slot in held]
    wave = _wave(evaluation, held, "group")
    own = _wave(evaluation, held, "rater")
    if wave and wave.status == "open":
        start = Button(say("home.start", language), who="start")
        go_on = Button(say("home.go_on", language), _path(PAGE["rate"]))
        other = Button(say("home.other", language), who="other", primary=False)
        if own == wave:
            key, more = ("home.known", (other,)) if wave.shared else ("home.yours", ())
            return _starting(evaluation, wave, language, key, go_on, *more)
        return _starting(evaluation, wave, language, "home.welcome", start)
    wave = own or wave
    if wave and wave.status == "open":
        answer = Button(say("home.answer", language), _path(PAGE["rate"]))
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
    join = Button(label, who="join") if buttons[0].who else Button(label, _path(PAGE["consensus"]))
    alone = say("home.alone", language) if key == "home.welcome" else ""
    rest = (replace(one, primary=False, label=alone or one.label) for one in buttons)
    return *_said("home.session", wave, language), (join, *rest)


def _wave(evaluation: Evaluation, held: Mapping[str, Held], slot: str) -> Wave | None:
    return evaluation.settings.wave(str(held[slot].link.wave)) if slot in held else None


def _said(key: str, wave: Wave, language: Language) -> tuple[str, str]:
    return say(f"{key}_title", language), say(key, language, wave=wave.text)
