"""What the plan says: the state of its components."""

from collections.abc import Mapping, Sequence

from toolkit.evaluation import Wave
from toolkit.evaluation.plan import OBSTACLES, STATUSES, Action, Note, Priority
from toolkit.instruments import Section
from toolkit.pages.page import Page, Titled
from toolkit.text import today
from toolkit.widgets import (
    Button,
    Card,
    CardsState,
    Field,
    MastheadState,
    NoteGroup,
    NoteLine,
    NotesState,
    Nothing,
    NoticeState,
)

__all__ = ["action_form", "actions", "before", "head", "notes", "priorities", "priority_form"]

#: How many priorities a round may have.
_MOST = 3

Said = Mapping[str, str]


def head(page: Page, visible: Sequence[Wave], wave: Wave | None) -> MastheadState:
    """Return the masthead, with the choice of a round."""
    coalition = page.evaluation.settings.coalition.name or page.say("setup.unnamed")
    title = page.say("plan.page", coalition=coalition)
    return page.head(
        page.say("plan.title"),
        coalition,
        title,
        choices=[(seen.code, seen.text[page.language]) for seen in visible],
        choice=wave.code if wave else "",
        choice_label=page.say("dashboard.round"),
    )


def notes(
    page: Page, wave: Wave, kept: Mapping[str, Note], said: Said, tags: Mapping[str, list[str]]
) -> NotesState:
    """Return every figure of a round, each with the group's note."""
    groups = [_group(page, part, kept, said, tags) for part in asked(page, wave)]
    known = {line["code"] for group in groups for line in group["lines"]}
    gone = [code for code, note in kept.items() if code not in known and note.text]
    lines = [_line(code, code, page.say("plan.withdrawn_note"), kept) for code in gone]
    if lines:
        title = page.say("plan.withdrawn_title")
        groups.append({"code": "gone", "title": title, "count": "", "open": True, "lines": lines})
    return {
        "title": page.say("plan.notes"),
        "text": page.say("plan.notes_text"),
        "groups": groups,
        "words": page.words(),
        "wave": wave.code,
        "key": page.device_key("plan-notes", wave.code),
        "language": page.language,
    }


def _group(
    page: Page,
    part: Section,
    kept: Mapping[str, Note],
    said: Said,
    tags: Mapping[str, list[str]],
) -> NoteGroup:
    codes = [part.code, *(line.code for line in part.indicators)]
    titles = [page.say("plan.whole", title=part.title)]
    titles += [line.text[page.language] for line in part.indicators]
    lines = [
        _line(code, title, said.get(code, ""), kept, tag=" · ".join(tags.get(code, [])))
        for code, title in zip(codes, titles, strict=True)
    ]
    written = sum(bool(line["note"]) for line in lines)
    talk = sum(bool(line["tag"]) for line in lines)
    counts = [page.say("plan.to_discuss", count=talk)] if talk else []
    counts += [page.say("plan.note_count", count=written)] if written else []
    return {
        "code": part.code,
        "title": part.title[page.language],
        "count": " · ".join(counts),
        "open": bool(written),
        "lines": lines,
    }


def _line(
    code: str, title: str, figure: str, kept: Mapping[str, Note], *, tag: str = ""
) -> NoteLine:
    note = kept.get(code, Note())
    return {
        "code": code,
        "title": title,
        "figure": figure,
        "tag": tag,
        "note": note.text,
        "number": note.number,
    }


def asked(page: Page, wave: Wave) -> list[Section]:
    """Return the conditions, then the modules that a round asked."""
    instrument = page.evaluation.instrument_of(wave.code)
    modules = [part for part in instrument.modules if part.code in wave.modules]
    return [*instrument.form(short=page.evaluation.settings.form == "short"), *modules]


def priorities(page: Page, wave: Wave, kept: Sequence[Priority], said: Said) -> CardsState:
    """Return a card for each priority, with where its figure stands."""
    moves = [("reword", page.say("plan.reword")), ("withdraw", page.say("plan.withdraw"))]
    actions: list[Button] = [{"name": name, "label": label} for name, label in moves]
    cards: list[Card] = []
    for one in kept:
        about = _named(page, wave.code, one.about)
        lines = [page.say("plan.about_is", about=about)] if about else []
        lines += [said[one.about]] if one.about in said else []
        title = page.say("plan.priority_is", slot=one.slot, text=one.text)
        cards.append({"code": one.slot, "title": title, "lines": lines, "actions": actions})
    return page.cards(**_under(page, "priorities"), cards=cards)


def priority_form(
    page: Page, wave: Wave, kept: Sequence[Priority], editing: Priority | None, *, other: bool
) -> NoticeState | None:
    """Return the form for a priority; none when three are set and none is being reworded."""
    if editing is None and len(kept) >= _MOST:
        return None
    options = [("", page.say("plan.about_none"))]
    for part in asked(page, wave):
        options.append((part.code, part.title[page.language]))
        lines = [(line.code, line.text[page.language]) for line in part.indicators]
        options += [(code, page.say("plan.inside", text=text)) for code, text in lines]
    chosen = editing.about if editing else ""
    fields: list[Field] = [
        _field(page, "text", editing.text if editing else ""),
        {**_field(page, "about", chosen), "options": _with(options, chosen)},
    ]
    form = f"{wave.code} {editing.slot if editing else len(kept)}"
    facts = [(page.say("plan.stands"), editing.text)] if editing and other else []
    key = "plan.reword_title" if editing else "plan.priority_new"
    return _form(page, key, fields, form, facts=facts, editing=editing is not None)


def actions(page: Page, kept: Sequence[Action], said: Said) -> CardsState:
    """Return a card for each action that was decided after a round."""
    now = {one.code: [said[one.indicator]] for one in kept if one.indicator in said}
    cards = [_card(page, one, now.get(one.code, [])) for one in kept]
    return page.cards(**_under(page, "actions"), cards=cards)


def before(
    page: Page, kept: Sequence[Action], moved: Mapping[str, list[str]], names: Said
) -> CardsState | Nothing:
    """Return what was decided in earlier rounds, what became of it, and whether a figure moved."""
    if not kept:
        return {}
    tally = {status: sum(one.status == status for one in kept) for status in STATUSES}
    text = "\n\n".join([page.say("plan.tally", **tally), page.say("plan.before_text")])
    cards = []
    for one in kept:
        decided = page.say("plan.decided", wave=names.get(one.wave, one.wave))
        cards.append(_card(page, one, [*moved.get(one.code, []), decided]))
    return page.cards(title=page.say("plan.before"), text=text, cards=cards)


def _card(page: Page, one: Action, figures: Sequence[str]) -> Card:
    lines = [page.say(f"plan.is_{one.status}"), page.say("plan.who_is", who=one.who)]
    if one.by:
        late = one.standing and one.by < today()
        key = "plan.by_late" if late else "plan.by_is"
        lines.append(page.say(key, day=one.by))
    if one.reason:
        lines.append(page.say("plan.reason_is", reason=one.reason))
    if one.obstacle:
        lines.append(page.say("plan.obstacle_is", obstacle=page.say(f"plan.{one.obstacle}")))
    if one.indicator:
        lines.append(page.say("plan.indicator_is", text=_named(page, one.wave, one.indicator)))
        lines += figures
    return {
        "code": f"{one.wave} {one.code}",
        "title": one.what,
        "lines": lines,
        "tone": "plain" if one.status != "dropped" else "masked",
        "actions": [{"name": "edit", "label": page.say("plan.edit")}],
    }


def action_form(
    page: Page, wave: Wave, count: int, editing: Action | None, *, other: bool
) -> NoticeState:
    """Return the form for an action: a new one, or what became of one."""
    one = editing or Action("", wave.code, "", "")
    obstacles = [("", page.say("plan.obstacle_none"))]
    obstacles += [(name, page.say(f"plan.{name}")) for name in OBSTACLES]
    lines = [(line.code, line.text) for part in asked(page, wave) for line in part.indicators]
    options = [("", page.say("plan.indicator_none"))]
    options += [(code, text[page.language]) for code, text in lines]
    fields: list[Field] = [
        _field(page, "what", one.what),
        _field(page, "who", one.who),
        {**_field(page, "by", one.by.isoformat() if one.by else ""), "type": "date"},
        {**_field(page, "obstacle", one.obstacle), "options": obstacles},
        {**_field(page, "indicator", one.indicator), "options": _with(options, one.indicator)},
    ]
    if editing:
        statuses = [(name, page.say(f"plan.is_{name}")) for name in STATUSES]
        fields.append({**_field(page, "status", one.status), "options": statuses})
        fields.append({**_field(page, "reason", one.reason), "type": "textarea"})
    form = f"{wave.code} {one.wave} {one.code or count}"
    facts = []
    if other:
        stands = [one.what, one.who, page.say(f"plan.is_{one.status}"), one.reason]
        facts = [(page.say("plan.stands"), " · ".join(filter(None, stands)))]
    key = "plan.edit_title" if editing else "plan.action_new"
    return _form(page, key, fields, form, facts=facts, editing=editing is not None)


def _form(
    page: Page,
    key: str,
    fields: list[Field],
    form: str,
    *,
    facts: list[tuple[str, str]],
    editing: bool,
) -> NoticeState:
    buttons: list[Button] = [{"name": "keep", "label": page.say("plan.keep"), "primary": True}]
    if editing:
        buttons.append({"name": "cancel", "label": page.say("plan.cancel")})
    title = page.say(key)
    return page.notice(title=title, fields=fields, buttons=buttons, facts=facts, form=form)


def _field(page: Page, name: str, value: str) -> Field:
    return {"name": name, "label": page.say(f"plan.field_{name}"), "value": value}


def _with(options: list[tuple[str, str]], code: str) -> list[tuple[str, str]]:
    """Return options with a code that is no longer offered: nobody's choice is changed silently."""
    return options if code in dict(options) else [*options, (code, code)]


def _named(page: Page, wave: str, code: str) -> str:
    """Return what a round calls a condition or an indicator; one that it has not, by its code."""
    instrument = page.evaluation.instrument_of(wave)
    titles = {part.code: part.title for part in instrument.sections}
    line = instrument.indicators.get(code)
    found = line.text if line else titles.get(code)
    return found[page.language] if found else code


def _under(page: Page, name: str) -> Titled:
    """Return a heading, and what stands under it."""
    return {"title": page.say(f"plan.{name}"), "text": page.say(f"plan.{name}_text")}
