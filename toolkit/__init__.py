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
    from toolkit.pages.consensus.page import ConsensusPage
    from toolkit.pages.dashboard.page import DashboardPage
    from toolkit.pages.plan.page import PlanPage
    from toolkit.pages.portfolio.page import PortfolioPage
    from toolkit.pages.rate.page import RatingPage
    from toolkit.pages.relations.page import RelationsPage
    from toolkit.pages.release.page import ReleasePage
    from toolkit.pages.setup.page import SetupPage
    from toolkit.pages.strategy.page import StrategyPage

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
]

_LATER = {
    "ConsensusPage": "toolkit.pages.consensus.page",
    "DashboardPage": "toolkit.pages.dashboard.page",
    "PlanPage": "toolkit.pages.plan.page",
    "PortfolioPage": "toolkit.pages.portfolio.page",
    "RatingPage": "toolkit.pages.rate.page",
    "RelationsPage": "toolkit.pages.relations.page",
    "ReleasePage": "toolkit.pages.release.page",
    "SetupPage": "toolkit.pages.setup.page",
    "StrategyPage": "toolkit.pages.strategy.page",
}


def __getattr__(name: str) -> Any:
    if name == "charts":
        return import_module("toolkit.charts")
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    message = f"module 'toolkit' has no attribute {name!r}"
    raise AttributeError(message)
