"""What every component is: a typed state in, one value out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from inspect import Parameter, Signature, cleandoc, signature
from pathlib import Path
from typing import Any, ClassVar, Self, get_args, get_type_hints

import anywidget
import traitlets

from toolkit.text import LANGUAGES, Language, say
from toolkit.widgets.shapes import Shape, fits, size, word
from toolkit.widgets.state import Fault, State, StateError, check

__all__ = ["Component", "Said", "shared_script", "shared_style"]

_HERE = Path(__file__).parent

#: Longest message that is read, in characters; what may be kept of it is the store's affair.
_LONGEST = 4_000_000
#: The longest name of a slot, and how many are answered twice.
_SLOT, _SLOTS = 80, 500
#: The last number that a browser counts exactly.
_FURTHEST = 2**53

#: What every component that sends anything may have to say.
_SENDING = {name: f"app.{name}" for name in ("offline", "unsaved", "too_long", "unfit", "working")}
_SENDING["lost"] = "app.lost_kernel"


@dataclass(frozen=True, slots=True)
class Said:
    """What the person at the screen did; two of them are never equal."""

    kind: str
    data: dict[str, Any]
    sequence: int = 0
    slot: str = ""
    identity: object = field(default_factory=object)


class Component(anywidget.AnyWidget):
    """A part of a page, or of a cell.

    A class declares what it is told as a typed dictionary, once: `__init__(self, **state:
    Unpack[ItsState])`. From it come its signature, its documentation and the check of every state.

    `state` goes to the browser and is never read back, so that nothing in it can be forged.
    What the browser sends is checked by `accepts`, and becomes `value`; a page observes `value`,
    acts, and then answers with `reply`, which is what the screen shows as saved.

    Attributes
    ----------
    state
        Everything that is shown: texts in the reader's language, and what was answered. Empty, it
        shows nothing.
    value
        The newest thing that the person did; None before the first.
    """

    #: The kinds of message that this component sends, each with the shape of every value by name.
    accepts: ClassVar[dict[str, dict[str, Shape]]] = {}
    #: What its state holds where it is not told.
    usual: ClassVar[Mapping[str, Any]] = {}
    #: Words of its own, by their short names: where each stands in `words.yaml`.
    wording: ClassVar[Mapping[str, str]] = {}
    #: The declaration of its state.
    declared: ClassVar[Any] = State

    state = traitlets.Dict().tag(sync=True)
    value = traitlets.Instance(Said, allow_none=True)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = vars(cls).get("__init__")
        hint = get_type_hints(own).get("state") if own else None
        if own and not hint:  # it makes its state from arguments of its own
            _self, *others = signature(own).parameters.values()
            named = [one for one in others if one.kind is not Parameter.VAR_KEYWORD]
            cls.__signature__ = Signature(named)
            return
        if hint:
            (cls.declared,) = get_args(hint)
        cls.__signature__ = _signature(cls.declared, cls.usual)
        cls.__doc__ = _documented(cls.__doc__ or "", cls.declared.__doc__ or "")

    def __init__(self, **state: Any) -> None:
        self._begin(self.filled(state))

    def _begin(self, state: dict[str, Any]) -> None:
        super().__init__(state=state)
        self._replies: dict[str, dict[str, Any]] = {}
        self.on_msg(self._hear)

    @classmethod
    def empty(cls) -> Self:
        """Return one that shows nothing until it is given a state."""
        made = cls.__new__(cls)
        made._begin({})  # noqa: SLF001
        return made

    @classmethod
    def filled(cls, state: Mapping[str, Any]) -> dict[str, Any]:
        """Return a state with what is usual where it is not told.

        Raises
        ------
        StateError
            It holds what is not declared, or lacks what is required.
        """
        fault = check(cls.declared)(state)
        words = {} if fault else cls._words(state.get("language", LANGUAGES[0]))
        own = {} if fault else state.get("words", {})
        for name in own:
            if name not in words:
                fault = fault or Fault(f"words.{name}", "unknown", list(words))
        if fault is not None:
            raise StateError(cls.__name__, fault)
        said = {"words": {**words, **own}} if words else {}
        return {"language": LANGUAGES[0], **cls.usual, **state, **said}

    @classmethod
    @cache
    def _words(cls, language: Language) -> dict[str, str]:
        """Return what it says by itself."""
        keys = {**(_SENDING if cls.accepts else {}), **cls.wording}
        return {name: say(key, language) for name, key in keys.items()}

    @traitlets.validate("state")
    def _checked(self, proposal: Any) -> dict[str, Any]:
        return self.filled(proposal["value"]) if proposal["value"] else {}

    def __repr__(self) -> str:
        main = next(iter(self.__signature__.parameters), "")
        told = f"{main}={self.state[main]!r}" if main in self.state else ""
        return f"{type(self).__name__}({told})"

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
            words = self.state.get("words") or self._words(LANGUAGES[0])
            self.reply(said, ok=False, message=words["unfit"])
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


def _signature(declared: Any, usual: Mapping[str, Any]) -> Signature:
    """Return the arguments of a component by name: the required ones, its own, every one's."""
    hints = get_type_hints(declared)
    required, every = declared.__required_keys__, State.__annotations__
    names = sorted(hints, key=lambda name: (name not in required, name in every))
    kind = Parameter.KEYWORD_ONLY
    return Signature(
        [
            Parameter(name, kind, annotation=hints[name])
            if name in required
            else Parameter(name, kind, annotation=hints[name], default=usual.get(name))
            for name in names
        ]
    )


def _documented(own: str, declared: str) -> str:
    """Return the documentation of a component with that of its arguments."""
    about, mark, messages = cleandoc(own).partition("Messages\n--------\n")
    every = cleandoc(State.__doc__ or "")
    told = [text.partition("----------\n")[2] for text in (cleandoc(declared), every)]
    arguments = "\n".join(["Parameters", "----------", *dict.fromkeys(filter(None, told))])
    return f"{about.rstrip()}\n\n{arguments}\n\n{mark}{messages}".rstrip() + "\n"
