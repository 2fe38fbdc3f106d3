"""The small page as a notebook of Voilà, stock and ours: each `# %%` begins a cell."""

# %%
import altair
from figures import STATEMENTS, STEPS, charts, table
from IPython.display import display

from toolkit.widgets import Form

_ = altair.renderers.enable("svg")  # the renderer that asks no other host for a script

# %%
steps = [{"value": int(step[0]), "name": step[2:], "anchor": ""} for step in STEPS]
questions = [
    {"code": f"Q{number}", "text": statement, "question": "", "steps": steps}
    for number, statement in enumerate(STATEMENTS)
]
words = {"dont_know": "I don’t know", "not_applicable": "Does not apply", "clear": "Clear"}
words |= {"desired": "Wished for", "note": "Note", "saved": "Saved", "saving": "Saving"}
Form(
    title="Six statements",
    questions=questions,
    answers={},
    words=words,
    next="Next",
    at=0,
    open=True,
    language="en",
)

# %%
for chart in charts(table()):
    display(chart)
