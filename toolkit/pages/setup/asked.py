"""What a round asks beside the four conditions: modules and activities, picked by the evaluator."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from toolkit.errors import InstrumentError
from toolkit.evaluation import Difference, Evaluation, Wave
from toolkit.instruments import Section
from toolkit.pages.page import Page
from toolkit.pages.rate.texts import lasting
from toolkit.text import Language, both, say
from toolkit.widgets import Field

__all__ = ["beside", "changed", "choices", "chosen", "compared", "since_opened", "still_alike"]

#: What people are invited to do beside rating, and about how many minutes it takes them.
_ACTIVITIES = {"strategy": 5, "relations": 8}


def choices(page: Page) -> list[Field]:
    """Return the fields of a new round for what it asks beside the conditions."""
    modules = page.evaluation.instrument.modules
    lasts = {name: both("app.minutes", count=count) for name, count in _ACTIVITIES.items()}
    activities = [
        (name, page.say(f"cli.{name}"), page.say(f"setup.{name}_adds", minutes=minutes))
        for name, minutes in lasts.items()
    ]
    boxes = [(part.code, part.title[page.language], _adds(page, part)) for part in modules]
    offered: Field = {"name": "modules", "label": page.say("setup.modules"), "choices": boxes}
    offered["hint"] = page.say("setup.modules_hint")
    own: Field = {"name": "activities", "label": page.say("setup.activities")}
    own["choices"] = activities
    box = ("shared", page.say("people.shared_box"), page.say("people.shared_more"))
    shared: Field = {"name": "shared", "label": page.say("people.shared"), "choices": [box]}
    return [*([offered] if modules else []), own, *_then(page), shared]


def chosen(page: Page, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was picked, as far as it was offered: a browser may send anything."""
    modules = [section.code for section in page.evaluation.instrument.modules]
    again = [code for field in _then(page) for code, *_ in field.get("choices", ())]
    return {
        "modules": tuple(code for code in modules if code in _listed(fields.get("modules"))),
        "activities": tuple(a for a in _ACTIVITIES if a in _listed(fields.get("activities"))),
        "shared": "shared" in _listed(fields.get("shared")),
        "then": next((code for code in again if code in _listed(fields.get("then"))), None),
    }


def beside(page: Page, wave: Wave) -> list[str]:
    """Return what a round asks beside the conditions, a line for modules and one for activities."""
    asked = page.evaluation.instrument_of(wave.code).modules
    titles = {part.code: part.title[page.language] for part in asked}
    modules = [titles.get(code, code) for code in wave.modules]
    activities = [page.say(f"cli.{name}") for name in wave.activities]
    lines = [page.say("setup.with_modules", names=", ".join(modules))] if modules else []
    lines += [page.say("setup.with_activities", names=", ".join(activities))] if activities else []
    then = page.evaluation.settings.wave(wave.then) if wave.then else None
    return [*lines, page.say("setup.with_then", wave=then.text)] if then else lines


def changed(page: Page, wave: Wave) -> list[str]:
    """Return that the file of the instrument is another by now than an open round is asked with."""
    return since_opened(page.evaluation, page.language) if wave.status == "open" else []


def since_opened(evaluation: Evaluation, language: Language) -> list[str]:
    """Return how the file of the instrument differs from what the open round is asked with."""
    wave = evaluation.open_wave
    try:
        found = evaluation.changed_since(wave.code) if wave else None
    except InstrumentError as error:
        return [say("setup.file_broken", language), error.say(language)]
    return [say("setup.file_changed", language), *compared(language, found)] if found else []


def still_alike(page: Page) -> str:
    """Return what a new round can be compared on with the last one; nothing where it is all."""
    waves = page.evaluation.settings.waves
    found = page.evaluation.changed_since(waves[-1].code) if waves else None
    if found is None:
        return ""
    said = page.say("setup.new_version", wave=waves[-1].text)
    return " ".join([said, *compared(page.language, found)])


def compared(language: Language, found: Difference) -> list[str]:
    """Return in words what two versions of an instrument can be compared on, and what not."""
    said = []
    for key, titles in (("alike", found.alike), ("otherwise", found.otherwise)):
        if titles:
            names = ", ".join(title[language] for title in titles)
            said.append(say(f"setup.version_{key}", language, names=names))
    return said or [say("setup.version_words", language)]


def _then(page: Page) -> list[Field]:
    """Return the field that has the last round rated again, or why it cannot be."""
    if not page.evaluation.settings.waves:
        return []
    last = page.evaluation.settings.waves[-1]
    count = len(page.evaluation.again(last.code))
    field: Field = {"name": "then", "label": page.say("setup.then"), "choices": []}
    if not count:
        return [field | {"hint": page.say("setup.then_apart", wave=last.text)}]
    more = page.say("setup.then_adds", count=count, minutes=lasting(count))
    name = page.say("setup.then_round", wave=last.text)
    return [field | {"choices": [(last.code, name, more)]}]


def _adds(page: Page, section: Section) -> str:
    """Return how much a module adds, and who of it is asked what."""
    count = len(section.indicators)
    parts = [page.say("setup.module_adds", count=count, minutes=lasting(count))]
    names = {group.code: group.text[page.language] for group in page.evaluation.settings.groups}
    if section.paired:
        group = names.get(section.paired, section.paired)
        parts.append(page.say("setup.module_paired", group=group))
    only = Counter(group for line in section.indicators for group in line.asked_of)
    for group, lines in only.items():
        parts.append(page.say("setup.module_only", count=lines, group=names.get(group, group)))
    missing = {*only, *([section.paired] if section.paired else [])} - set(names)
    parts += [page.say("setup.module_no_group", group=group) for group in sorted(missing)]
    parts += [page.say("setup.module_plain")] if section.plain else []
    return " ".join(parts)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
