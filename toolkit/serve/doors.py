"""Which roles' links open which notebook, and the three doors of an evaluation."""

from toolkit.evaluation import Evaluation, Role

__all__ = ["ROLES", "doors"]

#: A notebook that is not named here is the evaluator's own, and is not served.
ROLES: dict[str, tuple[Role, ...]] = {
    "rate.ipynb": ("rater", "own", "group"),
    "dashboard.ipynb": ("viewer", "evaluator"),
    "setup.ipynb": ("evaluator",),
}


def doors(evaluation: Evaluation, address: str, *, rate: bool) -> dict[str, str]:
    """Return a new link for each door: `rate` (one person, if asked for), `dashboard`, `setup`."""
    mine = evaluation.links.make("evaluator")[0]
    found = {"dashboard": f"{address}dashboard.ipynb?t={mine}"}
    found["setup"] = f"{address}setup.ipynb?t={mine}"
    wave = evaluation.wave
    if rate and wave is not None and wave.status == "open":
        rater = evaluation.invite(wave.code, 1)[0]
        found = {"rate": f"{address}rate.ipynb?t={rater}", **found}
    return found
