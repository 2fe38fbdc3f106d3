"""Play a visit through once, so that no kernel does for the first time what all of them do.

It fills caches of classes, regular expressions, sentences and files, and lets the interpreter
adapt its code; nothing of the visit stays.
"""

import gc
import tempfile
import traceback
from pathlib import Path
from typing import Any

import ipywidgets
from jupyter_client.session import Session

from toolkit.evaluation import Wave
from toolkit.serve.kernels import Kind
from toolkit.serve.kernels.premade import App, Kernel
from toolkit.templates import new_evaluation

__all__ = ["rehearse"]

_VISIT = """
from toolkit import Evaluation, RatingPage
evaluation = Evaluation.open({folder!r}, language="fr")
page = RatingPage(evaluation, link={link!r})
page
"""
_TAP = {"indicator": "CV1", "value": 3, "aspect": "current"}


class _Nobody:
    """Stand where a kernel's socket will."""

    def send_multipart(self, *_: Any, **__: Any) -> None:
        """Send nothing."""


def rehearse(app: App, kind: Kind) -> None:
    """Let the kernel run a rating page for nobody, in a folder that is thrown away."""
    kernel = app.kernel
    for example in (0, ""):
        app.log.info("%s", example)
    _speak_to(kernel, Session(key=b"nobody"), _Nobody())
    with tempfile.TemporaryDirectory(prefix="agir-") as place:
        try:
            _perform(kernel.shell, Path(place) / "demo", kind)
        except Exception:  # noqa: BLE001
            traceback.print_exc()  # kernels will serve, if a little more slowly
        ipywidgets.Widget.close_all()
        kernel.shell.reset(new_session=False)
        gc.collect()  # and with the page its connection to the store
    _speak_to(kernel, None, None)


def _speak_to(kernel: Kernel, session: Session | None, socket: Any) -> None:
    kernel.session, kernel.iopub_socket = session, socket
    for outlet in (kernel.shell.displayhook, kernel.shell.display_pub):
        outlet.session, outlet.pub_socket = session, socket


def _perform(shell: Any, folder: Path, kind: Kind) -> None:
    evaluation = new_evaluation(folder, "fr", "four_conditions")
    wave = Wave(code="1", fr="1", en="1", status="open")
    evaluation.change(evaluation.settings.model_copy(update={"waves": (wave,)}))
    link = evaluation.invite(wave.code, 1)[0]
    visit = _VISIT.format(folder=str(folder), link=link)
    shell.run_cell(visit, store_history=False).raise_error()
    page = shell.user_ns["page"]
    _send(page, "press", button="agree", fields={})
    _send(page, "answer", **_TAP)
    if kind is Kind.FIGURES:
        evaluation.summary()


def _send(page: Any, kind: str, **data: Any) -> None:
    component = page.children[-1]
    said = {"kind": kind, "data": data, "sequence": 1, "slot": kind}
    component._handle_custom_msg(said, [])  # noqa: SLF001
