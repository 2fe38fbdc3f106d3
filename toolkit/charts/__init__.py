"""Draw: a frame goes in, an altair chart comes out; nothing is computed or shown here."""

from toolkit.charts.agreement import agreement, describe_agreement
from toolkit.charts.change import change, describe_change, said_chance
from toolkit.charts.desired import describe_desired, desired
from toolkit.charts.distribution import describe_distribution, distribution
from toolkit.charts.own import OWN, chart
from toolkit.charts.portfolio import describe_portfolio, portfolio
from toolkit.charts.profile import describe_profile, profile
from toolkit.charts.relations import describe_relations, relations
from toolkit.charts.rounds import describe_rounds, rounds
from toolkit.charts.strategy import describe_strategy, strategy
from toolkit.charts.view import show_offline, svg, view

__all__ = [
    "OWN",
    "agreement",
    "change",
    "chart",
    "describe_agreement",
    "describe_change",
    "describe_desired",
    "describe_distribution",
    "describe_portfolio",
    "describe_profile",
    "describe_relations",
    "describe_rounds",
    "describe_strategy",
    "desired",
    "distribution",
    "portfolio",
    "profile",
    "relations",
    "rounds",
    "said_chance",
    "strategy",
    "svg",
    "view",
]

show_offline()
