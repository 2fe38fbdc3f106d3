"""What the nursery does before it forks the first kernel."""

import contextlib
from importlib import import_module
from pkgutil import walk_packages

import zmq

import toolkit.pages
from toolkit.serve.kernels import memory
from toolkit.serve.kernels.premade import App

__all__ = ["wake"]

#: What pages load only when they come to it, and what IPython does.
_LATE = (
    *("altair", "numpy.random", "pandas", "vl_convert", "toolkit.charts", "toolkit.evaluation.raw"),
    *("ipykernel.debugger", "ipykernel.subshell_manager", "IPython.core.completerlib"),
    *("IPython.core.debugger", "IPython.core.oinspect", "IPython.extensions.storemagic"),
    *("psutil", "asyncio", "tornado.platform.asyncio", "faulthandler", "cProfile", "pstats"),
)


def wake() -> App:
    """Return the program that every kernel runs, ready to be forked."""
    app = App.made()
    # Only now: when they are imported, libraries look for a shell, and widgets report to it.
    from toolkit.serve.kernels.rehearsal import rehearse  # noqa: PLC0415

    pages = [part.name for part in walk_packages(toolkit.pages.__path__, "toolkit.pages.")]
    for name in (*_LATE, *pages):
        with contextlib.suppress(ImportError):  # the kernel that needs it says so itself
            import_module(name)
    rehearse(app)
    # Asking a class for its annotations makes it and all below it start afresh: once, here.
    for base in (*zmq.Socket.__mro__, *zmq.Context.__mro__):
        getattr(base, "__annotations__", None)
    memory.number_types()
    memory.fill_gaps()
    memory.gather_names()
    return app
