"""Parts of a page: frozen state in, one value out; they compute nothing and keep nothing."""

from toolkit.widgets.cards import Cards
from toolkit.widgets.chart_view import ChartView
from toolkit.widgets.component import Component, Said, shared_script, shared_style
from toolkit.widgets.form import Form
from toolkit.widgets.link_list import LinkList
from toolkit.widgets.masthead import Masthead
from toolkit.widgets.notice import Notice
from toolkit.widgets.roster import Roster
from toolkit.widgets.table import Table

__all__ = [
    "Cards",
    "ChartView",
    "Component",
    "Form",
    "LinkList",
    "Masthead",
    "Notice",
    "Roster",
    "Said",
    "Table",
    "shared_script",
    "shared_style",
]
