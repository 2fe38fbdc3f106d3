"""Serve a folder once it is known to be fit for it, and say where its doors are."""

import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from toolkit.evaluation import Evaluation
from toolkit.evaluation.serving import Lock
from toolkit.evaluation.settings import FILE
from toolkit.serve.doors.admission import doors
from toolkit.serve.readiness import remarks
from toolkit.serve.server import Place, serve
from toolkit.text import Language, Text, say

__all__ = ["serve_folder"]


def serve_folder(
    folder: Path,
    where: dict[str, Any],
    lang: Language,
    *,
    out: Callable[[str], None],
    warn: Callable[[Text], None],
    no_browser: bool = False,
    rate: bool = False,
) -> None:
    """Serve until interrupted.

    Parameters
    ----------
    folder, where
        An evaluation's folder, and what `Place` says of where to listen.
    lang
        What its doors are said in.
    out, warn
        Show a line, and a warning.
    no_browser
        Whether no browser is opened at the first door.
    rate
        Whether there is a door to answer by, as in a demonstration.

    Raises
    ------
    ToolkitError
        The folder is no evaluation, cannot be written, or is served already; or the port is taken.
    """
    # Before the answers are opened: what is laid beside them is as open to others as they are.
    said = remarks(folder) if (folder / FILE).is_file() else []
    evaluation = Evaluation.open(folder)
    for remark in said:
        warn(remark)
        evaluation.log.warning("%s", remark["en"])
    lock = Lock(folder, where["port"])

    def announce(address: str) -> None:
        lock.tell(address)
        found = doors(evaluation, address, rate=rate)
        out(say("cli.doors", lang))
        for name, link in found.items():
            out(say("cli.door", lang, name=say(f"cli.{name}", lang), link=link))
        out(say("cli.private", lang))
        if rate:
            out(say("cli.thrown_away", lang))
        out(say("cli.stop", lang))
        if not no_browser:
            webbrowser.open(next(iter(found.values())))

    with lock:
        evaluation.try_writing()
        out(say("cli.starting", lang))
        serve(folder, Place(**where), announce=announce, tell=warn)
