"""Which pages there are: one row each, read by everything that names, lists, opens or serves them.

A page is its row here, its room beside this file, its notebook in `templates/`, and its label and
description in `words.yaml` (`cli.name`, `home.name`). Pages of an evaluation's own come from its
`[[pages]]`; see `own`.
"""

from dataclasses import dataclass

from toolkit.errors import Said

__all__ = ["EVALUATOR", "PAGE", "PAGES", "Row"]

EVALUATOR = "evaluator"


@dataclass(frozen=True, slots=True)
class Row:
    """One page.

    Attributes
    ----------
    name
        Its notebook is `name.ipynb`.
    roles
        Whose links open it: `evaluator`, `viewer`, `rater`. To somebody who holds several it is
        shown as to the first.
    module, made_by
        Where its class is; empty for a notebook of an evaluation's own.
    title
        What an evaluation's own is called, in each language.
    work
        Whether it stands on the evaluator's home page.
    form
        Whether somebody who answers is shown no figure on it: its kernel need not be able to draw.
    alike
        Whether it opens the same for all of one role: it is shown as it was seen last until its
        kernel is ready.
    """

    name: str
    roles: tuple[str, ...] = (EVALUATOR,)
    module: str = ""
    made_by: str = ""
    title: Said | None = None
    work: bool = True
    form: bool = False
    alike: bool = False

    @property
    def notebook(self) -> str:
        """The file's name."""
        return f"{self.name}.ipynb"

    @property
    def shared(self) -> bool:
        """Whether anybody else than the evaluator opens it."""
        return set(self.roles) != {EVALUATOR}


def _row(
    name: str,
    made_by: str,
    *roles: str,
    work: bool = True,
    form: bool = False,
    alike: bool = False,
) -> Row:
    kinds = {"work": work, "form": form, "alike": alike}
    return Row(name, roles or (EVALUATOR,), f"toolkit.pages.{name}.page", made_by, None, **kinds)


#: Every page of the package, in the order of an evaluator's work.
PAGES: tuple[Row, ...] = (
    _row("rate", "RatingPage", "rater", EVALUATOR, work=False, form=True),
    _row("setup", "SetupPage"),
    _row("dashboard", "DashboardPage", EVALUATOR, "viewer", alike=True),
    _row("strategy", "StrategyPage", EVALUATOR, "rater"),
    _row("relations", "RelationsPage", EVALUATOR, "rater"),
    _row("consensus", "ConsensusPage", EVALUATOR, "rater", form=True),
    _row("plan", "PlanPage"),
    _row("release", "ReleasePage"),
    _row("portfolio", "PortfolioPage"),
)
#: The same by name.
PAGE = {row.name: row for row in PAGES}
