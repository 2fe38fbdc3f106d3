"""Write `toolkit/widgets/states.d.ts`: what each component is told, for whoever writes its script.

python tests/widgets/declarations.py
"""

import inspect
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints, is_typeddict

from toolkit import widgets
from toolkit.widgets import Component, State

FILE = Path(widgets.__file__).with_name("states.d.ts")
HEAD = "// Made from the declarations beside it: python tests/widgets/declarations.py\n"
PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}
COMPONENTS = [
    part
    for name in widgets.__all__
    if inspect.isclass(part := getattr(widgets, name))
    and issubclass(part, Component)
    and "declared" in vars(part)
    if part is not Component
]


def described(kind):
    """Return what the docstring of a declaration says of each field."""
    told = inspect.cleandoc(kind.__doc__ or "").partition("Attributes\n----------\n")[2]
    found = {}
    for names, text in re.findall(r"^(\S.*)\n((?:(?:    .*)?\n)*)", f"{told}\n", re.MULTILINE):
        for name in names.split(", "):
            found[name] = " ".join(text.split())
    return found


def parts(kind):
    """Yield every declaration that one is made of, itself last."""
    for hint in get_type_hints(kind).values() if is_typeddict(kind) else get_args(kind):
        yield from parts(hint)
    if is_typeddict(kind):
        yield kind


def script_type(kind):
    origin, told = get_origin(kind), get_args(kind)
    if origin is Literal:
        return " | ".join(f'"{value}"' for value in told)
    if origin is Sequence:
        inner = script_type(told[0])
        return f"({inner})[]" if " | " in inner else f"{inner}[]"
    if origin is tuple:
        return f"[{', '.join(map(script_type, told))}]"
    if origin is Mapping:
        return f"Record<string, {script_type(told[1])}>"
    if told:
        return " | ".join(map(script_type, told))
    return kind.__name__ if is_typeddict(kind) else PLAIN[kind]


def interface(kind, always=(), words=()):
    told = {**described(State), **described(kind)}
    lines = [f"/** {(kind.__doc__ or '').partition(chr(10))[0]} */"]
    lines.append(f"export interface {kind.__name__} {{")
    for name, hint in get_type_hints(kind).items():
        if name == "words":
            if not words:
                continue
            spoken = f"Record<{' | '.join(f'{chr(34)}{word}{chr(34)}' for word in words)}, string>"
            lines += [f"  /** {told[name]} */", f"  words: {spoken};"]
            continue
        sure = name in kind.__required_keys__ or name in always
        lines += [f"  /** {told[name]} */", f"  {name}{'' if sure else '?'}: {script_type(hint)};"]
    return "\n".join([*lines, "}\n"])


def declarations():
    """Return the file's text."""
    written = {}
    for component in COMPONENTS:
        *inner, state = parts(component.declared)
        for kind in inner:
            written.setdefault(kind.__name__, interface(kind))
        always = {"language", *component.usual}
        written[state.__name__] = interface(state, always, component._words("en"))
    return "\n".join([HEAD, *(written[name] for name in sorted(written))])


if __name__ == "__main__":
    FILE.write_text(declarations(), encoding="utf-8")
