"""Agir: help a coalition see how well its partners act together, and decide what to change.

The usual path, in a notebook that stands in an evaluation's folder::

    from toolkit import Evaluation, RatingPage, DashboardPage, charts

    evaluation = Evaluation.open(".", wave="2026-T1")
    RatingPage(evaluation)
    DashboardPage(evaluation)
    charts.distribution(evaluation.counts(), sort="contrast")

Everything loads when it is first named, so that a rating page carries neither pandas nor altair,
and a command can be interrupted from its first moment.
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from toolkit.pages.table import PAGES

if TYPE_CHECKING:
    from toolkit import charts, widgets
    from toolkit.errors import ToolkitError
    from toolkit.evaluation import Evaluation
    from toolkit.pages.consensus.page import ConsensusPage
    from toolkit.pages.dashboard.page import DashboardPage
    from toolkit.pages.plan.page import PlanPage
    from toolkit.pages.portfolio.page import PortfolioPage
    from toolkit.pages.rate.page import RatingPage
    from toolkit.pages.relations.page import RelationsPage
    from toolkit.pages.release.page import ReleasePage
    from toolkit.pages.setup.page import SetupPage
    from toolkit.pages.strategy.page import StrategyPage
    from toolkit.ratings import Rating
    from toolkit.text import Text

__all__ = [
    "ConsensusPage",
    "DashboardPage",
    "Evaluation",
    "PlanPage",
    "PortfolioPage",
    "Rating",
    "RatingPage",
    "RelationsPage",
    "ReleasePage",
    "SetupPage",
    "StrategyPage",
    "Text",
    "ToolkitError",
    "charts",
    "widgets",
]

_LATER = {
    "Evaluation": "toolkit.evaluation",
    "Rating": "toolkit.ratings",
    "Text": "toolkit.text",
    "ToolkitError": "toolkit.errors",
} | {row.made_by: row.module for row in PAGES}
_ROOMS = ("charts", "widgets")


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"toolkit.{name}")
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    if name == "__version__":
        return version("agir-toolkit")
    message = f"module 'toolkit' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
