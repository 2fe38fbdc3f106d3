"""Choosing another round: all of it is shown, or nothing of it."""

from toolkit import PlanPage
from toolkit.errors import EvaluationError
from toolkit.testing import send
from toolkit.text import both


class Failing(PlanPage):
    """A plan whose figures cannot be made once another round was chosen."""

    fails = False

    def refresh(self):
        super().refresh()
        if self.fails:
            raise EvaluationError(both("plan.gone"))


def test_a_round_that_cannot_be_shown_leaves_the_one_that_stands(evaluation):
    page = Failing(evaluation)
    parts = [part for part in page.children if hasattr(part, "state")]
    before, chosen = [part.state for part in parts], page.chosen
    older = next(code for code, _ in page.masthead.state["choices"] if code != chosen)
    page.fails = True
    reply = send(page.masthead, "choice", choice=older)
    assert not reply["ok"]
    assert page.chosen == chosen
    assert [part.state for part in parts] == before


def test_a_heading_goes_out_together_with_the_figures_that_it_is_over(evaluation):
    page = PlanPage(evaluation)
    sent = []
    for part in page.children:
        part.send_state = lambda *_, of=part: sent.append((of, page.chosen, _states(page)))
    older = page.masthead.state["choices"][0][0]
    send(page.masthead, "choice", choice=older)
    assert page.masthead in {part for part, _, _ in sent}
    assert {chosen for _, chosen, _ in sent} == {older}
    assert all(states == _states(page) for _, _, states in sent)


def _states(page):
    return [part.state for part in page.children]
