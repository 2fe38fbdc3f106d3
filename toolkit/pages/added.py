"""What an analyst adds to a page: sections of their own, made anew whenever the page is."""

import inspect
import traceback
from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets

from toolkit.errors import EvaluationError, ToolkitError, code_place
from toolkit.pages.page import Page
from toolkit.text import both
from toolkit.widgets import ChartView, Notice

__all__ = ["Section", "added"]

#: Returns a widget or an Altair chart. It is called with the evaluation as its visitor may see it,
#: and with those of `wave` (the code of the round that is shown), `language` and `width` (of a
#: chart, in pixels) that it takes.
Section = Callable[..., Any]


def added(page: Page, sections: Iterable[Section], wave: str) -> list[ipywidgets.Widget]:
    """Return what each section shows now; of one that fails, why, to the evaluator alone."""
    found = []
    for section in sections:
        try:
            found.append(_shown(page, section, wave))
        except Exception as error:
            page.evaluation.log.exception("a section of the evaluation's own failed")
            if page.is_evaluator:
                title = page.say(
                    "section.failed", name=_name(section), place=_place(section, error)
                )
                shown = error.say(page.language) if isinstance(error, ToolkitError) else error
                found.append(Notice(**page.notice(title=title, text=str(shown), tone="stop")))
    return found


def _shown(page: Page, section: Section, wave: str) -> ipywidgets.Widget:
    taken = inspect.signature(section).parameters

    def call(width: int) -> Any:
        given = {"wave": wave, "language": page.language, "width": width}
        return section(page.evaluation, **{name: given[name] for name in given if name in taken})

    # Only who draws needs altair.
    from toolkit.charts.view import WIDTHS, view  # noqa: PLC0415

    first = call(WIDTHS[0])
    if isinstance(first, ipywidgets.Widget):
        return first
    if not hasattr(first, "to_dict"):
        raise EvaluationError(both("section.no_widget", kind=type(first).__name__))
    drawn = {width: first if width == WIDTHS[0] else call(width) for width in WIDTHS}
    specs = {width: chart.to_dict(validate=False) for width, chart in drawn.items()}
    title = specs[WIDTHS[0]].get("title") or _name(section)
    title = title["text"] if isinstance(title, dict) else title
    title = title if isinstance(title, str) else " ".join(title)
    for spec in specs.values():  # it stands above the picture
        spec.pop("title", None)
    return ChartView(
        **view(
            specs.__getitem__,
            title=title,
            description=specs[WIDTHS[0]].get("description") or title,
            headers=(),
            rows=(),
            words={},
            language=page.language,
        )
    )


def _name(section: Section) -> str:
    return getattr(section, "__name__", type(section).__name__)


def _place(section: Section, error: BaseException) -> str:
    """Return the section's line that failed; where it is no line of its own, its first."""
    code = getattr(section, "__code__", getattr(type(section).__call__, "__code__", None))
    if code is None:  # it is not written in Python
        return _name(section)
    lines = [
        frame.lineno or 0
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == code.co_filename
    ]
    return code_place(code.co_filename, lines[-1] if lines else code.co_firstlineno)
