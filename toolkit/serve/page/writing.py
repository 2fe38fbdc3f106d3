"""A page: its frame at once, then the kernel, then what each cell of its notebook shows."""

from asyncio import sleep, to_thread
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import nbformat
from nbformat import NotebookNode
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError
from voila.configuration import VoilaConfiguration
from voila.utils import get_page_config

from toolkit.errors import ToolkitError
from toolkit.pages.seen import find_seen, seen_as
from toolkit.serve.doors.admission import Admission, admit
from toolkit.serve.doors.doorkeeper import door_of
from toolkit.serve.doors.headers import PAGE, WIDGETS
from toolkit.serve.doors.polite import PoliteHandler
from toolkit.serve.kernels import KERNEL, Kind
from toolkit.serve.page.environment import kernel_environment
from toolkit.serve.page.parts import Parts, WidgetParts
from toolkit.serve.page.run import KernelEndedError, Runner
from toolkit.text import say

if TYPE_CHECKING:
    from toolkit.serve.page.places import Places

__all__ = ["PageHandler"]

_PARTS = "<!-- parts -->"
#: How many pages one person may have open: each of the doors, on a phone and on a laptop.
_MOST_PAGES = 8
#: The notebooks whose page opens the same for all of one role.
_SEEN = ("dashboard.ipynb",)
#: Seconds that a browser has to paint such a page before anything more comes: on one laptop, what
#: follows at once makes the whole page a half slower to be seen, and is not missed meanwhile.
_GLANCE = 0.25
#: The notebooks whose page shows no figure to those who answer on it.
_FORMS = ("rate.ipynb", "consensus.ipynb")


class PageHandler(PoliteHandler):
    """Serve a notebook as a page, to whoever may open it.

    Our own short script draws our own components. When a page meets another widget it asks again,
    with `?widgets=all`, and gets Voilà's bundle, which draws them all.
    """

    _left = False

    def initialize(self, voila: VoilaConfiguration) -> None:
        """Take Voilà's settings, which its bundle is told."""
        self._voila = voila

    async def get(self, name: str) -> None:
        """Write the page part by part."""
        admission = admit(self, name)
        self._allow(admission)
        notebook = _read(door_of(self).evaluation.folder / name)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        try:
            await self._write_page(name, notebook, admission)
        except StreamClosedError:
            return  # whoever asked has left
        except Exception:
            if not self._headers_written:
                raise
            door_of(self).evaluation.log.exception("a page was not served")
            with suppress(StreamClosedError):  # too late for another page: say it on this one
                await self._send(Parts(say("cli.voila_error", admission.language)).failed)

    def on_connection_close(self) -> None:
        """Remember that whoever asked has left, for the line where they stand."""
        self._left = True

    def _allow(self, admission: Admission) -> None:
        """Refuse one person's pages without end: they would take everybody's places."""
        link = admission.link
        owned = [kernel for kernel, owner in door_of(self).owners.items() if owner == link.link]
        if link.rater and sum(kernel in self.kernel_manager for kernel in owned) >= _MOST_PAGES:
            door_of(self).refused(self, "a page", "too many pages")
            raise HTTPError(429)

    async def _write_page(self, name: str, notebook: NotebookNode, admission: Admission) -> None:
        parts = self._dialect(say("cli.voila_error", admission.language))
        before, after = self._frame(parts.template, admission.language)
        await self._send(before)
        if name in _SEEN and (seen := await self._seen(admission)):
            await self._send(parts.seen(seen))
            await sleep(_GLANCE)
        places = self._places
        if places.full:
            await self._send(parts.progress(say("page.busy", admission.language)))
        async with places.one(lambda: self._left):
            if self._left:
                raise StreamClosedError
            kernel_id = await self._start(name, admission)
            try:
                await self._send(parts.kernel(self.base_url, kernel_id))
                async for part in self._parts(notebook, kernel_id, parts):
                    await self._send(part)
                self.kernel_manager.shown(kernel_id)
                await self._send(after)
            except Exception:
                await self.kernel_manager.shutdown_kernel(kernel_id, now=True)
                raise

    @property
    def _places(self) -> "Places":
        return cast("Places", self.settings["agir_places"])

    async def _send(self, part: str) -> None:
        self.write(part)
        await self.flush()

    async def _seen(self, admission: Admission) -> Any:
        evaluation = door_of(self).evaluation
        with suppress(ToolkitError, OSError):  # the page's own kernel says what is wrong
            # Reading the store must not keep the others waiting.
            return await to_thread(
                find_seen, evaluation, seen_as(admission.link), admission.language
            )
        return None

    def _dialect(self, failed: str) -> Parts:
        if self.get_query_argument("widgets", "") != "all":
            return Parts(failed)
        rules: str = self.settings["headers"]["Content-Security-Policy"]
        more = rules.replace(f"script-src {PAGE}", f"script-src {WIDGETS}")
        self.set_header("Content-Security-Policy", more)
        return WidgetParts(
            failed, get_page_config(self.base_url, self.settings, self.log, self._voila)
        )

    def _frame(self, template: str, language: str) -> tuple[str, str]:
        """Return what stands before and after the parts of a page."""
        whole = self.page(template, language=language, say=say)
        before, after = whole.split(_PARTS)
        return before, after

    async def _start(self, name: str, admission: Admission) -> str:
        answers = admission.link.rater and name in _FORMS
        kernel_id = await self.kernel_manager.start_kernel(
            kernel_name=KERNEL,
            cwd=str(door_of(self).evaluation.folder),
            env=kernel_environment(self, admission),
            nursery=Kind.FORMS if answers else Kind.FIGURES,
        )
        door_of(self).owners[kernel_id] = admission.link.link
        return str(kernel_id)

    async def _parts(
        self, notebook: NotebookNode, kernel_id: str, parts: Parts
    ) -> AsyncIterator[str]:
        try:
            async with Runner(self.kernel_manager.get_kernel(kernel_id)) as runner:
                for cell in notebook.cells:
                    if cell.cell_type == "markdown":
                        yield parts.prose(cell)
                    elif cell.cell_type == "code":
                        outputs = await runner.run(cell.source)
                        yield "".join(map(parts.shown, outputs))
                        if any(output.output_type == "error" for output in outputs):
                            return
        except (KernelEndedError, KeyError):
            yield parts.failed


def _read(file: Path) -> NotebookNode:
    try:
        return cast("NotebookNode", nbformat.read(file, as_version=4))
    except FileNotFoundError as error:
        raise HTTPError(404) from error
    except (OSError, ValueError) as error:
        raise HTTPError(500) from error
