"""A page: its frame at once, then the kernel, then what each cell of its notebook shows."""

import hashlib
from asyncio import create_task, sleep, to_thread
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote

import nbformat
from nbformat import NotebookNode
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError
from voila.configuration import VoilaConfiguration
from voila.utils import get_page_config

from toolkit.errors import StoreError, ToolkitError
from toolkit.pages.own import label
from toolkit.pages.seen import find_seen, seen_as
from toolkit.serve.doors.admission import Admission, admit
from toolkit.serve.doors.confirmed import is_confirmed
from toolkit.serve.doors.doorkeeper import door_of
from toolkit.serve.doors.headers import PAGE, WIDGETS
from toolkit.serve.doors.polite import PoliteHandler
from toolkit.serve.kernels import KERNEL, Kind
from toolkit.serve.page import vega
from toolkit.serve.page.environment import kernel_environment
from toolkit.serve.page.failures import Failures
from toolkit.serve.page.needs import Needs
from toolkit.serve.page.parts import Parts, WidgetParts
from toolkit.serve.page.places import Owner, Places
from toolkit.serve.page.run import KernelEndedError, Runner
from toolkit.text import Language, say

__all__ = ["PageHandler"]

_PARTS = "<!-- parts -->"
#: How many pages one person may have open: each of the doors, on a phone and on a laptop.
_MOST_PAGES = 8
#: Seconds that a browser has to paint such a page before anything more comes: on one laptop, what
#: follows at once makes the whole page a half slower to be seen, and is not missed meanwhile.
_GLANCE = 0.25
#: What says nothing but that the server lives, and seconds between two of these.
_NOTHING, _BEAT = "<!-- -->\n", 5


class PageHandler(PoliteHandler):
    """Serve a notebook as a page, to whoever may open it.

    Our own short script draws our own components and ordinary anywidgets. A notebook that made any
    other widget gets Voilà's bundle the next time, which draws them all: its page asks again.
    """

    _left = False

    def initialize(self, voila: VoilaConfiguration) -> None:
        """Take Voilà's settings, which its bundle is told."""
        self._voila = voila

    async def get(self, path: str) -> None:
        """Write the page part by part."""
        name = unquote(path)
        admission = admit(self, name)
        self._allow(admission)
        notebook, self._digest = _read(door_of(self).evaluation.folder / name)
        role = admission.link.role
        self._failures = Failures(
            door_of(self).evaluation.log, name, admission.language, evaluator=role == "evaluator"
        )
        if role != "evaluator" and not self._confirmed(name, notebook):
            self.polite(503, "page.changed")
            return
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        try:
            await self._write_page(notebook, admission)
        except StreamClosedError:
            return  # whoever asked has left
        except Exception:
            if not self._headers_written:
                raise
            door_of(self).evaluation.log.exception("a page was not served")
            with suppress(StreamClosedError):  # too late for another page: say it on this one
                await self._send(Parts(say("cli.voila_error", admission.language), "").failed)

    def on_connection_close(self) -> None:
        """Remember that whoever asked has left, for the line where they stand."""
        self._left = True

    def _confirmed(self, name: str, notebook: NotebookNode) -> bool:
        """Return whether the evaluator lets others see a notebook as it is now."""
        evaluation = door_of(self).evaluation
        try:
            found = is_confirmed(evaluation, name, notebook.cells)
        except StoreError as error:
            raise HTTPError(503) from error
        if not found:
            door_of(self).refused(self, name, "changed since it was last confirmed")
        return found

    def _allow(self, admission: Admission) -> None:
        """Refuse one person's pages without end: they would take everybody's places."""
        link = admission.link
        owned = [kernel for kernel, owner in door_of(self).owners.items() if owner == link.link]
        if link.rater and sum(kernel in self.kernel_manager for kernel in owned) >= _MOST_PAGES:
            door_of(self).refused(self, "a page", "too many pages")
            raise HTTPError(429)

    async def _write_page(self, notebook: NotebookNode, admission: Admission) -> None:
        parts = self._dialect(admission.language)
        before, after = self._frame(parts.template, admission)
        await self._send(before)
        alive = create_task(self._beat())
        try:
            await self._write_parts(notebook, admission, parts, after)
        finally:
            alive.cancel()

    async def _beat(self) -> None:
        """Let the page see that its server lives, whatever it waits for; see `whole.js`."""
        with suppress(StreamClosedError):
            while True:
                await sleep(_BEAT)
                await self._send(_NOTHING)

    async def _write_parts(
        self, notebook: NotebookNode, admission: Admission, parts: Parts, after: str
    ) -> None:
        if admission.page.alike and (seen := await self._seen(admission)):
            await self._send(parts.seen(seen))
            await sleep(_GLANCE)
        places, owner = self._places, _owner(admission)
        if places.full(owner):
            await self._send(parts.progress(say("page.busy", admission.language)))
        async with places.one(owner, lambda: self._left):
            if self._left:
                raise StreamClosedError
            kernel_id = await self._start(admission)
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
    def _places(self) -> Places:
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

    @property
    def _needs(self) -> Needs:
        return cast("Needs", self.settings["agir_needs"])

    def _dialect(self, language: Language) -> Parts:
        said = say("cli.voila_error", language), say("page.left_out", language)
        if not self._needs.bundle(self._digest):
            return Parts(*said)
        rules: str = self.settings["headers"]["Content-Security-Policy"]
        more = rules.replace(f"script-src {PAGE}", f"script-src {WIDGETS}")
        self.set_header("Content-Security-Policy", more)
        return WidgetParts(
            *said, get_page_config(self.base_url, self.settings, self.log, self._voila)
        )

    def _frame(self, template: str, admission: Admission) -> tuple[str, str]:
        """Return what stands before and after the parts; on an own page, the way home too."""
        language, own = admission.language, None
        if admission.page.title:
            coalition = door_of(self).evaluation.settings.coalition.name
            own = {
                "title": label(admission.page, language),
                "coalition": coalition or say("setup.unnamed", language),
                "languages": [("fr", say("app.french", "fr")), ("en", say("app.english", "en"))],
            }
        whole = self.page(template, language=language, say=say, own=own)
        before, after = whole.split(_PARTS)
        return before, after

    async def _start(self, admission: Admission) -> str:
        answers = admission.link.rater and admission.page.form
        kernel_id = await self.kernel_manager.start_kernel(
            kernel_name=KERNEL,
            cwd=str(door_of(self).evaluation.folder),
            env=kernel_environment(self, admission),
            nursery=Kind.FORMS if answers else Kind.FIGURES,
        )
        door_of(self).owners[kernel_id] = admission.link.link
        self._needs.begun(kernel_id, self._digest, self._failures, self.kernel_manager)
        self._places.give(kernel_id, _owner(admission))
        return str(kernel_id)

    def _runner(self, kernel_id: str) -> Runner:
        return Runner(
            self.kernel_manager.get_kernel(kernel_id),
            made=lambda content, binary: self._needs.made(kernel_id, content, binary=binary),
            failed=self._failures.shown,
            printed=self._failures.printed,
        )

    async def _parts(
        self, notebook: NotebookNode, kernel_id: str, parts: Parts
    ) -> AsyncIterator[str]:
        try:
            async with self._runner(kernel_id) as runner:
                for cell in notebook.cells:
                    if cell.cell_type == "markdown":
                        yield parts.prose(cell)
                    elif cell.cell_type == "code":
                        outputs = await runner.run(cell.source)
                        if vega.specified(outputs):
                            outputs = await to_thread(vega.still, outputs)
                        yield "".join(map(parts.shown, outputs))
                        if any(output.output_type == "error" for output in outputs):
                            return
        except (KernelEndedError, KeyError):
            yield parts.failed


def _owner(admission: Admission) -> Owner:
    role = "rater" if admission.link.rater else admission.role
    return Owner(role, admission.link.link)


def _read(file: Path) -> tuple[NotebookNode, str]:
    """Return a notebook, and the digest by which it is known."""
    try:
        content = file.read_bytes()
        notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
        return cast("NotebookNode", notebook), hashlib.sha256(content).hexdigest()
    except FileNotFoundError as error:
        raise HTTPError(404) from error
    except (OSError, ValueError) as error:
        raise HTTPError(500) from error
