"""Several evaluations side by side: only what each has released to the portfolio, frozen."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from toolkit.errors import ToolkitError
from toolkit.evaluation import settings as settings_file
from toolkit.evaluation.gate import Evaluation
from toolkit.evaluation.links import PORTFOLIO
from toolkit.evaluation.release import Release
from toolkit.evaluation.settings import Wave
from toolkit.text import Language, Text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Member", "beside", "conditions", "gather"]


@dataclass(frozen=True)
class Member:
    """One evaluation of a portfolio.

    Attributes
    ----------
    name
        Its coalition's, with its folder's where two are called the same.
    release
        What it has released to the portfolio, or None.
    fault
        Why it cannot be read, or None.
    apart
        Whether it was asked otherwise than most, and so is not drawn beside them.
    """

    name: str
    release: Release | None = None
    fault: Text | None = None
    apart: bool = False

    @property
    def wave(self) -> Wave | None:
        """The newest round that it has released."""
        waves = self.release.snapshot.settings.waves if self.release else ()
        return waves[-1] if waves else None


def beside(folder: Path) -> list[Path]:
    """Return the evaluations that stand in the same folder as one, itself among them."""
    place = folder.resolve()
    try:
        found = [
            other for other in place.parent.iterdir() if (other / settings_file.FILE).is_file()
        ]
    except OSError:
        found = []
    return sorted(found) or [place]


def gather(folders: Iterable[str | Path], *, by_name: bool = False) -> list[Member]:
    """Return what each evaluation has released to the portfolio; no raw answer is read.

    Parameters
    ----------
    folders
        The evaluations', in the order in which they are shown.
    by_name
        Whether to show them in the order of their names instead; never by a figure.
    """
    places = [Path(folder) for folder in folders]
    members = [_member(place) for place in places]
    count = Counter(member.name for member in members)
    members = [
        _renamed(member, place) if count[member.name] > 1 else member
        for member, place in zip(members, places, strict=True)
    ]
    if by_name:
        members.sort(key=lambda member: normalize("NFKD", member.name.casefold()))  # é beside e
    asked = [_asked(member) for member in members]
    usual = max(asked, key=lambda one: sum(_alike(one, other) for other in asked), default={})
    return [
        Member(member.name, member.release, member.fault, bool(one) and not _alike(one, usual))
        for member, one in zip(members, asked, strict=True)
    ]


def conditions(members: Sequence[Member], language: Language) -> "pd.DataFrame":
    """Return the conditions of each member's newest round, as it was released.

    Returns
    -------
    frame
        `coalition`, `title`, `low`, `high` (medians, by the numbers of the scale; null where
        masked), `scale`, `steps`, `first` (as for `Tables.counts`), `shown`, `why`; in the order
        of the members. Those that are apart, or released nothing, are not in it.
    """
    import pandas as pd  # noqa: PLC0415

    parts = []
    for member in members:
        if member.release is None or member.wave is None or member.apart:
            continue
        profile = member.release.snapshot.tables(language).profile()
        now = profile[profile["wave"] == member.wave.code]
        parts.append(now.assign(coalition=member.name))
    columns = ["coalition", "title", "low", "high", "scale", "steps", "first", "shown", "why"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _member(place: Path) -> Member:
    name = place.resolve().name
    try:
        evaluation = Evaluation.open(place)
        release = evaluation.releases.current(PORTFOLIO)
        settings = release.snapshot.settings if release else evaluation.settings
        return Member(settings.coalition.name or name, release)
    except ToolkitError as error:
        return Member(name, fault=Text(fr=error.say("fr"), en=error.say("en")))


def _renamed(member: Member, place: Path) -> Member:
    return Member(f"{member.name} ({place.resolve().name})", member.release, member.fault)


def _asked(member: Member) -> Mapping[str, str]:
    """Return how each line of a member's newest round was asked."""
    if member.release is None or member.wave is None:
        return {}
    found: Mapping[str, str]
    found = member.release.snapshot.kept["tables"]["editions"].get(member.wave.code, {})
    return found


def _alike(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Return whether two rounds asked some lines alike, and none otherwise."""
    both = one.keys() & other.keys()
    return bool(both) and all(one[line] == other[line] for line in both)
