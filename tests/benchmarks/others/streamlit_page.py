"""The small page in Streamlit."""

import streamlit
from figures import STATEMENTS, STEPS, charts, table

for statement in STATEMENTS:
    streamlit.radio(statement, STEPS, index=None)
for chart in charts(table()):
    streamlit.altair_chart(chart)
