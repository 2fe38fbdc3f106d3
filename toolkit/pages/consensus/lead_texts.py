"""What a facilitator reads and presses: the next move, the record, the order, the sheet."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

import segno

from toolkit.evaluation import Session, State
from toolkit.pages.consensus.texts import anchored, step_name
from toolkit.pages.page import Page, Titled
from toolkit.widgets import Button, Field, Nothing, NoticeState, PaperState

__all__ = ["alike", "code", "counted", "forewarned", "lead", "order", "paper", "past", "record"]

#: The timers that can be set, in minutes.
_MINUTES = (2, 5)
#: What can be done at each stage: the name of a move and of its words, the usual one first.
_MOVES = {
    "closed": (("begin", "begin"),),
    "wait": (("ask", "ask"),),
    "rate": (("open", "open"), ("talk", "shut")),
    "again": (("open", "open"), ("talk", "shut")),
    "open": (("talk", "to_talk"), ("ask", "ask_again")),
    "talk": (("ask", "ask_again"),),
    "recorded": (("next", "next"), ("ask", "ask_again")),
}


class JoinCode(TypedDict):
    """How a room joins: a picture, and the address that it leads to."""

    picture: str
    address: str


def _option(page: Page, session: Session, indicator: str, why: str, *, done: bool) -> str:
    """Return how a statement is named in a list: with why it is taken up, or that it is done."""
    name = session.lines[indicator].text
    if done:
        return page.say("consensus.option_done", code=indicator, name=name)
    if why:
        reason = page.say(f"consensus.why_{why}")
        return page.say("consensus.option_why", code=indicator, name=name, why=reason)
    return page.say("consensus.option", code=indicator, name=name)


def lead(page: Page, session: Session, state: State, *, following: str | None) -> NoticeState:
    """Return what can be done now; `following` is the next statement, if any is left."""
    names = {"ask": state.indicator, "next": following}
    buttons: list[Button] = []
    for move, words in _MOVES[state.stage]:
        about = names.get(move)
        if move == "next" and about is None:
            continue
        name = session.lines[about].text if about else ""
        label = page.say(f"consensus.{words}", name=name)
        buttons.append({"name": move, "label": label, "primary": not buttons})
    if state.stage != "closed":
        buttons += _always(page, state)
    _sign(buttons, state.number)
    stage = "rate" if state.voting else state.stage
    name = session.lines[state.indicator].text if state.indicator in session.lines else ""
    return page.notice(
        title=page.say("consensus.lead"),
        text=page.say(f"consensus.lead_{stage}", name=name),
        buttons=buttons,
    )


def _always(page: Page, state: State) -> list[Button]:
    if state.timer is None:
        timers: list[Button] = [
            {"name": f"timer_{minutes}", "label": page.say("consensus.minutes", minutes=minutes)}
            for minutes in _MINUTES
        ]
    else:
        timers = [{"name": "stop", "label": page.say("consensus.stop")}]
    key = "consensus.code_hide" if state.coded else "consensus.code_show"
    code_button: Button = {"name": "code", "label": page.say(key)}
    shown = [] if state.stage == "wait" else [code_button]  # people come in: it is there anyway
    return [*timers, *shown, {"name": "close", "label": page.say("consensus.close")}]


def _sign(buttons: list[Button], seen: int | str) -> None:
    """Let what is pressed say what was seen: somebody else may have moved the room meanwhile."""
    for button in buttons:
        button["name"] = f"{button['name']}@{seen}"


def alike(page: Page, state: State) -> NoticeState:
    """Return the warning before a ballot is opened in which all gave the same answer."""
    names = ("open_anyway", "leave")
    buttons: list[Button] = [
        {"name": name, "label": page.say(f"consensus.{name}")} for name in names
    ]
    _sign(buttons, state.number)
    return page.notice(**page.titled("consensus.alike"), buttons=buttons, tone="stop")


def counted(page: Page, session: Session, state: State) -> NoticeState | Nothing:
    """Return the form for how many people came by the code: it proves nothing about who votes."""
    if not (state.voting or state.stage == "wait"):
        return {}
    waiting = session.waiting(state) if state.voting else 0
    values = {"count": waiting, "counted": session.counted or 0}
    text = page.say("consensus.uncounted", **values) if waiting else page.say("consensus.count")
    told = "" if session.counted is None else str(session.counted)
    field: Field = {"name": "count", "label": page.say("consensus.count_label"), "type": "number"}
    return page.notice(
        title=page.say("consensus.count_title"),
        text=text,
        form=f"count {told}",
        fields=[{**field, "min": 0, "value": told}],
        buttons=[{"name": "count", "label": page.say("consensus.count_keep")}],
        tone="stop" if waiting else "plain",
    )


def forewarned(page: Page, text: str) -> str:
    """Return what a room reads while it votes, with what opening the ballot may tell."""
    return f"{text}\n\n{page.say('consensus.alike_before')}"


def past(page: Page, *, recorded: bool) -> NoticeState:
    """Return what is said where nobody can join: whether there is something to look back at."""
    if recorded:
        return page.notice(**page.titled("consensus.past"))
    # Where another round is open, it is the one to choose.
    return page.notice(
        **page.titled(f"consensus.{'past_none' if page.evaluation.open_wave else 'no_round'}")
    )


def record(page: Page, session: Session, state: State) -> NoticeState | Nothing:
    """Return the form for what the group agreed on, once the room has talked or looked."""
    if state.stage not in {"open", "talk", "recorded"}:
        return {}
    before = session.consensus(state.indicator)
    steps = session.lines[state.indicator]
    options = [("", page.say("consensus.choose"))]
    options += [
        (str(step), step_name(page, session, state.indicator, step))
        for step, _, _ in anchored(page, session, steps, every=True)
    ]
    options.append(("apart", page.say("consensus.apart")))
    told = before or {"value": None, "dissent": "", "fact": ""}
    value = "" if before is None else "apart" if told["value"] is None else str(told["value"])
    step: Field = {"name": "value", "label": page.say("consensus.record_step"), "value": value}
    # While it is typed a timer may start: what counts is that the statement stays.
    button: Button = {"name": f"record@{state.subject}", "label": page.say("consensus.record_do")}
    return page.notice(
        title=page.say("consensus.record"),
        form=state.subject,
        fields=[
            {**step, "options": options},
            *(_written(page, name, told[name]) for name in ("dissent", "fact")),
        ],
        buttons=[{**button, "primary": True}],
    )


def _written(page: Page, name: str, value: str) -> Field:
    label = page.say(f"consensus.record_{name}")
    return {"name": name, "label": label, "type": "textarea", "value": value, "rows": 2}


def order(
    page: Page, session: Session, state: State, codes: Iterable[str], why: Mapping[str, str]
) -> NoticeState:
    """Return the statements in the order that is proposed, any of which can be taken up."""
    agreed = session.agreed
    listed = [
        (code, _option(page, session, code, why.get(code, ""), done=code in agreed))
        for code in codes
    ]
    text = page.say("consensus.order_text" if why else "consensus.order_usual")
    shape: Titled = {"title": page.say("consensus.order"), "text": text}
    if state.stage == "closed":
        first = [
            (
                page.say("consensus.option", code=code, name=session.lines[code].text),
                page.say(f"consensus.why_{reason}"),
            )
            for code, reason in why.items()
            if code in session.lines
        ]
        return page.notice(**shape, facts=first)
    label = page.say("consensus.order_to")
    field: Field = {"name": "to", "label": label, "options": listed, "value": state.indicator}
    button: Button = {"name": "go", "label": page.say("consensus.order_go")}
    return page.notice(**shape, form=state.indicator, fields=[field], buttons=[button])


def code(page: Page, token: str) -> JoinCode:
    """Return the QR code of the link that a group joins by, with its address."""
    address = f"{page.address}{token}"
    picture = segno.make(address, error="m").svg_data_uri(scale=6, border=2)
    return {"picture": picture, "address": address}


def paper(page: Page, session: Session, codes: Sequence[str]) -> PaperState:
    """Return the sheet that is filled in by show of hands."""
    evaluation, language = page.evaluation, page.language
    wave = evaluation.settings.wave(session.wave)
    coalition = evaluation.settings.coalition.name or page.say("setup.unnamed")
    head = page.say("rate.round", coalition=coalition, wave=wave.text if wave else "")
    lines = [session.lines[indicator] for indicator in codes]
    return {
        "title": page.say("consensus.paper"),
        "text": page.say("consensus.paper_text"),
        "print": page.say("consensus.paper_print"),
        "head": [page.say("consensus.title"), head],
        "lines": [
            {
                "code": line.code,
                "text": line.text[language],
                "question": (line.question or line.text)[language],
                "steps": anchored(page, session, line, every=True),
            }
            for line in lines
        ],
        "language": language,
    }
