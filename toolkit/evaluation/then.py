"""The then-test: what somebody who comes back is asked about an earlier round."""

from collections.abc import Iterable

from toolkit.instruments import Instrument
from toolkit.ratings import Rating

__all__ = ["asked_again"]


def asked_again(now: Instrument, before: Instrument, given: Iterable[Rating]) -> frozenset[str]:
    """Return the lines that people can be asked to rate again, as they now see a round.

    Those that they rated in that round themselves, since only the same people are compared, in the
    words and on the scale of today, since no others are. And of these only the short form's, all of
    them where an instrument marks none: a second answer to every line would cost more answers than
    it explains.

    Parameters
    ----------
    now, before
        What is asked now, and what was asked in that round.
    given
        What was answered in that round, by one person or by several.
    """
    short = now.form(short=True) or now.conditions
    asked = {line.code for section in short for line in section.indicators}
    return frozenset(
        rating.indicator
        for rating in given
        if (rating.mode, rating.aspect) == ("individual", "current")
        and rating.value is not None
        and rating.indicator in asked
        and before.edition_of(rating.indicator, rating.instrument, rating.version, rating.scale)
        == now.editions[rating.indicator]
    )
