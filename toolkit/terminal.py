"""A terminal as people have it: of few letters, closed early, or with nobody at it."""

import io
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import list2cmdline

import typer

__all__ = ["agreed", "quoted", "run"]


def run(command: Callable[[], None]) -> None:
    """Run a command, whatever letters the terminal has, and as long as somebody reads it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # "?" where a terminal has no such letter
    try:
        command()
    except BrokenPipeError:  # `agir … | head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def quoted(path: Path) -> str:
    """Return a path as the shell of this system takes it for one word."""
    return list2cmdline([str(path)]) if os.name == "nt" else shlex.quote(str(path))


def agreed(question: str) -> bool:
    """Return whether somebody says yes; where nobody is there to answer, nobody does."""
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        return False
