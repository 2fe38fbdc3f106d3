"""Parts of a page: frozen state in, one value out; they compute nothing and keep nothing."""

from toolkit.widgets.ballot import Ballot
from toolkit.widgets.cards import Cards
from toolkit.widgets.chart_view import ChartView
from toolkit.widgets.component import Component, Said, shared_script, shared_style
from toolkit.widgets.drawer import Drawer
from toolkit.widgets.form import Form
from toolkit.widgets.ladder import Ladder
from toolkit.widgets.link_list import LinkList
from toolkit.widgets.masthead import Masthead
from toolkit.widgets.notes import Notes
from toolkit.widgets.notice import Notice
from toolkit.widgets.paper import Paper
from toolkit.widgets.questions import Questions
from toolkit.widgets.roles import RoleTable
from toolkit.widgets.roster import Roster
from toolkit.widgets.stage import Stage
from toolkit.widgets.table import Table
from toolkit.widgets.ties import Ties

__all__ = [
    "Ballot",
    "Cards",
    "ChartView",
    "Component",
    "Drawer",
    "Form",
    "Ladder",
    "LinkList",
    "Masthead",
    "Notes",
    "Notice",
    "Paper",
    "Questions",
    "RoleTable",
    "Roster",
    "Said",
    "Stage",
    "Table",
    "Ties",
    "shared_script",
    "shared_style",
]
