"""Open pages as a server's kernel does: with the visitor's own credential and no other."""

from contextlib import contextmanager

import pytest

from toolkit import Evaluation


@contextmanager
def served(token=""):
    """Let this process serve the visit of a link; without one, of nobody."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SERVER_SOFTWARE", "voila/0")
        patch.setenv("AGIR_LINK", token)
        patch.setenv("AGIR_ADDRESS", "http://127.0.0.1:8866/lien/")
        yield


def visited(folder, token="", **how):
    """Return an evaluation as a link's kernel opens it."""
    with served(token):
        return Evaluation.open(folder, **how)
