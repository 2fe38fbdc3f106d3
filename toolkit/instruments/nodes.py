"""Read YAML as plain values that remember the line on which each was written."""

from typing import Any

import yaml

from toolkit.errors import InstrumentError, Problem
from toolkit.text import both

__all__ = ["Lines", "load"]

Path_ = tuple[str | int, ...]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


#: How many values a file may hold, many times what an instrument needs.
_MOST = 100_000


class Lines:
    """Where in the file each value stands; a value that is missing stands where its parent does."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._lines: dict[Path_, int] = {}

    def note(self, path: Path_, node: yaml.Node) -> None:
        """Remember the line of one value, counted from 1."""
        if len(self._lines) > _MOST:  # an alias within an alias grows without end
            raise InstrumentError(both("check.too_big", file=self.file))
        self._lines[path] = node.start_mark.line + 1

    def of(self, path: Path_) -> int:
        """Return the line of a value or of its nearest parent that was written."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 0)

    def problem(self, path: Path_, what: str, remedy: str, **values: Any) -> Problem:
        """Describe a fault at a place in the file."""
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
        return Problem(
            self.file,
            self.of(path),
            where.lstrip("."),
            both(what, **values),
            both(remedy, **values),
        )


def load(source: str, file: str) -> tuple[Any, Lines, list[Problem]]:
    """Return what a file's text holds: values, their lines, and the keys that were written twice.

    Every scalar stays the text that was typed, so that `en: No` is a word.

    Raises
    ------
    InstrumentError
        It is not YAML; with the line.
    """
    lines = Lines(file)
    problems: list[Problem] = []
    try:
        root = yaml.compose(source, Loader=_Loader)
        values = None if root is None else _value(root, (), lines, problems)
    except (yaml.MarkedYAMLError, RecursionError) as error:  # an alias that holds itself
        raise _unreadable(file, error) from error
    except yaml.YAMLError as error:
        raise InstrumentError(both("check.unreadable", file=file)) from error
    return values, lines, problems


def _value(node: yaml.Node, path: Path_, lines: Lines, problems: list[Problem]) -> Any:
    lines.note(path, node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(part, (*path, i), lines, problems) for i, part in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return node.value
    values: dict[str, Any] = {}
    for key, part in node.value:
        name = str(key.value)
        if name in values:
            lines.note((*path, name), key)
            problems.append(
                lines.problem((*path, name), "check.key_twice", "check.keep_one", name=name)
            )
        values[name] = _value(part, (*path, name), lines, problems)
    return values


def _unreadable(file: str, error: yaml.MarkedYAMLError | RecursionError) -> InstrumentError:
    mark = None
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    fault = Problem(file, line, "", both("check.not_yaml"), both("check.mind_spaces"))
    return InstrumentError(both("check.unusable", file=file), (fault,))
