"""Counts or frames in, numbers or frames out: no file, no widget, no language.

One module, one kind of figure: `distribution` (counts, medians, shares), `groupings`, `agreement`,
`reading` and `guide` (words for how people rate), `intervals`, `change` (between rounds),
`relations` (ties between partners), `strategy` (which of the four ways fits), and `suppression`,
the one way from counts to what a viewer may get. They load when they are imported, each alone.
Figures that no page shows are in `toolkit.stats`.
"""
