"""What the strategy page says before anything is weighed: the state of its components."""

from toolkit.evaluation import Wave
from toolkit.evaluation.strategy import Purpose
from toolkit.evaluation.strategy.questions import CORE, ELEMENTS, OBSTACLES, STEPS, TAGS, WAYS
from toolkit.pages.page import Page
from toolkit.pages.rate.texts import outcome
from toolkit.widgets import (
    Button,
    Card,
    CardsState,
    Field,
    HeadChoices,
    LadderState,
    MastheadState,
    NoticeState,
    Option,
    Question,
    QuestionPart,
    QuestionsState,
    Way,
)

__all__ = ["form", "head", "intro", "ladder", "legitimate", "new", "own_list", "shut", "work_list"]


def head(page: Page, wave: Wave | None, waves: tuple[Wave, ...] = ()) -> MastheadState:
    """Return the masthead; with rounds to choose from where there are several."""
    coalition = page.evaluation.settings.coalition.name or page.say("setup.unnamed")
    subtitle = page.say("rate.round", coalition=coalition, wave=wave.text) if wave else coalition
    more: HeadChoices = {}
    if wave and len(waves) > 1:
        names = [(known.code, known.text[page.language]) for known in waves]
        more = {"choices": names, "choice": wave.code, "choice_label": page.say("dashboard.round")}
    title = page.say("purpose.page", coalition=coalition)
    return page.head(page.say("purpose.title"), subtitle, title, **more)


def intro(page: Page, wave: Wave | None) -> NoticeState:
    """Return what an evaluator does here, whether people answer too, and if nobody did yet."""
    strategy, said = page.evaluation.strategy, [page.say("purpose.intro")]
    if wave and wave.code not in strategy.rounds:
        said.append(page.say("purpose.round_empty", wave=wave.text))
    if wave and wave.status == "open":
        asked = strategy.asked(wave.code)
        key = "purpose.people_asked" if asked else "purpose.people_not_asked"
        said.append(page.say(key, wave=wave.text))
    return page.notice(title=page.say("purpose.intro_title"), text="\n\n".join(said))


def legitimate(page: Page) -> NoticeState:
    """Return the sentence that always stands, and whose rules these are."""
    text = f"{page.say('strategy.all_legitimate')}\n\n{page.say('purpose.rules')}"
    return page.notice(title=page.say("purpose.legitimate_title"), text=text)


def ladder(
    page: Page,
    *,
    editable: bool = False,
    weighed: bool = False,
    fits: str = "",
    title: str = "",
    text: str = "",
) -> LadderState:
    """Return the four ways side by side.

    Once they were weighed, the one that fits is named if there is one, and what each asks for is
    said beside it by the obstacles.
    """
    examples = page.evaluation.strategy.examples
    parts = [page.say(f"purpose.part_{element}") for element in ELEMENTS]
    ways: list[Way] = [
        {
            "code": way,
            "name": page.say(f"strategy.{way}"),
            "about": page.say(f"purpose.{way}_is"),
            "asks": "" if weighed else page.say(f"purpose.{way}_asks"),
            "parts": parts[: place + 1],
            "example": examples.get(way, ""),
            "mark": page.say("purpose.fits") if way == fits else "",
        }
        for place, way in enumerate(WAYS)
    ]
    return {
        "title": title or page.say("purpose.ladder"),
        "text": text or page.say("purpose.ladder_text"),
        "ways": ways,
        "editable": editable,
        "language": page.language,
        "words": page.words(),
    }


def work_list(page: Page, wave: str, purposes: list[Purpose]) -> CardsState:
    """Return a card for each purpose, with what an evaluator can do about it."""
    strategy = page.evaluation.strategy
    people = strategy.people(wave)
    asked = strategy.asked(wave) or bool(people)
    cards = []
    for purpose in purposes:
        agreed = bool(strategy.answer(wave, purpose.code))
        lines = [page.say("purpose.answered", count=people.get(purpose.code, 0))] if asked else []
        lines.append(page.say("purpose.agreed" if agreed else "purpose.not_agreed"))
        key = "change" if agreed else "agree"
        actions: list[Button] = [
            {"name": "agree", "label": page.say(f"purpose.{key}"), "primary": not agreed},
            {"name": "look", "label": page.say("purpose.look"), "primary": agreed},
        ]
        cards.append(_card(purpose, lines, actions))
    text = page.say("purpose.list_text" if cards else "purpose.list_none")
    return page.cards(title=page.say("purpose.list"), text=text, cards=cards)


def own_list(page: Page, wave: str, rater: str, purposes: list[Purpose]) -> CardsState:
    """Return a card for each purpose, with how far the person is."""
    strategy = page.evaluation.strategy
    cards = []
    for purpose in purposes:
        given = strategy.answer(wave, purpose.code, rater)
        done = sum(question in given for question in CORE)
        if strategy.closed(wave, purpose.code):
            line, key = page.say("purpose.over"), "see"
        else:
            line = page.say("purpose.progress", done=done, total=len(CORE))
            key = "review" if given else "answer"
        action: Button = {"name": "answer", "label": page.say(f"purpose.{key}")}
        action["primary"] = not given
        # Nobody looks at an answer that they never gave and can give no more.
        cards.append(_card(purpose, [line], [] if key == "see" and not given else [action]))
    title, text = page.say("purpose.list"), page.say("purpose.own_text")
    return page.cards(title=title, text=text, cards=cards)


def new(page: Page) -> NoticeState:
    """Return the small form that adds a purpose."""
    # A notice keeps what was typed by the field's name: the field of the next purpose is empty.
    name = f"name-{len(page.evaluation.strategy.purposes)}"
    field: Field = {
        "name": name,
        "label": page.say("purpose.name"),
        "hint": page.say("purpose.such_as"),
    }
    button: Button = {"name": "add", "label": page.say("purpose.add"), "primary": True}
    return page.notice(title=page.say("purpose.new"), fields=[field], buttons=[button])


def shut(page: Page, why: str, wave: Wave | None) -> NoticeState:
    """Return why there is nothing to answer."""
    if why == "not_asked" and wave and wave.status != "open":
        return outcome(page, "closed", wave)
    text = page.say(f"purpose.{why}", wave=wave.text if wave else "")
    return page.notice(title=page.say(f"purpose.{why}_title"), text=text)


def form(
    page: Page, purpose: Purpose, wave: str, rater: str, *, focus: bool = False
) -> QuestionsState:
    """Return the questions about one purpose: a person's, or without one the group's."""
    strategy = page.evaluation.strategy
    given = strategy.answer(wave, purpose.code, rater)
    about = "purpose.form_own" if rater else "purpose.form_group"
    parts = [
        _need(page, wave),
        *(_obstacle(page, wave, name, own=bool(rater)) for name in OBSTACLES),
    ]
    return {
        "title": purpose.name,
        "about": page.say(about),
        "subject": purpose.code,
        "parts": [*parts, _practice(page)],
        "answers": given,
        "back": page.say("purpose.back"),
        "next": None if rater else page.say("purpose.look_now"),
        "key": page.device_key("strategy", str(wave), str(rater)),
        "open": not rater or not strategy.closed(wave, purpose.code),
        "focus": focus,
        "language": page.language,
        "words": page.words(),
    }


def _need(page: Page, wave: str) -> QuestionPart:
    line = page.evaluation.strategy.lines(wave)["need"]
    options: list[Option] = [
        {"value": int(step), "anchor": line.anchors[int(step)][page.language]} for step in STEPS
    ]
    asked = (line.question or line.text)[page.language]
    question: Question = {"code": "need", "text": asked}
    question["options"] = [*options, _unknown(page)]
    return {"title": line.text[page.language], "text": "", "questions": [question]}


def _obstacle(page: Page, wave: str, obstacle: str, *, own: bool) -> QuestionPart:
    """Return how far one obstacle is overcome, where it comes from, and what would lift it."""
    line, language = page.evaluation.strategy.lines(wave)[obstacle], page.language
    steps: list[Option] = [
        {"value": int(step), "anchor": line.anchors[int(step)][language]} for step in STEPS
    ]
    tags: list[Option] = [{"value": tag, "anchor": page.say(f"purpose.{tag}")} for tag in TAGS]
    asked = (line.question or line.text)[language]
    lift: Question = {"code": f"{obstacle}.lift", "text": page.say("purpose.lift")}
    lift["hint"] = page.say("purpose.lift_private" if own else "purpose.lift_shared")
    more: list[Question] = [
        {"code": f"{obstacle}.tag", "text": page.say("purpose.tag"), "options": tags},
        lift,
    ]
    question: Question = {"code": obstacle, "text": asked}
    question["options"] = [*steps, _unknown(page)]
    return {
        "title": line.text[language],
        "text": "",
        "questions": [question],
        "more": {"label": page.say("purpose.more"), "questions": more},
    }


def _practice(page: Page) -> QuestionPart:
    options: list[Option] = [
        {"value": mark, "label": page.say(f"purpose.mark_{mark}")} for mark in ("yes", "no")
    ]
    options.append(_unknown(page))
    questions: list[Question] = [
        {
            "code": f"did.{element}",
            "text": page.say(f"purpose.did_{element}"),
            "options": options,
            "short": True,
        }
        for element in ELEMENTS
    ]
    title, text = page.say("purpose.practice"), page.say("purpose.practice_text")
    return {"title": title, "text": text, "questions": questions}


def _unknown(page: Page) -> Option:
    return {"value": "dont_know", "label": page.say("rate.dont_know"), "aside": True}


def _card(purpose: Purpose, lines: list[str], actions: list[Button]) -> Card:
    return {"code": purpose.code, "title": purpose.name, "lines": lines, "actions": actions}
