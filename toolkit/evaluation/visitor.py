"""Whose eyes an evaluation is opened with: what each role reaches of it, and nothing besides."""

from collections.abc import Callable, Mapping
from inspect import ismethod, signature
from typing import Any

from toolkit.errors import AccessError
from toolkit.evaluation.links import audience_of
from toolkit.evaluation.tabled import TABLES
from toolkit.storage import Link
from toolkit.text import both

__all__ = ["opened_by"]

#: What may be taken of one name: of the value that stands there, for a visitor's link.
_Rule = Callable[[Any, Link | None], Any]


def _as_is(value: Any, _: Link | None) -> Any:
    return _alone(value, value) if ismethod(value) else value


def _alone(call: Callable[..., Any], like: Any) -> Callable[..., Any]:
    """Return a function that does not lead back to the object whose method it is."""

    def alone(*args: Any, **kwargs: Any) -> Any:
        return call(*args, **kwargs)

    alone.__name__, alone.__doc__ = like.__name__, like.__doc__
    return alone


def _part(part: str) -> _Rule:
    """Give an object of which, again, only some names can be reached."""
    return lambda value, link: _guarded(value, part, link)


def _own(value: Any, link: Link | None) -> Any:
    """Give a method, whose arguments must name the visitor's round, person and audience."""
    known = signature(value)

    def called(*args: Any, **kwargs: Any) -> Any:
        given = known.bind(*args, **kwargs)
        given.apply_defaults()
        if not all(_is_own(name, said, link) for name, said in given.arguments.items()):
            raise AccessError(both("door.not_yours"))
        return value(*args, **kwargs)

    return _alone(called, value)


def _told(value: Any, _: Link | None) -> Any:
    """Give a figure of a round that is under way or shown, as the dashboard tells it."""

    def called(wave: str, **how: bool) -> Any:
        found = value.__self__.settings.wave(wave)
        if found is None or found.status not in {"open", "released"}:
            raise AccessError(both("door.not_yours"))
        return value(wave, **how)

    return _alone(called, value)


def _released(value: Any, link: Link | None) -> Any:
    """Give a table as it was released to the visitor's audience, and of nothing else."""
    evaluation, table = value.__self__, value.__name__
    known = signature(value)

    def called(*args: Any, **kwargs: Any) -> Any:
        audience = audience_of(link) if link else ""
        release = evaluation.releases.current(audience)
        shown = release.snapshot if release else evaluation.releases.standing(audience)
        visible = evaluation.releases.visible(release) if release else shown.settings.waves
        rounds = {wave.code for wave in visible}
        given = known.bind(*args, **kwargs).arguments
        asked = {given[name] for name in ("wave", "before", "after") if name in given}
        parts = {TABLES[table], *(["groups"] if given.get("by_group") else [])}
        if not rounds or not asked <= rounds or not parts <= {*shown.parts}:
            raise AccessError(both("door.not_yours"))
        frame = getattr(shown, table)(**{"language": evaluation.language, **given})
        if evaluation.chosen in rounds:
            frame.attrs["wave"] = evaluation.chosen
        return frame[frame["wave"].isin(rounds)] if "wave" in frame else frame

    return _alone(called, value)


def _own_part(part: str) -> _Rule:
    """Give a method as `_own` does, of whose result only some names can be reached."""

    def rule(value: Any, link: Link | None) -> Any:
        called = _own(value, link)
        return _alone(lambda *args, **kwargs: _guarded(called(*args, **kwargs), part, link), value)

    return rule


def _is_own(name: str, value: Any, link: Link | None) -> bool:
    """Return whether an argument is not about anybody else."""
    if name == "sheet":
        return link is not None and link.rater is not None and value.rater == link.rater
    if name in {"wave", "rater"}:
        own = getattr(link, name, None)
        return own is not None and value == own
    if name == "audience":
        return link is not None and value == audience_of(link)
    return True


def _all(rule: _Rule, *names: str) -> dict[str, _Rule]:
    return dict.fromkeys(names, rule)


#: What everybody reaches to whom a page says anything at all, if only that it stays shut.
_FOLDER = {
    **_all(_as_is, "folder", "language", "settings", "stamp", "instrument", "log", "consent"),
    **_all(_as_is, "instrument_of"),
    **_all(_as_is, "open_wave", "wave", "newest"),
    "links": _part("links"),
}

#: What a role reaches: by the part of an evaluation, then by name. Whatever is not named here is
#: refused. An evaluator meets the evaluation itself, and none of this.
_REACHED: Mapping[str, Mapping[str, _Rule]] = {
    "nobody": _FOLDER,
    "viewer": _FOLDER
    | {"participation": _told, "releases": _part("releases"), **_all(_released, *TABLES)},
    "rater": _FOLDER
    | {
        "sessions": _as_is,
        "sheet": _own_part("sheet"),
        "room": _own_part("room"),
        "strategy": _part("strategy"),
        "relations": _part("relations"),
    },
    "links": _all(_as_is, "device", "enter", "mark"),
    "releases": _all(_own, "current", "standing") | _all(_as_is, "live", "visible", "unnamed"),
    "sheet": {
        **_all(_as_is, "instrument", "outdated"),
        **_all(_as_is, "wave", "rater", "open", "person", "sections", "answers", "then", "again"),
        **_all(
            _as_is, "consented", "begun", "finished", "consent", "record", "finish", "resume_at"
        ),
    },
    "room": {
        **_all(
            _as_is, "instrument", "wave", "lines", "turn", "state", "joined", "answered", "figures"
        ),
        **_all(_as_is, "consensus"),
        **_all(_own, "take_seat", "vote_of", "vote"),
    },
    "strategy": {
        **_all(_as_is, "lines", "purposes", "purpose", "examples"),
        **_all(_own, "asked", "closed", "answer", "record"),
    },
    "relations": {
        "partners": _part("partners"),
        "answering": _own_part("sheet"),
        **_all(_own, "order", "ties", "record", "no_contact"),
    },
    "partners": _all(_as_is, "listed", "codes")
    | _all(_own, "of", "choose", "agree", "agreed", "speaks"),
}


def opened_by(evaluation: Any, link: Link | None) -> Any:
    """Return an evaluation as a link opens it; with None, as nobody does.

    What the role may not see raises `AccessError`, whatever a notebook's cell asks for.
    """
    role = link.role if link else "nobody"
    if role == "evaluator":
        return evaluation
    part = "rater" if role == "own" else role
    return _guarded(evaluation, part if part in _REACHED else "nobody", link)


def _guarded(behind: Any, part: str, link: Link | None) -> Any:
    reached = _REACHED[part]

    class Guarded:
        """What a visitor reaches of something; the rest stays in here, out of a cell's reach."""

        def __getattr__(self, name: str) -> Any:
            rule = reached.get(name)
            if rule is not None:
                return rule(getattr(behind, name), link)
            if name.startswith("__") or name not in dir(behind):
                raise AttributeError(name)
            raise AccessError(both("door.not_yours"))

        def __dir__(self) -> list[str]:
            return sorted(reached)

    return Guarded()
