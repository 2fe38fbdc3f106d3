"""Releases: what was frozen and opened, for whom, with whose agreement; none is ever changed."""

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Protocol

from toolkit.errors import EvaluationError
from toolkit.evaluation.links import COALITION
from toolkit.evaluation.release.release import Draft, Release
from toolkit.evaluation.release.snapshot import FIGURES, PARTS, Living, Snapshot, Standing, take
from toolkit.evaluation.settings import Settings, Wave
from toolkit.storage import Entries, Entry
from toolkit.text import both, today

if TYPE_CHECKING:
    from toolkit.evaluation.tables import Tables

__all__ = ["Releases"]

_KIND, _DRAFT, _LIVE = "release", "release_draft", "release_live"
#: Characters of a text that an evaluator types.
_LONGEST = 10_000


class _Released(Living, Protocol):
    """An evaluation whose rounds are marked as shown."""

    def change(self, settings: Settings) -> bool: ...


class Releases:
    """The releases of one evaluation: one for each audience, in versions.

    The newest version is open, unless it was taken back. A round that the settings say is shown,
    of a coalition that has no release, is shown as its figures are now; whatever somebody read of
    it so is kept, and given like a release from then on.
    """

    def __init__(self, evaluation: _Released, entries: Entries) -> None:
        self._evaluation = evaluation
        self._entries = entries

    def current(self, audience: str) -> Release | None:
        """Return what an audience is shown, or None."""
        newest = self._entries.newest(_KIND, subject=audience)
        return Release.read(newest[-1]) if newest else None

    def every(self) -> list[Release]:
        """Return all that is open, each audience's newest version."""
        return [Release.read(entry) for entry in self._entries.newest(_KIND)]

    def history(self, audience: str) -> list[Release]:
        """Return every version that an audience was ever shown, oldest first."""
        entries = self._entries.history(_KIND, subject=audience)
        return [Release.read(entry) for entry in entries if entry.content is not None]

    def everything(self) -> list[Release]:
        """Return every version that any audience was ever shown, oldest first."""
        entries = self._entries.history(_KIND)
        return [Release.read(entry) for entry in entries if entry.content is not None]

    def closed(self) -> list[Release]:
        """Return every version of any audience that is not open any more."""
        now = {release.number for release in self.every()}
        return [release for release in self.everything() if release.number not in now]

    def audiences(self) -> dict[str, str]:
        """Return the name of each audience that was ever shown anything, by its code."""
        entries = self._entries.history(_KIND)
        named = [entry for entry in entries if entry.content is not None]
        return {entry.subject: str(entry.content["draft"]["name"]) for entry in named}

    def seen(self, audience: str) -> int:
        """Return the number of an audience's newest entry, which a writer has seen; 0 for none."""
        entries = self._entries.history(_KIND, subject=audience)
        return entries[-1].number if entries else 0

    def ever_shown(self) -> set[str]:
        """Return the rounds that anybody was ever shown: none of them is opened again."""
        entries = self._entries.history(_KIND)
        told = [entry.content["draft"]["rounds"] for entry in entries if entry.content is not None]
        waves = self._evaluation.settings.waves
        before = {wave.code for wave in waves if wave.status in {"released", "withdrawn"}}
        return before.union(*told)

    def live(self) -> list[Wave]:
        """Return the rounds that the coalition is shown as they are now, without a release."""
        if self.seen(COALITION):
            return []
        return [wave for wave in self._evaluation.settings.waves if wave.status == "released"]

    def standing(self, audience: str) -> Snapshot:
        """Return what an audience is shown where there is no release of it: maybe no round."""
        live = self.live() if audience == COALITION else []
        rounds = tuple(wave.code for wave in live)
        return Standing(self._evaluation, rounds, lambda: self._stand(rounds))

    def visible(self, release: Release) -> list[Wave]:
        """Return the rounds of a release that are still shown, in their frozen words.

        The coalition's rounds can also be taken off one by one, on the setup page.
        """
        waves = release.snapshot.settings.waves
        if release.draft.audience != COALITION:
            return list(waves)
        settings = self._evaluation.settings
        now = {wave.code for wave in settings.waves if wave.status == "released"}
        return [wave for wave in waves if wave.code in now]

    def unnamed(self, release: Release) -> list[str]:
        """Return the names on a release's maps of those who have taken back their consent since.

        Its maps are shown to nobody from then on: to be named can be taken back at any time.
        """
        if "relations" not in release.draft.parts:
            return []
        told = [release.snapshot.conversation(wave).relations for wave in release.draft.rounds]
        named = {code: name for ties in told if ties for code, name in ties.named.items()}
        agreed = self._evaluation.relations.partners.named
        return sorted(name for code, name in named.items() if code not in agreed)

    def usual(self, wave: str) -> Draft:
        """Return what is shown to the coalition when it is shown one more round, and all parts."""
        current = self.current(COALITION)
        before = self.visible(current) if current else self.live()
        shown = {wave, *(known.code for known in before)}
        waves = [known.code for known in self._evaluation.settings.waves if known.code in shown]
        words = current.draft if current else Draft()
        return Draft(COALITION, "", tuple(waves), words.parts, words.notes, words.quotes)

    def draft(self) -> Draft | None:
        """Return what was being composed when the page was last open."""
        kept = self._entries.newest(_DRAFT)
        return Draft.read(kept[-1].content) if kept else None

    def keep_draft(self, draft: Draft | None) -> None:
        """Keep what is being composed; nobody is shown it."""
        self._entries.keep([Entry(_DRAFT, asdict(draft) if draft else None)])

    def compose(self, draft: Draft) -> Release:
        """Return a release as it would be opened, of the figures as they are at this moment.

        It shows nothing that, beside all that anybody was ever shown, tells what somebody answered.

        Raises
        ------
        EvaluationError
            No round or no part was chosen, or a round is still open.
        """
        self._over(draft.rounds)
        if not set(draft.parts) & ({*PARTS} - {"who"}):  # who does what, without what
            raise EvaluationError(both("release.no_parts"))
        if max(len(draft.notes), len(draft.quotes)) > _LONGEST:
            raise EvaluationError(both("release.too_long", count=_LONGEST))
        entries = self._entries.history(_KIND)
        if live := tuple(wave.code for wave in self.live()):
            self._stand(live)  # whoever looked at it so has seen it
        tables = self._tables(draft.rounds)
        kept = take(self._evaluation, tables, draft.rounds, draft.parts)
        version = len(self.history(draft.audience)) + 1
        after = entries[-1].number if entries else 0
        return Release(draft, version, "", today(), Snapshot(kept), tables=tables, after=after)

    def open(
        self, release: Release, agreed: str, agreed_on: datetime.date, *, after: int | None = None
    ) -> Release:
        """Show a composed release to its audience from now on, in place of its version before.

        Parameters
        ----------
        release
            What `compose` returned, as it was looked at.
        agreed, agreed_on
            The coalition's decision.
        after
            What `seen` returned when it was composed.

        Raises
        ------
        EvaluationError
            Nobody is said to have agreed.
        LeakError
            Beside what was opened since it was composed, it would give away what somebody
            answered, or it tells of ties or purposes otherwise than another audience is told.
        ConflictError
            Somebody else opened a version in between.
        """
        from toolkit.evaluation.release.leaks import check_said, no_longer  # noqa: PLC0415

        if not agreed.strip():
            raise EvaluationError(both("release.who_agreed"))
        audience = release.draft.audience
        self._over(release.draft.rounds)
        entries = self._entries.history(_KIND)
        if entries and entries[-1].number != release.after:
            no_longer(release, self.compose(release.draft))
        check_said(release, self.beside(audience))
        version = len(self.history(audience)) + 1
        agreed = agreed.strip()[:_LONGEST]
        told = replace(release, version=version, agreed=agreed, agreed_on=agreed_on)
        # The entry first: should the file of settings fail, less is shown and not more.
        self._entries.keep([Entry(_KIND, told.content, audience)], after=after)
        if audience == COALITION:
            self._mark(release.draft.rounds)
        opened = self.current(audience)
        return opened or release

    def revoke(self, audience: str) -> None:
        """Show an audience nothing any more; all versions stay in the history."""
        self._entries.keep([Entry(_KIND, None, audience)])
        if audience == COALITION:
            self._mark(())

    def beside(self, audience: str) -> list[Release]:
        """Return what all other audiences are shown: what a new release must agree with."""
        return [other for other in self.every() if other.draft.audience != audience]

    def _stand(self, rounds: tuple[str, ...]) -> dict[str, Any]:
        """Return what may be shown of rounds without a release, and keep it: it is shown."""
        told = take(self._evaluation, self._tables(rounds), rounds, FIGURES)
        kept: dict[str, Any] = json.loads(json.dumps(told))
        before = self._entries.newest(_LIVE)
        if rounds and not (before and before[-1].content == kept):
            self._entries.keep([Entry(_LIVE, kept)])
        return kept

    def _tables(self, rounds: tuple[str, ...]) -> "Tables":
        """Return the tables of some rounds, beside all that anybody was ever shown."""
        from toolkit.evaluation.release.history import seen  # noqa: PLC0415

        kept = [release.snapshot.kept for release in self.everything()]
        kept += [entry.content for entry in self._entries.history(_LIVE)]
        return replace(self._evaluation.tables(), seen=seen(kept, rounds))

    def _over(self, rounds: Sequence[str]) -> None:
        """Refuse rounds that are not there, or that people still answer."""
        waves = {wave.code: wave for wave in self._evaluation.settings.waves}
        if not rounds or not waves.keys() >= {*rounds}:
            raise EvaluationError(both("release.no_rounds"))
        for wave in (waves[code] for code in rounds):
            if wave.status == "open":
                raise EvaluationError(both("release.still_open", wave=wave.text))

    def _mark(self, rounds: Iterable[str]) -> None:
        """Say in the settings which rounds the coalition is shown."""
        settings = self._evaluation.settings
        status = {wave.code: wave.status for wave in settings.waves}
        status |= {code: "withdrawn" for code, said in status.items() if said == "released"}
        status |= dict.fromkeys(rounds, "released")
        waves = [wave.model_copy(update={"status": status[wave.code]}) for wave in settings.waves]
        self._evaluation.change(settings.model_copy(update={"waves": tuple(waves)}))
