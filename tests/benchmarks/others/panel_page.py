"""The small page in Panel."""

import panel
from figures import STATEMENTS, STEPS, charts, table

panel.extension("vega")
questions = [
    panel.Column(statement, panel.widgets.RadioBoxGroup(options=STEPS, value=None))
    for statement in STATEMENTS
]
panel.Column(*questions, *(panel.pane.Vega(chart) for chart in charts(table()))).servable()
