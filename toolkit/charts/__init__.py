"""Draw: a frame goes in, an altair chart comes out; nothing is computed or shown here."""

from toolkit.charts.desired import describe_desired, desired
from toolkit.charts.distribution import describe_distribution, distribution
from toolkit.charts.profile import describe_profile, profile
from toolkit.charts.rounds import describe_rounds, rounds
from toolkit.charts.view import ChartView, view

__all__ = [
    "ChartView",
    "describe_desired",
    "describe_distribution",
    "describe_profile",
    "describe_rounds",
    "desired",
    "distribution",
    "profile",
    "rounds",
    "view",
]
