"""What a fork of the nursery does before it is a kernel, and how it ends."""

import atexit
import gc
import os
import random
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
from typing import NoReturn

import ipykernel_launcher  # type: ignore[import-untyped]

from toolkit.evaluation.visit import Visit
from toolkit.serve.kernels import channel
from toolkit.serve.kernels.channel import Word
from toolkit.serve.kernels.premade import App

__all__ = ["live"]


def live(app: App, request: channel.Request, line: socket.socket, life: int) -> NoReturn:
    """Be a kernel until its end; this never returns into the nursery's program."""
    code = 1
    try:
        _settle(request, line)
        threading.Thread(target=_perish, args=(life,), name="Server", daemon=True).start()
        _reseed()
        gc.enable()
        app.become(request["file"], lambda: _announce(line))
        code = 0
    except SystemExit as exit_:
        code = _code(exit_)
    except BaseException:  # noqa: BLE001
        traceback.print_exc(file=sys.__stderr__)
    finally:
        atexit._run_exitfuncs()  # noqa: SLF001
        os._exit(code)


def _settle(request: channel.Request, line: socket.socket) -> None:
    """Take up what is this kernel's own, and nobody else's."""
    os.setsid()  # so that an interrupt reaches this kernel and what it starts, and no other
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a kernel does while it runs no cell
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
    try:
        os.chdir(request["cwd"])
    except OSError as error:
        channel.tell(line, Word.REFUSED, error.errno or 1)
        os._exit(1)
    _tell(line, Word.BORN, os.getpid())
    os.environ.clear()
    os.environ.update(request["env"])
    Visit.seal()
    time.tzset()
    tempfile.tempdir = None
    sys.argv = [ipykernel_launcher.__file__, "-f", request["file"]]


def _reseed() -> None:
    """Draw other random numbers than the kernels beside this one.

    `secrets`, `uuid` and new generators of NumPy ask the system each time. The key under which
    texts are hashed stays the nursery's: it was drawn for this server, and no kernel can choose it.
    """
    random.seed()
    if numpy := sys.modules.get("numpy.random"):
        numpy.seed()


def _announce(line: socket.socket) -> None:
    _tell(line, Word.LISTENS)
    line.close()


def _tell(line: socket.socket, word: Word, number: int = 0) -> None:
    if not channel.tell(line, word, number):
        os._exit(1)  # whoever asked for this kernel gave up, and nobody would ever end it


def _perish(life: int) -> None:
    """End, with whatever this kernel started, as soon as its server is gone."""
    os.read(life, 1)
    os.killpg(0, signal.SIGKILL)


def _code(exit_: SystemExit) -> int:
    if exit_.code is None or isinstance(exit_.code, int):
        return exit_.code or 0
    print(exit_.code, file=sys.__stderr__)
    return 1
