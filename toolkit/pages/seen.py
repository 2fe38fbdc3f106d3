"""A page as its last visitor saw it: shown to the next one until their own is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from toolkit.evaluation import COALITION, Link, audience_of
from toolkit.evaluation.version import version
from toolkit.pages import kept
from toolkit.text import Language

if TYPE_CHECKING:
    from toolkit.evaluation import Evaluation
    from toolkit.pages.page import Page

__all__ = ["find_seen", "keeping_seen", "seen_as"]

_NOTEBOOK = "dashboard.ipynb"


@contextmanager
def keeping_seen(page: "Page", role: str) -> Iterator[None]:
    """Keep what a page shows once it is made, for all who see the same, until anything changes."""
    if not page.visit.served:  # in a notebook it has no way home, and nobody comes after
        yield
        return
    name = _name(page.evaluation, role, page.language)
    yield
    # What changed meanwhile, such as a round withdrawn, may or may not be in it: nothing is kept.
    if kept.find(name) is None and name == _name(page.evaluation, role, page.language):
        kept.keep(name, _parts(page))


def find_seen(evaluation: "Evaluation", role: str, language: Language) -> Any:
    """Return what was kept: `scripts` and `styles` by component, and `parts` in their order.

    None where nothing stands: nobody of the role has opened the page since something changed.
    """
    return kept.find(_name(evaluation, role, language))


def seen_as(link: Link | None) -> str:
    """Return what tells apart those who are shown different figures."""
    if link is None or link.role != "viewer":
        return "evaluator"
    audience = audience_of(link)
    return "viewer" if audience == COALITION else f"viewer {audience}"


def _name(evaluation: "Evaluation", role: str, language: Language) -> str:
    # A notebook may name another round to open with, and may be changed to.
    changed = (evaluation.folder / _NOTEBOOK).stat().st_mtime_ns
    return kept.key("seen", role, language, str(changed), version(evaluation))


def _parts(page: "Page") -> dict[str, Any]:
    named = [(type(part).__name__, part) for part in page.children]
    return {
        "scripts": {name: part._esm for name, part in named},  # noqa: SLF001
        "styles": {name: part._css for name, part in named},  # noqa: SLF001
        "parts": [[name, part.state] for name, part in named],
    }
