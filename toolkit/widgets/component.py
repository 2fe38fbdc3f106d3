"""What every component is: frozen state in, one value out."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from toolkit.widgets.shapes import Shape, fits, size, word

__all__ = ["Component", "Said", "shared_script", "shared_style"]

_HERE = Path(__file__).parent

#: Longest message that is read, in characters; what may be kept of it is the store's affair.
_LONGEST = 4_000_000
#: The longest name of a slot, and how many are answered twice.
_SLOT, _SLOTS = 80, 500
#: The last number that a browser counts exactly.
_FURTHEST = 2**53


@dataclass(frozen=True, slots=True)
class Said:
    """What the person at the screen did; two of them are never equal."""

    kind: str
    data: dict[str, Any]
    sequence: int = 0
    slot: str = ""
    identity: object = field(default_factory=object)


class Component(anywidget.AnyWidget):
    """A part of a page.

    `state` goes to the browser and is never read back, so that nothing in it can be forged.
    What the browser sends is checked by `accepts`, and becomes `value`; a page observes `value`,
    acts, and then answers with `reply`, which is what the screen shows as saved.

    Attributes
    ----------
    state
        Everything that is shown: texts in the reader's language, and what was answered.
    value
        The newest thing that the person did; None before the first.
    """

    #: The kinds of message that this component sends, each with the shape of every value by name.
    accepts: ClassVar[dict[str, dict[str, Shape]]] = {}

    state = traitlets.Dict().tag(sync=True)
    value = traitlets.Instance(Said, allow_none=True)

    def __init__(self, **state: Any) -> None:
        super().__init__(state=state)
        self._replies: dict[str, dict[str, Any]] = {}
        self.on_msg(self._hear)

    def set_state(self, sync_data: Any) -> None:
        """Take nothing: a browser may forge any trait, and `accepts` is the only way in."""

    def received(self, said: Said) -> None:
        """Tell the browser that its message came through, before the work that it asks for."""
        self.send({"sequence": said.sequence, "slot": said.slot, "received": True})

    def reply(self, said: Said, *, ok: bool = True, message: str = "", retry: bool = False) -> None:
        """Tell the browser what became of what it sent; with `retry` it will send it again."""
        answer = {"sequence": said.sequence, "slot": said.slot}
        answer |= {"ok": ok, "message": message, "retry": retry}
        if len(self._replies) < _SLOTS or said.slot in self._replies:
            self._replies[said.slot] = answer
        self.send(answer)

    def _hear(self, _widget: object, content: Any, _buffers: object) -> None:
        said = self._read(content)
        if said is None:
            return
        if not fits(said.data, self.accepts[said.kind]):
            self.reply(said, ok=False, message=self.state.get("words", {}).get("unfit", ""))
            return
        known = self._replies.get(said.slot)
        if known and known["sequence"] == said.sequence and not known["retry"]:
            self.send(known)  # heard before: the reply was lost, or slow, and it must not act twice
        else:
            self.value = said

    def _read(self, content: Any) -> Said | None:
        """Return a message if it is one of the kinds that this component sends, else nothing."""
        if not isinstance(content, dict) or size(content) > _LONGEST:
            return None
        kind, data = content.get("kind"), content.get("data", {})
        sequence, slot = content.get("sequence", 0), content.get("slot", "")
        if type(sequence) is not int or abs(sequence) > _FURTHEST:
            return None
        if not word(slot) or len(slot) > _SLOT or not word(kind) or kind not in self.accepts:
            return None
        if not isinstance(data, dict) or set(data) - set(self.accepts[kind]):
            return None
        return Said(kind, data, sequence, slot)


@cache
def shared_script(name: str, *, folder: Path = _HERE) -> str:
    """Return a component's script after the helpers that all share.

    One string, since local imports between modules do not resolve (anywidget issue 399) and a
    path would keep every instance alive (anywidget issue 929).
    """
    shared = [_HERE / f"{part}.js" for part in ("dom", "reader", "device", "outbox")]
    parts = [*shared, folder / f"{name}.js"]
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


@cache
def shared_style(name: str, *, folder: Path = _HERE) -> str:
    """Return a component's style after the one that all share."""
    own = folder / f"{name}.css"
    parts = [_HERE / "base.css", *([own] if own.exists() else [])]
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)
