"""Counts or frames in, numbers or frames out: no file, no widget, no language.

One module, one kind of figure: `distribution` (counts, medians, shares), `groupings`, `agreement`,
`reading` and `guide` (words for how people rate), `intervals`, `reliability`, `change` (between
rounds), `linking` (of self-made codes), `relations` (ties between partners), `strategy` (which of
the four ways fits), `bands` (of instruments people already hold), and `suppression`, the one way
from counts to what a viewer may get. They load when they are imported, each alone.
"""
