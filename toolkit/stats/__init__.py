"""The analyst's library: figures that no page shows, each with its source and its limits.

They take the same tables as `toolkit.scoring`: counts of each step, or answers in a frame.

- `icc`: how far people who rated the same lines agree, one rating and their mean. Every person must
  have rated every line.
- `krippendorff_alpha`: the same beyond chance, with gaps, on a nominal, ordinal or interval scale.
- `rwg`, `rwg_j`: agreement of one group on one line, or on several, against a null distribution.
- `van_der_eijk`, `leik`: agreement of one distribution of ordered steps; not between scales of
  different numbers of steps.
- `cronbach_alpha`, `mcdonald_omega`, `feldt_interval`: whether lines hang together; no property of
  an instrument, but of these answers to it.
- `BANDS`, `bilodeau_tally`: how other instruments that people already hold are read.
- `link`: which self-made codes of two rounds are probably the same person's.
"""

from toolkit.stats.bands import BANDS, bilodeau_tally, bilodeau_title
from toolkit.stats.consensus import leik, van_der_eijk
from toolkit.stats.icc import icc
from toolkit.stats.krippendorff import krippendorff_alpha
from toolkit.stats.linking import link
from toolkit.stats.reliability import cronbach_alpha, feldt_interval, mcdonald_omega
from toolkit.stats.rwg import rwg, rwg_j

__all__ = [
    "BANDS",
    "bilodeau_tally",
    "bilodeau_title",
    "cronbach_alpha",
    "feldt_interval",
    "icc",
    "krippendorff_alpha",
    "leik",
    "link",
    "mcdonald_omega",
    "rwg",
    "rwg_j",
    "van_der_eijk",
]
