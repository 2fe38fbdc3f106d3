"""The partners that there are now: who became whom, who answers for whom, who may be named."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from toolkit.errors import RatingError
from toolkit.evaluation.folder import Folder
from toolkit.evaluation.people import voices
from toolkit.evaluation.settings import Partner
from toolkit.evaluation.sheet import Sheet
from toolkit.storage import Entry, Rater, Store
from toolkit.text import both

__all__ = ["Claim", "Partners", "standing"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A person says for which partner they answer.

    Attributes
    ----------
    rater, partner, wave
        Who, for whom, and in which round they said so.
    link
        The role of their link: `own` (handed out for a group's link) or `rater`; empty without.
    accepted
        Whether the evaluator lets them speak for the partner.
    named
        Whether they wish the partner to be named; None if they never said.
    ties
        How many ties they told of.
    said_at
        When they said so, or when it was accepted.
    """

    rater: str
    partner: str
    wave: str
    link: str
    accepted: bool
    named: bool | None
    ties: int
    said_at: datetime | None


class Partners:
    """The partners of one evaluation, as they are read beside what was said of them.

    A partner keeps its code whatever it is called; one that was removed keeps what was said, and
    one that became another is read as that other.
    """

    def __init__(self, folder: Folder, store: Store) -> None:
        self._folder = folder
        self._store, self._entries = store, store.entries

    @property
    def listed(self) -> list[Partner]:
        """The partners that there are now: neither removed nor joined to another."""
        merged = self.merged
        return [p for p in self._folder.settings.partners if standing(p.code, merged) == p.code]

    @property
    def codes(self) -> frozenset[str]:
        """Their codes."""
        return frozenset(partner.code for partner in self.listed)

    @property
    def merged(self) -> dict[str, str]:
        """Which partner became which other, by code."""
        found = self._store.entries.newest("merged", author="")
        return {entry.subject: str(entry.content) for entry in found}

    @property
    def removed(self) -> frozenset[str]:
        """Codes of whom or by whom something was said, and that are no longer in the settings."""
        people, said = self._store.raters(), self._store.entries.newest("tie")
        spoke = {people[entry.author].partner for entry in said if entry.author in people}
        kept = {partner.code for partner in self._folder.settings.partners}
        return frozenset({entry.subject for entry in said} | spoke) - kept - {""}

    def join(self, partner: str, into: str) -> None:
        """Say that a partner became another; with an empty text, that it stands for itself again.

        Nothing that was said is changed: what concerns the one is read as of the other.

        Raises
        ------
        RatingError
            There is no such partner, or the other became this one.
        """
        codes = {known.code for known in self._folder.settings.partners}
        if partner not in codes | self.removed or (into and into not in codes):
            raise RatingError(both("relations.no_partner"))
        if into and standing(into, self.merged) == partner:
            raise RatingError(both("relations.circle"))
        self._store.entries.keep([Entry("merged", into or None, partner)])

    def of(self, rater: str) -> str:
        """Return the partner that a person answers for now, empty if there is none."""
        known = self._store.raters().get(rater)
        code = standing(known.partner, self.merged) if known else ""
        return code if code in self.codes else ""

    def choose(self, sheet: Sheet, partner: str) -> None:
        """Keep, once, for which partner a person answers.

        Raises
        ------
        RatingError
            There is no such partner, or they said before whom they answer for.
        """
        if partner not in self.codes:
            raise RatingError(both("relations.no_partner"))
        if self.of(sheet.rater):
            raise RatingError(both("relations.chosen"))
        sheet.claim(partner)
        self._store.add_rater(Rater(sheet.rater, partner, sheet.person.group))

    def agree(self, sheet: Sheet, *, named: bool) -> None:
        """Keep whether a person lets their partner be named; they may say so at any time.

        Raises
        ------
        RatingError
            They did not agree to take part, or answer for no partner.
        """
        if not sheet.consented:
            raise RatingError(both("refusal.no_consent"))
        own = self.of(sheet.rater)
        if not own:
            raise RatingError(both("relations.partnerless"))
        self._store.entries.keep([Entry("named", bool(named), own, "", sheet.rater)])

    def agreed(self, rater: str) -> bool | None:
        """Return whether a person lets their partner be named; None if they never said."""
        found = self._store.entries.newest("named", subject=self.of(rater), author=rater)
        return bool(found[-1].content) if found else None

    @property
    def claims(self) -> list[Claim]:
        """Who said by themselves for which partner they answer, those first who wait.

        Anybody may who was handed a link that was made for no partner. Until the evaluator accepts
        it, what they say of their partner is a wish: it names nobody, and counts as no tie.
        """
        merged, links = self.merged, {link.rater: link.role for link in self._store.links()}
        wishes = {entry.author: bool(entry.content) for entry in self._entries.newest("named")}
        said = [entry.author for entry in self._entries.newest("tie")]
        found = [
            Claim(
                rater=entry.author,
                partner=standing(entry.subject, merged),
                wave=entry.wave,
                link=links.get(entry.author, ""),
                accepted=bool(entry.content["accepted"]),
                named=wishes.get(entry.author),
                ties=said.count(entry.author),
                said_at=entry.recorded_at,
            )
            for entry in self._entries.newest("claim")
        ]
        return sorted(found, key=lambda claim: (claim.accepted, claim.partner, claim.rater))

    def accept(self, rater: str, *, accepted: bool = True) -> None:
        """Let a person speak for the partner that they named, or no longer.

        Raises
        ------
        RatingError
            They named none.
        """
        kept = self._entries.newest("claim", author=rater)
        if not kept:
            raise RatingError(both("relations.no_partner"))
        content = {"accepted": accepted}
        self._entries.keep([replace(entry, content=content, recorded_at=None) for entry in kept])

    @property
    def unvouched(self) -> frozenset[str]:
        """The people who say by themselves for which partner they answer; nobody else does."""
        kept = self._entries.newest("claim")
        return frozenset(entry.author for entry in kept if not entry.content["accepted"])

    def speaks(self, rater: str) -> bool:
        """Return whether what a person says of their partner counts as the partner's."""
        return rater not in self.unvouched

    @property
    def named(self) -> frozenset[str]:
        """The partners that agreed to be named: somebody said so, and nobody said otherwise.

        Only who answers with a link that was made for the partner, or whom the evaluator accepted.
        Of whoever was set aside a no still holds, and a yes does not.
        """
        said: dict[str, list[bool]] = {}
        unvouched, aside = self.unvouched, voices(self._store).aside
        for entry in self._entries.newest("named"):
            if entry.author not in unvouched and not (entry.content and entry.author in aside):
                said.setdefault(entry.subject, []).append(bool(entry.content))
        return frozenset(code for code, answers in said.items() if all(answers))


def standing(code: str, merged: Mapping[str, str]) -> str:
    """Return what a partner became, over as many steps as it takes."""
    seen = {code}
    while (then := merged.get(code, "")) and then not in seen:
        seen.add(then)
        code = then
    return code
