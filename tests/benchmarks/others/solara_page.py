"""The small page in Solara. Its own charts fetch Vega from another host, so they come as SVG."""

import solara
from figures import STATEMENTS, STEPS, charts, pictures, table

FRAME = table()


@solara.component
def Page():  # noqa: N802
    """Show the questions, then the charts."""
    for statement in STATEMENTS:
        steps = [solara.v.Radio(label=step, value=step) for step in STEPS]
        solara.v.RadioGroup(label=statement, children=steps)
    for picture in pictures(charts(FRAME)):
        solara.HTML(unsafe_innerHTML=picture)
