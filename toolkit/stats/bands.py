"""The bands and tallies of other instruments, with their sources and whether these were checked.

An instrument prints its bands in whole numbers or with one decimal, and means fall in between. The
rule here: a band starts at its printed lower bound, so 3.95 lies below 4.0, in the band of 3.9.
Rounding first would lift a mean into a band that it has not reached. Hand in unrounded means.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from toolkit.text import Text, both

__all__ = [
    "BANDS",
    "BILODEAU",
    "NUFFIELD_PRINCIPLE",
    "NUFFIELD_TOTAL",
    "PSAT",
    "VICHEALTH_0_4",
    "VICHEALTH_1_5",
    "WILDER",
    "Band",
    "Bands",
    "bilodeau_tally",
    "bilodeau_title",
]

_DECIMALS = 9  # a mean that computes to 3.9999999999999996 is 4


@dataclass(frozen=True)
class Band:
    """Hold one band.

    Attributes
    ----------
    low, high
        The bounds as printed, both included.
    code
        What it is called in this package.
    """

    low: float
    high: float
    code: str

    @property
    def meaning(self) -> Text:
        """What the instrument makes of it, in this project's words."""
        return both(f"bands.{self.code}")


@dataclass(frozen=True)
class Bands:
    """Hold the bands of one instrument in one coding.

    Attributes
    ----------
    name
        Its key in `BANDS`.
    checked
        `source`: the bands were checked in the source named; `second_hand`: in a text about the
        instrument; `computed`: they follow from bands that were; `memory`: they are not confirmed,
        and must be shown with `caution` or not at all.
    bands
        Lowest first.
    rule
        What a value off the scale may come from.
    """

    name: str
    checked: Literal["source", "second_hand", "computed", "memory"]
    bands: tuple[Band, ...]
    rule: str = ""

    @property
    def low(self) -> float:
        """The lowest value there is."""
        return self.bands[0].low

    @property
    def high(self) -> float:
        """The highest value there is."""
        return self.bands[-1].high

    @property
    def title(self) -> Text:
        """The instrument, its edition and its coding."""
        return both(f"bands.{self.name}")

    @property
    def source(self) -> Text:
        """Where the bands come from."""
        return both(f"bands.{self.name}_source")

    @property
    def caution(self) -> Text:
        """Whether the bands were checked, in words: to be shown beside them."""
        return both(f"bands.{self.checked}_caution")

    def levels(self, values: ArrayLike) -> NDArray[np.float64]:
        """Return the place of each value's band, 1 for the lowest.

        Not to be used to rank coalitions, nor to compare instruments: each has bands of its own.

        Parameters
        ----------
        values
            Means or totals in the unit of the instrument, any shape; NaN where there is none.

        Returns
        -------
        ndarray
            The shape of `values`; 1 to the number of bands, NaN where there is no value. A value
            between two bands belongs to the lower one: a band starts at its printed lower bound.

        Raises
        ------
        ValueError
            A value off the scale, which often is another coding, or no number.

        References
        ----------
        `source` names the source of each instrument's bands.

        Examples
        --------
        >>> VICHEALTH_1_5.levels([125.1, 134.7, 136.0, 137.4, 139.6, 141.2]).tolist()
        [2.0, 3.0, 3.0, 3.0, 3.0, 3.0]
        """
        try:
            table = np.round(np.asarray(values, dtype=float), _DECIMALS)
        except (TypeError, ValueError) as error:
            message = "values: every value is a number, or NaN where there is none"
            raise ValueError(message) from error
        if ((table < self.low) | (table > self.high)).any():
            message = f"values: {self.name} runs from {self.low:g} to {self.high:g}{self.rule}"
            raise ValueError(message)
        places = np.searchsorted([band.low for band in self.bands], table, side="right")
        return np.where(np.isnan(table), np.nan, places)

    def of(self, value: float) -> Band:
        """Return the band of one value; for several, and for what else holds, see `levels`.

        Raises
        ------
        ValueError
            The value is off the scale, or no number.

        Examples
        --------
        >>> WILDER.of(3.95).code
        'wilder_discuss'
        """
        level = self.levels(value)
        if level.ndim or np.isnan(level):
            message = "value: one number is needed"
            raise ValueError(message)
        return self.bands[int(level) - 1]


WILDER = Bands(
    "wilder",
    "second_hand",
    (
        Band(1.0, 2.9, "wilder_address"),
        Band(3.0, 3.9, "wilder_discuss"),
        Band(4.0, 5.0, "wilder_strength"),
    ),
)
PSAT = Bands(
    "psat",
    "memory",
    (
        Band(1.0, 2.9, "psat_rethink"),
        Band(3.0, 3.9, "psat_work"),
        Band(4.0, 4.5, "psat_advance"),
        Band(4.6, 5.0, "psat_keep"),
    ),
)
VICHEALTH_1_5 = Bands(
    "vichealth_1_5",
    "source",
    (
        Band(35, 84, "vichealth_question"),
        Band(85, 126, "vichealth_attention"),
        Band(127, 175, "vichealth_keep"),
    ),
    "; a lower total is in the 0-4 coding, vichealth_0_4",
)
VICHEALTH_0_4 = Bands(
    "vichealth_0_4",
    "computed",
    tuple(Band(band.low - 35, band.high - 35, band.code) for band in VICHEALTH_1_5.bands),
    "; a higher total is in the 1-5 coding, vichealth_1_5",
)
NUFFIELD_PRINCIPLE = Bands(
    "nuffield_principle",
    "memory",
    (
        Band(6, 6, "nuffield_urgent"),
        Band(7, 12, "nuffield_concerns"),
        Band(13, 18, "nuffield_explore"),
        Band(19, 24, "nuffield_well"),
    ),
    "; the total of all six principles is nuffield_total",
)
NUFFIELD_TOTAL = Bands(
    "nuffield_total",
    "memory",
    (
        Band(36, 36, "nuffield_urgent"),
        Band(37, 72, "nuffield_concerns"),
        Band(73, 108, "nuffield_explore"),
        Band(109, 144, "nuffield_well"),
    ),
    "; the total of one principle is nuffield_principle",
)
#: Every table of bands, by its name.
BANDS: Mapping[str, Bands] = MappingProxyType(
    {
        table.name: table
        for table in (
            WILDER,
            PSAT,
            VICHEALTH_0_4,
            VICHEALTH_1_5,
            NUFFIELD_PRINCIPLE,
            NUFFIELD_TOTAL,
        )
    }
)


#: The items of each of its six conditions.
BILODEAU: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "coverage": (1, 2),
        "early": (3,),
        "influence": (4,),
        "commitment": (5, 9, 10, 11),
        "equal_power": (12, 13, 14, 16),
        "building": (6, 7, 8, 15, 17, 18),
    }
)
_LETTERS = ["A", "B", "C"]


def bilodeau_title(condition: str = "bilodeau") -> Text:
    """Return the name of one of the conditions in this project's words, or of the tool itself."""
    return both(f"bands.{condition}_tally")


def bilodeau_tally(answers: pd.DataFrame) -> pd.DataFrame:
    """Return how often A, B and C were chosen, by item, by condition and overall.

    The tool has no total and no bands: look at the items with the least favourable answers. It is
    made for a defined project with resources, not for pure networking, and for the group itself,
    never for accounting to a funder.

    Parameters
    ----------
    answers
        One row for each of the 18 items, indexed 1 to 18 in any order; one column a person, or one
        for the group's own answers. `A` is the strongest statement, `C` the weakest; null where
        there is no answer. Answers of persons and of the group are not put in one table.

    Returns
    -------
    frame
        18 items, then 6 conditions, then the whole: `part` (`item`, `condition`, `overall`),
        `condition` (a key of `BILODEAU`, null overall), `item` (null but on items), and people or
        answers: `A`, `B`, `C`, `missing`, whole numbers, 0 where nobody answered.

    Raises
    ------
    ValueError
        An item is absent or unknown or there twice, or an answer is none of the three letters.

    References
    ----------
    Bilodeau, Galarneau, Fournier, Potvin, Sénécal & Bernier (2008, re-issued 2014), Outil
    diagnostique de l'action en partenariat: conditions, items and the counting, checked there.

    Examples
    --------
    >>> everybody = pd.DataFrame({"P1": "A", "P2": "B"}, index=range(1, 19))
    >>> bilodeau_tally(everybody).query("part == 'condition'")["A"].tolist()
    [2, 1, 1, 4, 4, 6]
    """
    items = {item: condition for condition, among in BILODEAU.items() for item in among}
    if len(answers) != len(items) or set(answers.index) != set(items):
        message = f"answers: one row for each of the {len(items)} items, indexed by its number"
        raise ValueError(message)
    if not (answers.isin(_LETTERS) | answers.isna()).to_numpy().all():
        message = "answers: A, B or C, or null where there is no answer"
        raise ValueError(message)
    counts = pd.DataFrame({letter: answers.isin([letter]).sum(axis=1) for letter in _LETTERS})
    counts = counts.assign(missing=answers.isna().sum(axis=1)).astype(int).loc[sorted(items)]
    by_item = counts.rename_axis("item").reset_index()
    by_item = by_item.assign(part="item", condition=by_item["item"].map(items))
    by_condition = counts.groupby(pd.Series(items)).sum().loc[list(BILODEAU)]
    by_condition = by_condition.rename_axis("condition").reset_index().assign(part="condition")
    overall = counts.sum().to_frame().T.assign(part="overall")
    table = pd.concat([by_item, by_condition, overall], ignore_index=True)
    return table[["part", "condition", "item", *_LETTERS, "missing"]].astype({"item": "Int64"})
