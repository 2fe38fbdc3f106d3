"""A plain table with a caption: what a chart cannot say in a few marks."""

from collections.abc import Sequence
from typing import Required, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.state import State

__all__ = ["Cell", "Table", "TableState"]

#: A text, or blocks of lines, of which the first line names each.
Cell = str | Sequence[Sequence[str]]


class TableState(State, total=False):
    """What a table is told.

    Attributes
    ----------
    title
        Its heading; where it is empty, nothing is shown.
    headers, rows
        What stands over its columns, and in its cells: a text, or blocks of lines.
    text
        What stands above it; blank lines part paragraphs.
    wide
        Whether its cells hold sentences.
    print
        The label of a button that prints it alone; without one, there is none.
    """

    title: Required[str]
    headers: Required[Sequence[str]]
    rows: Required[Sequence[Sequence[Cell]]]
    text: str
    wide: bool
    print: str


class Table(Component):
    """Show rows under headers.

    Messages
    --------
    None.

    Examples
    --------
    >>> Table(title="Who answered", headers=["Group", "People"], rows=[["Parents", "12"]])
    Table(title='Who answered')
    """

    _esm = shared_script("table")
    _css = shared_style("table")

    def __init__(self, **state: Unpack[TableState]) -> None:
        super().__init__(**state)
