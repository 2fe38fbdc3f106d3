"""What a session's page says to everybody: where the room is, what it answered, what it agreed."""

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.evaluation import Figures, Room, Sheet, State, Wave
from toolkit.instruments import Indicator
from toolkit.pages.page import Page
from toolkit.pages.rate import texts as rate_texts
from toolkit.widgets import (
    BallotState,
    Button,
    Component,
    Figure,
    HeadChoices,
    MastheadState,
    NoticeState,
    Progress,
    StageState,
)

__all__ = [
    "VIEWS",
    "anchored",
    "ballot",
    "consent",
    "head",
    "result",
    "show",
    "stage",
    "step_name",
    "told",
    "wind",
]

#: What a facilitator's screen can be for: to lead, to show the room what it sees, both at once.
VIEWS = ("", "room", "both")
#: What helps a group to talk about where it stands (domain reference, 8.5).
_PROMPTS = ("other", "fact", "step", "absent", "stop")
_SHOWN = ("open", "talk", "recorded")


def show(component: Component, state: Mapping[str, Any]) -> None:
    """Send a state to the screens if it says anything new; a timer runs on by itself."""
    if _still(component.state) != _still(state and component.filled(state)):
        component.state = state


def _still(state: Mapping[str, Any]) -> dict[str, Any]:
    timer = state.get("timer")
    return {**state, "timer": timer and timer["set"], "focus": None}


def wind(component: Component, state: State) -> None:
    """Send what is left of a timer once more: phones that sleep lose count."""
    shown = component.state
    if shown.get("timer") and state.left is not None:
        component.state = {**shown, "timer": {**shown["timer"], "left": round(state.left, 2)}}


def head(
    page: Page, wave: Wave | None, waves: Sequence[Wave] = (), view: str | None = None
) -> MastheadState:
    """Return the masthead; of a facilitator's screen, with the rounds and what it is used for."""
    coalition = page.evaluation.settings.coalition.name or page.say("setup.unnamed")
    subtitle = page.say("rate.round", coalition=coalition, wave=wave.text) if wave else coalition
    title = page.say("consensus.page", coalition=coalition)
    more: HeadChoices = {}
    if wave and len(waves) > 1:
        names = [(known.code, known.text[page.language]) for known in waves]
        more = {"choices": names, "choice": wave.code, "choice_label": page.say("dashboard.round")}
    if view is not None:
        views = [(name, page.say(f"consensus.view_{name or 'lead'}")) for name in VIEWS]
        more |= {"views": views, "view": view, "view_label": page.say("consensus.view")}
    return page.head(page.say("consensus.title"), subtitle, title, **more)


def step_name(page: Page, room: Room, indicator: str, value: int) -> str:
    """Return a step's number with its name."""
    steps = room.instrument.scale_of(indicator).steps
    return page.say("consensus.step", value=value, name=steps[value])


def anchored(page: Page, room: Room, line: Indicator, *, every: bool) -> list[tuple[int, str, str]]:
    """Return a statement's steps: number, name, anchor; all of them, or those with an anchor."""
    steps = room.instrument.scale_of(line.code).steps
    between = page.say("rate.between")
    language = page.language
    return [
        (
            step,
            name[language],
            line.anchors[step][language] if step in line.anchors else between * line.between(step),
        )
        for step, name in steps.items()
        if every or step in line.anchors
    ]


def stage(
    page: Page, room: Room, state: State, *, big: bool, mine: tuple[str, str] | None = None
) -> StageState:
    """Return what everybody sees; `mine` is a person's own answer, on their phone alone."""
    line = room.lines.get(state.indicator)
    shown: StageState = {
        "kicker": "",
        "title": "",
        "text": "",
        "steps": [],
        "count": None,
        "timer": None,
        "figures": [],
        "facts": [],
        "items": [],
        "picture": None,
        "address": "",
        "at": f"{state.subject}/{state.stage}",
        "big": big,
        "language": page.language,
        "words": page.words(),
    }
    if state.left is not None and state.timer is not None:
        shown["timer"] = {"left": round(state.left, 2), "set": state.timer[1]}
    if line is None or state.stage in {"closed", "wait"}:
        return {**shown, **_around(page, room, state, big=big)}
    section = room.instrument.section_of(line.code).title[page.language]
    asked = line.text if state.voting and not big else line.question or line.text
    shown["kicker"] = page.say("consensus.kicker", title=section, code=line.code)
    shown["title"] = asked[page.language]
    if state.stage in {"rate", "again", "talk"}:
        shown["text"] = page.say(f"consensus.{state.stage}")
    if state.voting:
        return _asking(page, room, state, line, shown)
    return _looking(page, room, state, mine, shown)


def _around(page: Page, room: Room, state: State, *, big: bool) -> StageState:
    """Return what is said before the first statement, and after the last."""
    # Nobody stands at any statement: the same words whichever was the last.
    said: StageState = {"title": page.say(f"consensus.{state.stage}_title"), "timer": None}
    said["text"] = page.say(
        "consensus.wait_big" if big and state.stage == "wait" else f"consensus.{state.stage}"
    )
    if state.stage == "wait":
        count = room.joined
        label = page.say("consensus.joined" if count else "consensus.joined_none", count=count)
        said["count"] = {"label": label, "value": count, "total": 0}
    return said


def _asking(page: Page, room: Room, state: State, line: Indicator, shown: StageState) -> StageState:
    """Return what is asked, and how many have answered."""
    answers, joined = room.answered(state), room.joined
    joined = max(joined, answers)
    label = page.say("consensus.answered", answers=answers, joined=joined)
    label = label if answers else page.say("dashboard.answered_none")
    steps = anchored(page, room, line, every=False) if shown.get("big") else []
    count: Progress = {"label": label, "value": answers, "total": joined}
    return {**shown, "steps": steps, "count": count}


def _looking(
    page: Page, room: Room, state: State, mine: tuple[str, str] | None, shown: StageState
) -> StageState:
    """Return what came out, and what the group agreed on."""
    figures = [
        result(page, room, state.indicator, seen)
        for seen in reversed(room.figures(state.indicator))
    ]
    facts = [mine] if mine else []
    if state.stage == "recorded" and (agreed := room.consensus(state.indicator)) is not None:
        facts = [*_agreed(page, room, state.indicator, agreed), *facts]
    talking = state.stage == "talk"
    items = [page.say(f"consensus.prompt_{name}") for name in _PROMPTS] if talking else []
    return {**shown, "figures": figures, "facts": facts, "items": items}


def _agreed(
    page: Page, room: Room, indicator: str, agreed: Mapping[str, Any]
) -> list[tuple[str, str]]:
    value = agreed["value"]
    step = page.say("consensus.apart") if value is None else step_name(page, room, indicator, value)
    told = [(page.say("consensus.agreed"), step)]
    notes = (name for name in ("dissent", "fact") if agreed[name])
    return [*told, *((page.say(f"consensus.{name}"), agreed[name]) for name in notes)]


def result(page: Page, room: Room, indicator: str, seen: Figures) -> Figure:
    """Return what the room sees of one ballot, and in words what is masked and why."""
    bars: list[tuple[str, int, float]] = []
    if seen.steps:
        most = max(seen.steps)
        bars = [
            (step_name(page, room, indicator, step), people, people / most)
            for step, people in enumerate(seen.steps, room.instrument.scale_of(indicator).first)
        ]
    title = page.say("consensus.result", ballot=seen.ballot, count=seen.answered)
    return {"title": title, "bars": bars, "lines": told(page, seen)}


def told(page: Page, seen: Figures) -> list[str]:
    """Return in sentences what may be told of one ballot, and what is masked and why."""
    privacy = page.evaluation.settings.privacy
    if seen.dont_know is not None and seen.dont_know == seen.answered:
        return [page.say("consensus.all_unknown")]
    lines = []
    if seen.low is not None:
        key = "consensus.median_one" if seen.low == seen.high else "consensus.median_two"
        lines.append(page.say(key, low=seen.low, high=seen.high))
    if seen.reading:
        lines.append(page.say(f"dashboard.{seen.reading}"))
    if seen.dont_know:
        lines.append(page.say("consensus.unknown", count=seen.dont_know))
    if seen.shown == "statistic":
        few = (seen.n or 0) < privacy.minimum_distribution
        key, least = ("few", privacy.minimum_distribution) if few else ("near", 0)
        lines.append(page.say(f"consensus.detail_{key}", minimum=least))
    elif seen.shown == "nothing":
        key = "consensus.near" if seen.dont_know is None else "consensus.steps_few"
        lines.append(page.say(key, minimum=privacy.minimum))
    return lines


def ballot(page: Page, room: Room, state: State, given: Mapping[str, Any] | None) -> BallotState:
    """Return the question on a phone; nothing while no answers are taken."""
    line = room.lines.get(state.indicator) if state.voting else None
    language = page.language
    return {
        "subject": state.subject if line else "",
        "question": (line.question or line.text)[language] if line else "",
        "about": page.say("consensus.silent"),
        "steps": anchored(page, room, line, every=True) if line else [],
        "given": {"value": given["value"]} if line and given else None,
        "key": page.device_key("session", room.wave),
        "language": language,
        "words": page.words(),
    }


def consent(page: Page, wave: Wave | None, sheet: Sheet) -> NoticeState:
    """Return what a person is told, and agrees to, before their first vote."""
    told = rate_texts.consent(page, wave, sheet)
    length = page.say("consent.length")  # of the whole form, which is not asked here
    facts: Sequence[tuple[str, str]] = [fact for fact in told.get("facts", ()) if fact[0] != length]
    button: Button = {"name": "agree", "label": page.say("consensus.agree"), "primary": True}
    return {**told, "facts": facts, "buttons": [button]}
