"""For an analyst's own tests: send a component what a browser would, and read its reply.

>>> from toolkit.instruments import find
>>> from toolkit.widgets import ConditionForm
>>> form = ConditionForm(find("four_conditions")["CV"])
>>> send(form, "answer", indicator="CV1", aspect="current", value=4)["ok"]
True
>>> form.answers["CV1"]["value"]
4
>>> send(form, "answer", indicator="CV1", aspect="current", value=9)["ok"]
False
"""

from itertools import count
from typing import Any

from toolkit.widgets import Component

__all__ = ["send"]

_SEQUENCE = count()


def send(component: Component, kind: str, slot: str = "x", **data: Any) -> dict[str, Any] | None:
    """Send a message as the browser does, and return the last reply.

    Parameters
    ----------
    component
        What somebody acts on.
    kind, data
        What they do, and its values: as the component's `accepts` names them.
    slot
        What a later message about the same takes the place of.

    Returns
    -------
    dict
        `ok`, and the `message` that is shown. None where nobody replied, or where it was thrown
        away: it is no message that the component takes.
    """
    replies: list[dict[str, Any]] = []
    reached = component.send
    component.send = lambda content, *_: replies.append(content)
    try:
        message = {"kind": kind, "slot": slot, "sequence": next(_SEQUENCE), "data": data}
        component._handle_custom_msg(message, [])  # noqa: SLF001
    finally:
        component.send = reached
    return replies[-1] if replies else None
