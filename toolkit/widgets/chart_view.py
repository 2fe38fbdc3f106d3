"""A chart on a page: a picture, its text, and its table when asked for."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Required, Unpack

from toolkit.widgets.component import Component
from toolkit.widgets.state import State

__all__ = ["ChartState", "ChartView"]

_HERE = Path(__file__).parent


class ChartState(State, total=False):
    """What a chart is told; `charts.view` makes it.

    Attributes
    ----------
    title
        What it is called; where it is empty, nothing is shown.
    pictures
        The addresses of two pictures of it: for a phone, and for a larger screen.
    description
        What a screen reader says instead of it.
    headers, rows
        The same figures as a table.
    note
        How it is to be read.
    """

    title: Required[str]
    pictures: Required[Sequence[str]]
    description: Required[str]
    headers: Required[Sequence[str]]
    rows: Required[Sequence[Sequence[str]]]
    note: str


class ChartView(Component):
    """Show one chart as a picture, with its text and, when asked, its table.

    A picture runs no script, needs no library in the browser, works with no network and prints
    as it looks.

    Messages
    --------
    None.

    Examples
    --------
    >>> picture = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>"
    >>> ChartView(
    ...     title="Medians",
    ...     pictures=[picture, picture],
    ...     description="Common vision: 3.",
    ...     headers=["Condition", "Median"],
    ...     rows=[["Common vision", "3"]],
    ... )
    ChartView(title='Medians')
    """

    # Without the script that all share: a page holds a dozen of these, and each sends its own.
    _esm = (_HERE / "chart_view.js").read_text(encoding="utf-8")
    _css = (_HERE / "chart_view.css").read_text(encoding="utf-8")
    wording: ClassVar = {name: f"chart.{name}" for name in ("table", "chart")}

    def __init__(self, **state: Unpack[ChartState]) -> None:
        super().__init__(**state)
