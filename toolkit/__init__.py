"""Agir: help a coalition see how well its partners act together, and decide what to change.

The usual path, in a notebook that stands in an evaluation's folder::

    from toolkit import Evaluation, RatingPage, DashboardPage, charts

    evaluation = Evaluation.open(".", language="fr")
    RatingPage(evaluation)
    DashboardPage(evaluation)
    charts.distribution(evaluation.counts(), "fr")

Pages and charts load when they are first named, so that a rating page carries neither pandas nor
altair.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from toolkit.errors import ToolkitError
from toolkit.evaluation import Evaluation
from toolkit.ratings import Rating
from toolkit.text import Text

if TYPE_CHECKING:
    from toolkit import charts
    from toolkit.pages.dashboard import DashboardPage
    from toolkit.pages.rate import RatingPage
    from toolkit.pages.setup import SetupPage

__all__ = [
    "DashboardPage",
    "Evaluation",
    "Rating",
    "RatingPage",
    "SetupPage",
    "Text",
    "ToolkitError",
    "charts",
]

_LATER = {
    "DashboardPage": "toolkit.pages.dashboard",
    "RatingPage": "toolkit.pages.rate",
    "SetupPage": "toolkit.pages.setup",
}


def __getattr__(name: str) -> Any:
    if name == "charts":
        return import_module("toolkit.charts")
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    message = f"module 'toolkit' has no attribute {name!r}"
    raise AttributeError(message)
