"""What is said of each line from its protected counts, on one scale."""

from typing import TYPE_CHECKING

import pandas as pd

from toolkit.scoring.distribution import diverging, summary
from toolkit.scoring.reading import reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["described", "placed"]


def placed(figures: pd.DataFrame) -> pd.DataFrame:
    """Return figures with where each step lies in a diverging bar, and how far people agree."""
    start, end = diverging(figures)
    places: dict[str, NDArray[np.float64]] = {}
    for step in range(start.shape[1]):
        places |= {f"start_{step + 1}": start[:, step], f"end_{step + 1}": end[:, step]}
    return figures.assign(**places, agreement=summary(figures)["agreement"])


def described(figures: pd.DataFrame) -> pd.DataFrame:
    """Return figures with what each distribution says."""
    said: pd.DataFrame = summary(figures)
    words = pd.Series(reading(said), index=said.index)
    return said.assign(reading=words.where(words.notna(), said["reading"]))
