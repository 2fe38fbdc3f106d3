"""What a component is told: declared once as a typed dictionary, and checked by its declaration."""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from itertools import takewhile
from pathlib import Path
from textwrap import shorten
from traceback import extract_tb
from typing import (
    Any,
    Literal,
    NamedTuple,
    Never,
    NotRequired,
    TypedDict,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

import traitlets

from toolkit.text import Language, Text, both

__all__ = ["AnchoredStep", "Button", "Fault", "Nothing", "State", "StateError", "check"]


class State(TypedDict, total=False):
    """What every component may be told.

    Attributes
    ----------
    language
        Of all its texts; French unless told.
    words
        What it says by itself, where that is not as usual, by its short names.
    """

    language: Language
    words: Mapping[str, str]


class Nothing(TypedDict, total=False):
    """The empty state, of a component that shows nothing."""

    nothing: Never


class Button(TypedDict):
    """Something that can be pressed.

    Attributes
    ----------
    name
        What the message says was pressed.
    label
        What stands on it.
    primary
        Whether it is what most people press.
    """

    name: str
    label: str
    primary: NotRequired[bool]


#: A step of a scale: its number, its name, and what it describes.
AnchoredStep = tuple[int, str, str]


class Fault(NamedTuple):
    """What is wrong with a value: where it stands, the kind of fault, and what it is about."""

    path: str
    kind: Literal["unknown", "missing", "wrong"]
    about: Any = None

    def inside(self, outer: str) -> "Fault":
        """Return the same fault, seen from what holds the value."""
        joint = "" if self.path.startswith("[") or not self.path else "."
        return self._replace(path=f"{outer}{joint}{self.path}")

    def message(self, component: str) -> Text:
        """Return the fault as a sentence."""
        said = {"component": component, "path": self.path}
        if self.kind == "unknown":
            last = self.path.rpartition(".")[2]
            near = get_close_matches(last, self.about, n=1)
            return both(f"component.unknown{'_near' * len(near)}", **said, near="".join(near))
        if self.kind == "missing":
            return both("component.missing", **said)
        expected, value = self.about
        found = shorten(repr(value), width=60, placeholder="…")
        return both("component.wrong", **said, expected=written(expected), found=found)


class StateError(TypeError):
    """A component was told something that its declaration does not know."""

    def __init__(self, component: str, fault: Fault) -> None:
        self.message = fault.message(component)
        super().__init__(self.message.en)
        self.add_note(self.message.fr)

    def _render_traceback_(self) -> list[str]:
        # IPython asks this of an exception: an analyst reads their own line, and two sentences.
        others = (str(Path(__file__).parents[1]), *traitlets.__path__)
        told = takewhile(
            lambda at: not at.filename.startswith(others), extract_tb(self.__traceback__)
        )
        line = [f"{at.lineno}: {at.line}" for at in told][-1:]
        return [*line, self.message.fr, self.message.en]


_Check = Callable[[Any], Fault | None]


@cache
def check(kind: Any) -> _Check:
    """Return what finds the first fault of a value, or None, by the type that is declared for it.

    A list and a tuple are alike, as they are once they are sent: what is kept comes back as lists.
    """
    if is_typeddict(kind):
        return _declared(kind)
    by_origin = {Literal: _one_of, Sequence: _every, tuple: _each, Mapping: _by_name}
    # What else has parts is one of several types.
    make: Callable[[Any], _Check] = by_origin.get(
        get_origin(kind), _any_of if get_args(kind) else _plain
    )
    return make(kind)


def _wrong(value: Any, kind: Any) -> Fault:
    return Fault("", "wrong", (kind, value))


def written(kind: Any) -> str:
    """Return a type as somebody would write it in Python."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return " | ".join(map(repr, parts))
    shapes = {Sequence: "list[{}]", tuple: "tuple[{}]", Mapping: "dict[{}]"}
    if origin in shapes:
        return shapes[origin].format(", ".join(map(written, parts)))
    if parts:
        return " | ".join(map(written, parts))
    return "None" if kind is type(None) else str(kind.__name__)


def _plain(kind: type) -> _Check:
    fits = (int, float) if kind is float else kind

    def checked(value: Any) -> Fault | None:
        sound = isinstance(value, fits) and (kind is bool or not isinstance(value, bool))
        return None if sound else _wrong(value, kind)

    return checked


def _declared(kind: Any) -> _Check:
    checks = {name: check(hint) for name, hint in get_type_hints(kind).items()}
    required = [name for name in checks if name in kind.__required_keys__]

    def checked(value: Any) -> Fault | None:
        if not isinstance(value, dict):
            return _wrong(value, kind)
        for name, part in value.items():
            if name not in checks:
                return Fault(str(name), "unknown", list(checks))
            if fault := checks[name](part):
                return fault.inside(name)
        return next((Fault(name, "missing") for name in required if name not in value), None)

    return checked


def _one_of(kind: Any) -> _Check:
    known = get_args(kind)
    return lambda value: None if value in known else _wrong(value, kind)


def _every(kind: Any) -> _Check:
    of_each = check(get_args(kind)[0])

    def checked(value: Any) -> Fault | None:
        if not isinstance(value, list | tuple):
            return _wrong(value, kind)
        for place, part in enumerate(value):
            if fault := of_each(part):
                return fault.inside(f"[{place}]")
        return None

    return checked


def _each(kind: Any) -> _Check:
    checks = [check(part) for part in get_args(kind)]

    def checked(value: Any) -> Fault | None:
        if not isinstance(value, list | tuple) or len(value) != len(checks):
            return _wrong(value, kind)
        found = (one(part) for one, part in zip(checks, value, strict=True))
        faults = (fault.inside(f"[{place}]") for place, fault in enumerate(found) if fault)
        return next(faults, None)

    return checked


def _by_name(kind: Any) -> _Check:
    of_each = check(get_args(kind)[1])

    def checked(value: Any) -> Fault | None:
        if not isinstance(value, dict):
            return _wrong(value, kind)
        for name, part in value.items():
            if fault := of_each(part):
                return fault.inside(f"[{name!r}]")
        return None

    return checked


def _any_of(kind: Any) -> _Check:
    checks = [check(part) for part in get_args(kind)]

    def checked(value: Any) -> Fault | None:
        deep = []
        for one in checks:
            fault = one(value)
            if fault is None:
                return None
            # What is wrong deep inside the only type that it can be says more than that it is none.
            if fault.path:
                deep.append(fault)
        return deep[0] if len(deep) == 1 else _wrong(value, kind)

    return checked
