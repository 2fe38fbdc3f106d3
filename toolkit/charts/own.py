"""Charts of an analyst's own: a function from a masked frame to an Altair chart, by its name."""

import inspect
import traceback
from collections.abc import Callable
from functools import wraps
from typing import Any

import altair as alt
import pandas as pd

from toolkit.charts.frames import spoken
from toolkit.errors import ChartError, ToolkitError, code_place
from toolkit.text import both

__all__ = ["OWN", "chart"]

Draw = Callable[..., Any]

#: Every chart that was registered, by the name of its function.
OWN: dict[str, Draw] = {}


def chart(draw: Draw) -> Draw:
    """Register a chart: a function of a masked frame, as an evaluation gives it.

    The function is called with the frame's own `language`, if it takes one and none is given. What
    it draws is described, for whoever does not see it, by its `description`, else by its docstring.

    Raises
    ------
    ChartError
        When it is called: the frame was not masked by the evaluation, or the function raised or
        returned no chart; with the function's file and line.

    Examples
    --------
    >>> import altair as alt
    >>> from toolkit import charts
    >>> @charts.chart
    ... def medians(frame, *, language):
    ...     return alt.Chart(frame).mark_point().encode(x="low:Q", y="statement:N")
    >>> medians in charts.OWN.values()
    True
    """

    @wraps(draw)
    def drawn(frame: pd.DataFrame, *others: Any, **given: Any) -> Any:
        told = {"name": draw.__name__, "place": _place(draw)}
        if not isinstance(frame, pd.DataFrame) or not frame.attrs.get("masked"):
            raise ChartError(both("chart.not_masked", **told))
        if "language" in inspect.signature(draw).parameters:
            given["language"] = spoken(frame, given.get("language"))
        try:
            found = draw(frame, *others, **given)
        except ToolkitError:
            raise
        except Exception as error:
            at = _raised(error, draw) or told["place"]
            why = {"error": type(error).__name__, "what": str(error)}
            raise ChartError(both("chart.failed", **told | why | {"place": at})) from error
        if not isinstance(found, alt.TopLevelMixin):
            raise ChartError(both("chart.no_chart", **told, kind=type(found).__name__))
        if getattr(found, "description", alt.Undefined) is alt.Undefined and draw.__doc__:
            found = found.properties(description=inspect.getdoc(draw))
        return found

    OWN[draw.__name__] = drawn
    return drawn


def _place(draw: Draw) -> str:
    code = draw.__code__
    return code_place(code.co_filename, code.co_firstlineno)


def _raised(error: BaseException, draw: Draw) -> str:
    """Return the line of the function that failed; nothing if it was not reached."""
    lines = [
        frame.lineno or 0
        for frame in traceback.extract_tb(error.__traceback__)
        if (frame.filename, frame.name) == (draw.__code__.co_filename, draw.__name__)
    ]
    return code_place(draw.__code__.co_filename, lines[-1]) if lines else ""
