"""The tally of Bilodeau and colleagues' tool: counts of A, B and C, never a sum."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from toolkit.text import Text, both

__all__ = ["BILODEAU", "bilodeau_tally", "bilodeau_title"]

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
