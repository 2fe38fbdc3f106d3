"""A chart on a page: a picture, its text, and its table when asked for."""

from pathlib import Path

from toolkit.widgets.component import Component

__all__ = ["ChartView"]

_HERE = Path(__file__).parent


class ChartView(Component):
    """Show one chart as a picture, with its text and, when asked, its table; says nothing.

    A picture runs no script, needs no library in the browser, works with no network and prints
    as it looks. State, as `charts.view` returns it: `title`, `note`, `pictures` (narrow, wide),
    `description`, `headers`, `rows`, `words`, `language`.
    """

    # Without the script that all share: a page holds a dozen of these, and each sends its own.
    _esm = (_HERE / "chart_view.js").read_text(encoding="utf-8")
    _css = (_HERE / "chart_view.css").read_text(encoding="utf-8")
