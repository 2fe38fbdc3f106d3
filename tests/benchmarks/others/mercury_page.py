"""The small page in Mercury, a notebook: each `# %%` begins a cell."""

# %%
import altair
import mercury
from figures import STATEMENTS, STEPS, charts, table
from IPython.display import display

_ = altair.renderers.enable("svg")  # the renderer that asks no other host for a script

# %%
for statement in STATEMENTS:
    mercury.Select(label=statement, choices=STEPS, position="inline")

# %%
for chart in charts(table()):
    display(chart)
