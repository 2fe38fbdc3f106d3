"""What is printed at the end: a line for each thing measured, as a ratio, with its aim."""

from dataclasses import dataclass

__all__ = ["ROWS", "report"]


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes
    ----------
    key
        Which samples.
    title
        What they are.
    unit
        `s`, `ms`, `MB` or nothing.
    times
        The aim: how many times less than stock.
    most
        The aim: how much at most.
    against
        Samples of the stock side that have another key.
    """

    key: str
    title: str
    unit: str
    times: float | None = None
    most: float | None = None
    against: str = ""


def _rows(few, people):
    """Return the lines by measure, in the order of the issue."""
    return {
        "first": (
            Row("first", "click → form usable, cold cache", "s", times=4),
            Row("first_in_all", "… with the home page before it", "s"),
            Row("first_saved", "… from there to the first tap saved", "s"),
        ),
        "second": (
            Row("second", "the same, second visit of the browser", "s", times=5),
            Row("second_in_all", "… with the home page before it", "s"),
        ),
        "imports": (Row("imports", "kernel request → imports done", "s", times=10),),
        "memory": (
            Row("memory_few", f"memory that visitor {few} adds", "MB", times=5),
            Row("memory_full", f"memory that visitor {people} adds", "MB", times=5),
        ),
        "arrivals": (
            Row("arrivals", f"{few} arrivals at once, all in Chromium here, all usable", "s", 8),
            Row("arrivals_failed", "… how many failed", "", most=0),
            Row("arrivals_few", f"{few} arrivals at once, 6 in Chromium, all usable", "s", times=8),
            Row("arrivals_few_failed", "… how many failed", "", most=0),
            Row("arrivals_none", f"{few} arrivals at once, by script, all usable", "s", times=8),
            Row("arrivals_none_failed", "… how many failed", "", most=0),
        ),
        "crowd": (
            Row("rush", f"{people} at once, all usable", "s", times=6),
            Row("rush_failed", "… how many failed", "", most=0),
            Row("crowd", f"{people} within 10 s (stock: at once), all usable", "s", against="rush"),
            Row("crowd_longest", "… the longest that one waited", "s", against="rush_longest"),
            Row("crowd_failed", "… how many failed", "", most=0, against="rush_failed"),
            Row("crowd_memory", "… total memory", "MB", times=5, against="rush_memory"),
        ),
        "wire": (
            Row("wire", "first visit over the wire", "MB", most=1.5e6),
            Row("wire_requests", "… requests", "", most=30),
            Row("wire_usable", "… of it until the form is usable", "MB"),
        ),
        "taps": (
            Row("taps_p50", f"tap → saved, {people} raters every 2 s, median", "ms"),
            Row("taps_p95", "… p95", "ms", most=0.2),
            Row("taps_max", "… longest", "ms"),
            Row("taps", "… taps", ""),
            Row("taps_lost", "… shown as saved and not in the store", "", most=0),
            Row("taps_changed", "… another answer in the store", "", most=0),
        ),
        "dashboard": (Row("dashboard", "dashboard of a release, last chart painted", "s"),),
    }


ROWS = tuple(_rows(20, 60))
_UNITS = {"s": (1, "s", 2), "ms": (1e3, "ms", 0), "MB": (1e-6, "MB", 1), "": (1, "", 0)}


def report(record, measures, few, people):
    """Print the table of everything that has samples."""
    rows = _rows(few, people)
    lines = [("measure", "stock", "agir", "stock ÷ agir", "aim", ""), ("---",) * 6]
    for measure in measures:
        for row in rows[measure]:
            stock = record.median(row.against or row.key, "stock")
            agir = record.median(row.key, "agir")
            if stock is None and agir is None:
                continue
            lines.append(
                (row.title, _said(stock, row), _said(agir, row), *_judged(row, stock, agir))
            )
    if "dashboard" in measures and record.median("dashboard", "static") is not None:
        lines.append(_beside_file(record))
    print()
    for line in lines:
        print("| " + " | ".join(line) + " |")
    for note in record.notes:
        print(f"\n{note}")


def _said(value, row):
    if value is None:
        return "–"
    scale, unit, digits = _UNITS[row.unit]
    return f"{value * scale:,.{digits}f} {unit}".strip()


def _judged(row, stock, agir):
    """Return the ratio, the aim and whether it is reached."""
    ratio = stock / agir if stock and agir else None
    told = f"{ratio:.1f}" if ratio is not None else "–"
    if row.times is not None:
        return told, f"≥ {row.times:g}", "" if ratio is None else _mark(ratio >= row.times)
    if row.most is not None:
        return told, f"≤ {_said(row.most, row)}", "" if agir is None else _mark(agir <= row.most)
    return told, "", ""


def _mark(reached):
    return "✓" if reached else "✗"


def _beside_file(record):
    """Return the line that compares our dashboard with a plain file of it."""
    file, agir = record.median("dashboard", "static"), record.median("dashboard", "agir")
    ratio = agir / file if agir else None
    told = f"{ratio:.2f} × the file" if ratio else "–"
    mark = "" if ratio is None else _mark(ratio <= 1.5)
    row = Row("dashboard", "", "s")
    title = f"… the same page as one static file: {_said(file, row)}"
    return title, "", "", told, "≤ 1.5 ×", mark
