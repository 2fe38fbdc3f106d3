"""Show an analyst's own altair charts on a served page, where no script of theirs may run."""

import base64
from html import escape
from typing import Any

from IPython.core.getipython import get_ipython

from toolkit.evaluation.visit import Visit
from toolkit.text import say

__all__ = ["draw_charts"]

#: Where altair keeps what its charts are made of: by name, so that it is not read for nothing.
_CHARTS = [(f"altair.vegalite.v{number}.api", "TopLevelMixin") for number in (5, 6, 7)]
_SVG = "image/svg+xml"
_LIVE = ("altair.jupyter.jupyter_chart", "JupyterChart")


def draw_charts() -> None:
    """Let this kernel show charts without a network; as pictures alone where it is served."""
    shell = get_ipython()
    if shell is None:
        return
    formatter = shell.display_formatter.mimebundle_formatter
    for module, name in _CHARTS:
        formatter.for_type_by_name(module, name, _still)
    formatter.for_type_by_name(*_LIVE, _live)


def _still(chart: Any) -> Any:
    if not Visit.now().served:
        from toolkit.charts.view import show_offline  # noqa: PLC0415

        show_offline()
        return chart._repr_mimebundle_()  # what IPython would have asked for
    return {_SVG: _svg(chart)}, {_SVG: {"alt": _said(chart)}}


def _live(widget: Any) -> Any:
    """Show one that would react: what draws it is fetched from elsewhere, and makes new scripts."""
    visit = Visit.now()
    if not visit.served:
        return widget._repr_mimebundle_()
    picture = base64.b64encode(_svg(widget.chart).encode()).decode()
    image = f'<img alt="{escape(_said(widget.chart))}" src="data:image/svg+xml;base64,{picture}">'
    return {"text/html": f"{image}\n<p>{escape(say('page.still', visit.language or 'fr'))}</p>"}


def _svg(chart: Any) -> str:
    from toolkit.charts.view import svg  # noqa: PLC0415  # whoever answers needs none of altair

    return svg(chart)


def _said(chart: Any) -> str:
    """Return what a chart is called, for whoever does not see it."""
    from toolkit.charts.view import described  # noqa: PLC0415

    return described(chart.to_dict(validate=False))
