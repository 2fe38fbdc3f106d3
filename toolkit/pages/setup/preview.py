"""What a pasted list was understood as, before anything of it is kept."""

from collections.abc import Sequence

from toolkit.evaluation import Partner
from toolkit.pages.page import Page
from toolkit.pages.setup.partners import doubtful, named
from toolkit.roster import ROLES, Listed
from toolkit.widgets import Button, Field, NoticeState

__all__ = ["preview"]

#: Cells of a column that are shown.
_FEW = 3


def preview(page: Page, listed: Listed, known: Sequence[Partner]) -> NoticeState:
    """Return a notice with a choice for each column, and the names that may be another's."""
    options = [(role, page.say(f"invite.as_{role or 'nothing'}")) for role in ROLES]
    fields: list[Field] = []
    for place, column in enumerate(listed.columns):
        head = column.heading or page.say("invite.column", number=place + 1)
        cells = " · ".join([cell for cell in column.cells if cell][:_FEW])
        field: Field = {"name": f"column-{place}", "label": head, "options": options}
        fields.append({**field, "hint": cells, "value": column.role})
    added = [partner for partner in named(listed, known) if partner not in known]
    said = [page.say("setup.pasted_look")]
    said += [page.say("invite.found", count=len(named(listed, known)))]
    said += [page.say("setup.pasted_new", names=", ".join(partner.name for partner in added))]
    for name, other, same in doubtful(listed, known):
        said.append(page.say(f"invite.{'same' if same else 'close'}", name=name, other=other))
    names = [("add", "setup.paste_add"), ("look", "setup.paste_look"), ("drop", "setup.paste_drop")]
    buttons: list[Button] = [
        {"name": name, "label": page.say(key), "primary": name == "add"} for name, key in names
    ]
    title = page.say("setup.paste_title")
    return page.notice(title=title, text="\n\n".join(said), fields=fields, buttons=buttons)
