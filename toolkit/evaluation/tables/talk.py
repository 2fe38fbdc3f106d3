"""What to talk about first after a round: of the conditions, and of the modules beside them."""

from collections.abc import Callable

import pandas as pd

from toolkit.evaluation.tables import modules
from toolkit.evaluation.tables.modules import ModuleTables
from toolkit.evaluation.tables.shown import Tables
from toolkit.scoring.guide import joined

__all__ = ["talk"]

#: Lines of each kind that a module adds: it stands beside the conditions, and takes no place of
#: theirs.
_MOST = 2


def talk(
    tables: Tables,
    wave: str,
    of_module: Callable[[Tables, str], ModuleTables] = modules.of_module,
) -> pd.DataFrame:
    """Return what to talk about first, read from masked figures alone.

    Parameters
    ----------
    tables
        Those of the conditions.
    wave
        The round.
    of_module
        Finds the tables of a module; those that were released are found otherwise.

    Returns
    -------
    frame
        `kind` (see `scoring.guide`), `indicator`, `rank` from 1 within its kind: the conditions'
        lines, then those of the modules that the round asked.
    """
    asked = tables.folder.settings.wave(wave)
    known = [section.code for section in tables.folder.instrument_of(wave).modules]
    codes = [code for code in known if asked and code in asked.modules]
    beside = [of_module(tables, code).guide(wave, most=_MOST) for code in codes]
    return joined([tables.guide(wave), *beside])
