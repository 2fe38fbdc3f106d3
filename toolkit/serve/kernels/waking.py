"""What the nursery does before it forks the first kernel."""

import contextlib
from importlib import import_module
from pkgutil import walk_packages

import zmq

import toolkit.evaluation
import toolkit.pages
from toolkit.serve.kernels import Kind, memory
from toolkit.serve.kernels.premade import App

__all__ = ["wake"]

#: What IPython loads only when it comes to it, and what whoever answers does.
_LATE = (
    *("toolkit.pages.rate.page", "toolkit.pages.consensus.page"),
    *("ipykernel.debugger", "ipykernel.subshell_manager", "IPython.core.completerlib"),
    *("IPython.core.debugger", "IPython.core.oinspect", "IPython.extensions.storemagic"),
    *("psutil", "asyncio", "tornado.platform.asyncio", "faulthandler", "cProfile", "pstats"),
)
#: What draws figures.
_DRAWS = ("altair", "numpy.random", "pandas", "vl_convert", "toolkit.charts")


def wake(kind: Kind) -> App:
    """Return the program that every kernel runs, ready to be forked."""
    app = App.made()
    # Only now: when they are imported, libraries look for a shell, and widgets report to it.
    from toolkit.serve.kernels.rehearsal import rehearse  # noqa: PLC0415

    for name in (*_LATE, *(_figures() if kind is Kind.FIGURES else ())):
        with contextlib.suppress(ImportError):  # the kernel that needs it says so itself
            import_module(name)
    rehearse(app, kind)
    # Asking a class for its annotations makes it and all below it start afresh: once, here.
    for base in (*zmq.Socket.__mro__, *zmq.Context.__mro__):
        getattr(base, "__annotations__", None)
    memory.number_types()
    memory.fill_gaps()
    memory.gather_names()
    return app


def _figures() -> list[str]:
    parts = [
        part.name
        for room in (toolkit.pages, toolkit.evaluation)
        for part in walk_packages(room.__path__, f"{room.__name__}.")
    ]
    return [*_DRAWS, *parts]
