"""Agir: help a coalition see how well its partners act together, and decide what to change.

The usual path, in a notebook that stands in an evaluation's folder::

    from toolkit import Evaluation, RatingPage, DashboardPage, charts

    evaluation = Evaluation.open(".", language="fr")
    RatingPage(evaluation)
    DashboardPage(evaluation)
    charts.distribution(evaluation.counts(), "fr")

Everything loads when it is first named, so that a rating page carries neither pandas nor altair,
and a command can be interrupted from its first moment.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit import charts
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
]

_LATER = {
    "ConsensusPage": "toolkit.pages.consensus.page",
    "DashboardPage": "toolkit.pages.dashboard.page",
    "Evaluation": "toolkit.evaluation",
    "PlanPage": "toolkit.pages.plan.page",
    "PortfolioPage": "toolkit.pages.portfolio.page",
    "Rating": "toolkit.ratings",
    "RatingPage": "toolkit.pages.rate.page",
    "RelationsPage": "toolkit.pages.relations.page",
    "ReleasePage": "toolkit.pages.release.page",
    "SetupPage": "toolkit.pages.setup.page",
    "StrategyPage": "toolkit.pages.strategy.page",
    "Text": "toolkit.text",
    "ToolkitError": "toolkit.errors",
}


def __getattr__(name: str) -> Any:
    if name == "charts":
        return import_module("toolkit.charts")
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    message = f"module 'toolkit' has no attribute {name!r}"
    raise AttributeError(message)
