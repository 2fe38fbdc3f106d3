"""The tables that may be shown: masked, and worded in the reader's language."""

from typing import TYPE_CHECKING

import pandas as pd

from toolkit import scoring
from toolkit.evaluation.raw import ratings
from toolkit.text import Language

if TYPE_CHECKING:
    from toolkit.evaluation.gate import Evaluation

__all__ = ["counts", "gaps", "guide", "profile", "ratings", "summary"]

_LINE = ["wave", "condition", "indicator", "aspect"]
_CONDITION = ["wave", "condition"]
_SAID = ["low", "high", "top", "agreement", "reading"]
#: A pool of one is that one.
_POOL = 2


def counts(evaluation: "Evaluation", language: Language, *, by_group: bool = False) -> pd.DataFrame:
    """Return the masked distribution of each indicator, individual answers only.

    Returns
    -------
    frame
        `wave`, `condition`, `indicator`, `aspect`, `group` (`all` for everybody), `step_1` to
        `step_K`, `n`, `dont_know`, `not_applicable`, `skipped` (people; null where masked),
        `start_1`, `end_1`… (where each step lies in a diverging bar, as a share of the answers),
        `shown` (`distribution`, `statistic`, `nothing`), and `statement`, `title`, `round` in
        words; in the order of the rounds and of the instrument.
    """
    return _lines(evaluation, language, by_group=by_group).drop(columns=_SAID)


def summary(
    evaluation: "Evaluation", language: Language, *, by_group: bool = False
) -> pd.DataFrame:
    """Return what each indicator's distribution says, masked.

    Returns
    -------
    frame
        `wave`, `condition`, `indicator`, `aspect`, `group`, `n`, `dont_know`, `not_applicable`,
        `skipped` (people), `low` and `high` (medians, steps), `top` (people on the two highest
        steps), `agreement` (0 to 1), `reading` (shared, mixed, divided), `shown`, and
        `statement`, `title`, `round` in words.
    """
    frame = _lines(evaluation, language, by_group=by_group)
    detail = [name for name in frame.columns if name.startswith(("step_", "start_", "end_"))]
    return frame.drop(columns=detail)


def gaps(evaluation: "Evaluation", wave: str, language: Language) -> pd.DataFrame:
    """Return the low medians of today and of what is desired, for one round and everybody.

    Returns
    -------
    frame
        The current rows of `summary`, with `current` and `wanted` (steps) and `gap` (wanted less
        current, steps); null where either is masked.
    """
    frame = summary(evaluation, language)
    frame = frame[frame["wave"] == wave]
    wanted = frame[frame["aspect"] == "desired"].set_index("indicator")["low"]
    today = frame[frame["aspect"] == "current"].reset_index(drop=True)
    later = today["indicator"].map(wanted).astype("Float64")
    return today.assign(current=today["low"], wanted=later, gap=later - today["low"])


def guide(evaluation: "Evaluation", wave: str) -> pd.DataFrame:
    """Return what to talk about first after a round: `kind`, `indicator`, `rank`."""
    steps = max(len(scale.steps) for scale in _scales(evaluation))
    return scoring.guide(gaps(evaluation, wave, "fr"), steps)


def profile(
    evaluation: "Evaluation", language: Language, *, by_group: bool = False
) -> pd.DataFrame:
    """Return the conditions of each round side by side, masked; they are never summed.

    A condition pools the answers to its indicators. An indicator that is masked stays out of the
    pool, since the pool less what is shown would give it away.

    Returns
    -------
    frame
        `wave`, `condition`, `group`, `n` (people), `answers` (pooled), `low`, `high` (steps),
        `top` (answers on the two highest steps), `agreement` (mean of the indicators', 0 to 1),
        `reading` (shared, mixed, divided), `shown`, and `title`, `round` in words.
    """
    raw = _distribution(evaluation, by_group=by_group)
    raw = raw[raw["aspect"] == "current"]
    pool = _described(_poolable(evaluation, raw))
    steps = [name for name in pool.columns if name.startswith("step_")]
    rows = pool.groupby([*_CONDITION, "group"], as_index=False, sort=False)
    figures = rows.agg(
        {**dict.fromkeys([*steps, "top"], "sum"), "n": "size", "agreement": "mean"}
    ).rename(columns={"n": "indicators"})
    low, high = scoring.medians(figures[steps].to_numpy())
    figures = figures.assign(
        answers=figures[steps].sum(axis=1),
        low=low,
        high=high,
        reading=scoring.reading_of(figures["agreement"]),
    )
    # Every condition has its row: one whose indicators are all masked shows as masked.
    asked = raw[[*_CONDITION, "group"]].drop_duplicates()
    figures = asked.merge(figures, how="left").merge(_people(evaluation, by_group=by_group), "left")
    figures["n"] = figures["n"].where(figures["indicators"].notna(), 0).fillna(0)
    figures = figures.drop(columns=[*steps, "indicators"])
    return _worded(evaluation, _masked(evaluation, figures, _CONDITION), language)


def _poolable(evaluation: "Evaluation", raw: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the indicators that may be pooled within their condition.

    Those whose counts are shown; where no indicator's are, those whose statistics are, if there
    are at least two.
    """
    shown = _masked(evaluation, _described(raw), _LINE)
    everybody = shown[shown["group"] == scoring.EVERYBODY]
    tier = everybody["shown"].map({"distribution": 2, "statistic": 1, "nothing": 0})
    everybody = everybody.assign(tier=tier)[["wave", "condition", "indicator", "tier"]]
    best = everybody.groupby(_CONDITION)["tier"].transform("max")
    size = everybody[everybody["tier"] == best].groupby(_CONDITION)["tier"].transform("size")
    enough = (everybody["tier"] == best) & ((best == _POOL) | (size.reindex(best.index) >= _POOL))
    kept = everybody[enough & (best > 0)]
    return raw.merge(kept[["wave", "indicator"]], on=["wave", "indicator"])


def _lines(evaluation: "Evaluation", language: Language, *, by_group: bool) -> pd.DataFrame:
    figures = _described(_distribution(evaluation, by_group=by_group))
    start, end = scoring.diverging(scoring.steps(figures))
    for step in range(start.shape[1]):
        figures[f"start_{step + 1}"], figures[f"end_{step + 1}"] = start[:, step], end[:, step]
    return _worded(evaluation, _masked(evaluation, figures, _LINE), language)


def _scales(evaluation: "Evaluation"):  # type: ignore[no-untyped-def]  # noqa: ANN202
    instrument = evaluation.instrument
    return {line.scale: instrument.scales[line.scale] for s in instrument.conditions for line in s.indicators}.values()


def _answered(evaluation: "Evaluation") -> pd.DataFrame:
    """Return people's own answers to the conditions, in the rounds that are set."""
    frame = evaluation.ratings()
    asked = {line.code for part in evaluation.instrument.conditions for line in part.indicators}
    waves = {wave.code for wave in evaluation.settings.waves}
    own = (frame["mode"] == "individual") & frame["indicator"].isin(asked)
    return frame[own & frame["wave"].isin(waves)]


def _distribution(evaluation: "Evaluation", *, by_group: bool) -> pd.DataFrame:
    given = _answered(evaluation)
    parts = [scoring.distribution(given, _LINE).assign(group=scoring.EVERYBODY)]
    if by_group:
        parts.append(scoring.distribution(given, [*_LINE, "group"]))
    frame = pd.concat(parts, ignore_index=True)
    order = {code: i for i, code in enumerate(evaluation.instrument.indicators)}
    rounds = {wave.code: i for i, wave in enumerate(evaluation.settings.waves)}
    frame = frame.assign(_wave=frame["wave"].map(rounds), _line=frame["indicator"].map(order))
    frame = frame.sort_values(["_wave", "_line", "aspect", "group"], kind="stable")
    steps = [name for name in frame.columns if name.startswith("step_")]
    rest = ["n", "dont_know", "not_applicable", "skipped"]
    return frame[[*_LINE, "group", *steps, *rest]].reset_index(drop=True)


def _described(frame: pd.DataFrame) -> pd.DataFrame:
    described = scoring.summary(frame)
    size = scoring.steps(frame).shape[1]
    described = described.assign(reading=scoring.reading(described, size))
    return described.drop(columns=["bottom", "deviation"])


def _people(evaluation: "Evaluation", *, by_group: bool) -> pd.DataFrame:
    """Return how many people gave a step in each condition, everybody and by group."""
    given = _answered(evaluation)
    given = given[given["value"].notna() & (given["aspect"] == "current")]
    everybody = given.groupby(_CONDITION)["rater"].nunique().rename("n").reset_index()
    parts = [everybody.assign(group=scoring.EVERYBODY)]
    if by_group:
        people = given.groupby([*_CONDITION, "group"])["rater"].nunique()
        parts.append(people.rename("n").reset_index())
    return pd.concat(parts, ignore_index=True)


def _masked(evaluation: "Evaluation", figures: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    privacy = evaluation.settings.privacy
    return scoring.protect(figures, privacy.minimum, privacy.minimum_distribution, by)


def _worded(evaluation: "Evaluation", frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    instrument = evaluation.instrument
    titles = {section.code: section.title[language] for section in instrument.sections}
    rounds = {wave.code: wave.text[language] for wave in evaluation.settings.waves}
    worded = frame.assign(title=frame["condition"].map(titles), round=frame["wave"].map(rounds))
    if "indicator" in frame:
        texts = {code: line.text[language] for code, line in instrument.indicators.items()}
        worded = worded.assign(statement=frame["indicator"].map(texts))
    return worded
