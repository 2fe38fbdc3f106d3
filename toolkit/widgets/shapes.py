"""What a browser may send: the type and the range of each value, checked where it arrives."""

import math
from collections.abc import Callable
from typing import Any

__all__ = [
    "Shape",
    "either",
    "fields",
    "fits",
    "number",
    "rows",
    "size",
    "text",
    "whole",
    "word",
    "words",
]

#: Says whether a value is one that a component of ours may send.
Shape = Callable[[Any], bool]

#: The longest code or name of a button, in characters.
_WORD = 200
#: The most entries of a list or a form: partners, by far the longest, are pasted by the hundred.
_ENTRIES = 10_000
#: Farther from zero than any step, place or count on a page.
_FAR = 1_000_000_000


def text(value: Any) -> bool:
    """Return whether it is a text that can be written down; its length is the store's affair."""
    # Half an emoji is no text: it cannot be encoded.
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


def word(value: Any) -> bool:
    """Return whether it is a code or a name of ours, which are short."""
    return isinstance(value, str) and len(value) <= _WORD and text(value)


def number(value: Any) -> bool:
    """Return whether it is a number that a page can count with: finite, and not far from zero."""
    return type(value) in {int, float} and abs(value) <= _FAR and math.isfinite(value)


def whole(value: Any) -> bool:
    """Return whether it is such a number without a fraction: a step, or a place in a list."""
    return type(value) is int and number(value)


def words(value: Any) -> bool:
    """Return whether it is a list of words."""
    return isinstance(value, list) and len(value) <= _ENTRIES and all(map(word, value))


def fields(value: Any) -> bool:
    """Return whether it is a form as filled in: by name, texts, numbers or lists of words."""
    if not isinstance(value, dict) or len(value) > _ENTRIES:
        return False
    filled = either(text, number, words)
    return all(word(name) and filled(part) for name, part in value.items())


def rows(value: Any) -> bool:
    """Return whether it is a list of such forms."""
    return isinstance(value, list) and len(value) <= _ENTRIES and all(map(fields, value))


def either(*shapes: Shape) -> Shape:
    """Return the shape of what has one of these shapes, or is nothing (null)."""
    return lambda value: value is None or any(shape(value) for shape in shapes)


def fits(data: dict[str, Any], shapes: dict[str, Shape]) -> bool:
    """Return whether each value has the shape that is declared for its name."""
    return all(shapes[name](value) for name, value in data.items())


def size(content: Any) -> int:
    """Return about how many characters a message has, however deep it is."""
    total, left = 0, [content]
    while left:
        part = left.pop()
        if isinstance(part, dict):
            total += sum(len(str(name)) for name in part)
            left += part.values()
        elif isinstance(part, list):
            left += part
        else:
            total += len(part) if isinstance(part, str) else 20
    return total
