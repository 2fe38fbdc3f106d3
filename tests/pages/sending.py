"""Say to a page what a browser says to it."""

from itertools import count

SEQUENCE = count()


def send(component, kind, slot="x", **data):
    """Send as the browser does, and return the page's reply."""
    replies = []
    component.send = lambda content, *_: replies.append(content)
    content = {"kind": kind, "slot": slot, "sequence": next(SEQUENCE), "data": data}
    component._hear(component, content, [])
    return replies[-1] if replies else None
