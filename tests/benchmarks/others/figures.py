"""What the small page shows in every tool: six statements to rate, three charts of one table."""

import io

import altair
import pandas as pd

STEPS = ["1 Absent", "2 Begun", "3 Partial", "4 Established", "5 Rooted"]
STATEMENTS = [
    "We understand our situation alike",
    "We know what each of us brings",
    "We decide together",
    "We learn from each other",
    "We say what does not work",
    "We share the credit",
]


def table():
    """Return one row for each round, statement and step: how many people."""
    rows = [
        (year, statement, step, (3 * line + 5 * place + year) % 7 + 1)
        for year in (2024, 2025, 2026)
        for line, statement in enumerate(STATEMENTS)
        for place, step in enumerate(STEPS)
    ]
    return pd.DataFrame(rows, columns=["round", "statement", "step", "people"])


def charts(people):
    """Return the answers of the last round, their high steps, and the rounds."""
    last = people[people["round"] == 2026]
    width = 480
    bars = (
        altair.Chart(last)
        .mark_bar()
        .encode(x=altair.X("people:Q", stack="normalize"), y="statement:N", color="step:O")
    )
    high = last[last["step"] >= "4"].groupby("statement", as_index=False)["people"].sum()
    dots = altair.Chart(high).mark_point(filled=True, size=90).encode(x="people:Q", y="statement:N")
    rounds = people[people["step"] >= "4"].groupby(["round", "statement"], as_index=False)
    lines = altair.Chart(rounds["people"].sum()).mark_line(point=True)
    lines = lines.encode(x="round:O", y="people:Q", color="statement:N")
    return [chart.properties(width=width) for chart in (bars, dots, lines)]


def pictures(drawn):
    """Return charts as SVG, for tools that would ask another host for a script to draw them."""
    found = []
    for chart in drawn:
        written = io.StringIO()
        chart.save(written, format="svg")
        found.append(written.getvalue())
    return found
