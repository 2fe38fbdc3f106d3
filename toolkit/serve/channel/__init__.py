"""The way between a page and its kernel, on which only what widgets say passes."""
