"""Parts of a page: a typed state in, one value out; they compute nothing and keep nothing."""

from toolkit.widgets.ballot import Ballot, BallotState, Vote
from toolkit.widgets.cards import Card, Cards, CardsState
from toolkit.widgets.chart_view import ChartState, ChartView
from toolkit.widgets.component import Component, Said, shared_script, shared_style
from toolkit.widgets.condition_form import ConditionForm, form_questions
from toolkit.widgets.drawer import Drawer, DrawerState, ListGroup
from toolkit.widgets.form import Answer, Form, FormQuestion, FormState, FormStep
from toolkit.widgets.ladder import Ladder, LadderState, Way
from toolkit.widgets.link_list import HandedLink, LinkList, LinkListState
from toolkit.widgets.masthead import HeadChoices, Masthead, MastheadState, Progress
from toolkit.widgets.notes import NoteGroup, NoteLine, Notes, NotesState
from toolkit.widgets.notice import Field, Notice, NoticeState
from toolkit.widgets.paper import Paper, PaperLine, PaperState
from toolkit.widgets.questions import (
    MoreQuestions,
    Option,
    Question,
    QuestionPart,
    Questions,
    QuestionsState,
)
from toolkit.widgets.roles import Role, RolePartner, RoleTable, RoleTableState
from toolkit.widgets.roster import Roster, RosterRow, RosterState
from toolkit.widgets.stage import Figure, Stage, StageState, Timer
from toolkit.widgets.state import AnchoredStep, Button, Nothing, State, StateError
from toolkit.widgets.table import Cell, Table, TableState
from toolkit.widgets.ties import TieAnswer, TieChoice, TiePartner, Ties, TiesState

__all__ = [
    "AnchoredStep",
    "Answer",
    "Ballot",
    "BallotState",
    "Button",
    "Card",
    "Cards",
    "CardsState",
    "Cell",
    "ChartState",
    "ChartView",
    "Component",
    "ConditionForm",
    "Drawer",
    "DrawerState",
    "Field",
    "Figure",
    "Form",
    "FormQuestion",
    "FormState",
    "FormStep",
    "HandedLink",
    "HeadChoices",
    "Ladder",
    "LadderState",
    "LinkList",
    "LinkListState",
    "ListGroup",
    "Masthead",
    "MastheadState",
    "MoreQuestions",
    "NoteGroup",
    "NoteLine",
    "Notes",
    "NotesState",
    "Nothing",
    "Notice",
    "NoticeState",
    "Option",
    "Paper",
    "PaperLine",
    "PaperState",
    "Progress",
    "Question",
    "QuestionPart",
    "Questions",
    "QuestionsState",
    "Role",
    "RolePartner",
    "RoleTable",
    "RoleTableState",
    "Roster",
    "RosterRow",
    "RosterState",
    "Said",
    "Stage",
    "StageState",
    "State",
    "StateError",
    "Table",
    "TableState",
    "TieAnswer",
    "TieChoice",
    "TiePartner",
    "Ties",
    "TiesState",
    "Timer",
    "Vote",
    "Way",
    "form_questions",
    "shared_script",
    "shared_style",
]
