"""Ties between partners: who says what of whom."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from toolkit.errors import RatingError
from toolkit.evaluation.folder import Folder
from toolkit.evaluation.people import voices
from toolkit.evaluation.relations.partners import Partners, standing
from toolkit.evaluation.relations.roles import Roles
from toolkit.evaluation.relations.ties import ASPECTS, UNKNOWN, WAYS, Tie
from toolkit.evaluation.settings import Partner
from toolkit.evaluation.sheet import Sheet
from toolkit.storage import Entry, Store
from toolkit.text import both

if TYPE_CHECKING:
    from toolkit.evaluation.relations.figures import PartnersMap

__all__ = ["Relations"]


class Relations:
    """The ties of one evaluation.

    A person answers for the partner that the store knows them by: nothing that a page sends can
    make them somebody else. Every method that writes has written when it returns.

    Attributes
    ----------
    partners
        Whom the ties are between.
    roles
        What each partner does in the coalition.
    """

    def __init__(self, folder: Folder, store: Store) -> None:
        self._folder = folder
        self._store = store
        self.partners = Partners(folder, store)
        self.roles = Roles(self.partners, store)

    def order(self, wave: str, rater: str) -> list[Partner]:
        """Return all partners but the person's own, starting elsewhere for each person."""
        own = self.partners.of(rater)
        others = [partner for partner in self.partners.listed if partner.code != own]
        turn = int(sha256(f"{wave}/{rater}".encode()).hexdigest(), 16) % max(len(others), 1)
        return [*others[turn:], *others[:turn]]

    def ties(self, wave: str, rater: str) -> dict[str, Tie]:
        """Return what a person said of each other partner that there is now, by its code."""
        others = self.partners.codes - {self.partners.of(rater)}
        said = self._said(wave, self.partners.merged, author=rater)
        return {code: tie for (_, code), tie in said.items() if code in others and tie != Tie()}

    def record(self, wave: str, rater: str, partner: str, **said: Any) -> None:
        """Keep what a person says of their partner's tie with another: `current`, `desired`.

        What is not given stays as it was; None takes it back.

        Raises
        ------
        RatingError
            The round is closed or does not ask, the person did not agree to take part or answers
            for no partner, the other is their own or none, or the level is off the scale.
        StoreError
            It could not be kept; nothing was written.
        """
        self._check(wave, rater, [partner])
        before = self.ties(wave, rater).get(partner, Tie())
        tie = replace(before, **{name: said[name] for name in ASPECTS if name in said})
        if not (_is_level(tie.current) or tie.current == UNKNOWN) or not _is_level(tie.desired):
            raise RatingError(both("relations.off_scale"))
        # Nothing said is kept as such, never as a gap, so that no older answer shows through.
        self._store.entries.keep([Entry("tie", asdict(tie), partner, wave, rater)])

    def no_contact(self, wave: str, rater: str, partners: Iterable[str]) -> int:
        """Keep that there is no contact with partners of which nothing was said; return how many.

        Raises
        ------
        RatingError, StoreError
            As `record`.
        """
        given = self.ties(wave, rater)
        left = [code for code in dict.fromkeys(partners) if code not in given]
        self._check(wave, rater, left)
        told = asdict(Tie(current=0))
        self._store.entries.keep([Entry("tie", told, code, wave, rater) for code in left])
        return len(left)

    def spoken(self, wave: str) -> dict[tuple[str, str], list[Tie]]:
        """Return what the people of each partner said of each other one, by their codes.

        Each person's own answer: the evaluator's alone. What somebody says of a partner that
        nobody vouches they answer for is not in it; see `Partners.claims`.
        """
        # Who was set aside counts nowhere; who came by a group's link, once that is accepted.
        unheard = self.partners.unvouched | voices(self._store).aside
        merged, people, codes = self.partners.merged, self._store.raters(), self.partners.codes
        found: dict[tuple[str, str], list[Tie]] = {}
        for (rater, target), tie in self._said(wave, merged).items():
            known = rater in people and rater not in unheard
            source = standing(people[rater].partner, merged) if known else ""
            if source != target and {source, target} <= codes and tie != Tie():
                found.setdefault((source, target), []).append(tie)
        return found

    @property
    def rounds(self) -> frozenset[str]:
        """The rounds in which somebody said something of a tie."""
        kept = self._store.entries.newest("tie")
        return frozenset(entry.wave for entry in kept if Tie(**entry.content) != Tie())

    def map(self, wave: str, *, own: bool) -> "PartnersMap":
        """Return the map of a round: as the evaluator may see it, or else as the group may."""
        # Who answers never asks for a table, and must not carry pandas.
        from toolkit.evaluation.relations.map import partners_map  # noqa: PLC0415

        spoken, secret = self.spoken(wave), self._store.secret()
        return partners_map(self._folder, self.partners, spoken, secret, wave, own=own)

    def answering(self, wave: str, rater: str) -> Sheet:
        """Return the sheet of a person who may say now what ties there are.

        Raises
        ------
        RatingError
            The round is closed or does not ask, or the person did not agree to take part.
        """
        sheet = Sheet(self._folder, self._store, wave, rater)
        if not sheet.open:
            raise RatingError(both("refusal.closed", wave=sheet.wave.text))
        if "relations" not in sheet.wave.activities:
            raise RatingError(both("relations.not_asked"))
        if not sheet.consented:
            raise RatingError(both("refusal.no_consent"))
        return sheet

    def _check(self, wave: str, rater: str, partners: Iterable[str]) -> None:
        """Refuse what this person may not say of these partners."""
        self.answering(wave, rater)
        own = self.partners.of(rater)
        if not own:
            raise RatingError(both("relations.partnerless"))
        known = self.partners.codes
        for code in partners:
            if code == own:
                raise RatingError(both("relations.itself"))
            if code not in known:
                raise RatingError(both("relations.no_partner"))

    def _said(
        self, wave: str, merged: Mapping[str, str], author: str | None = None
    ) -> dict[tuple[str, str], Tie]:
        """Return the newest tie by person and partner; of two that became one, the newest."""
        kept = self._store.entries.newest("tie", wave=wave, author=author)
        return {(e.author, standing(e.subject, merged)): Tie(**e.content) for e in kept}


def _is_level(value: object) -> bool:
    return value is None or (type(value) is int and value in {0, *WAYS})
