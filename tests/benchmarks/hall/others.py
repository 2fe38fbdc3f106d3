"""The same small page in other tools: when it stands there, and what one more visitor takes."""

import asyncio
import json
import shutil
import sys
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from hall.browser import Person, chromium
from hall.servers import Program
from hall.sides import SIDES

__all__ = ["TOOLS", "others", "table"]

_PAGES = Path(__file__).parents[1] / "others"
_CHARTS = 3
#: How many visitors are there when memory is looked at first, and how many are added.
_FIRST, _ADDED = 2, 8
#: Seconds until the memory of those who came is looked at.
_SETTLED = 2.0
#: Seconds after which a page has failed.
_PATIENCE = 90
_VEGA = "canvas, .vega-embed svg"


@dataclass(frozen=True)
class Tool:
    """A tool that serves pages.

    Attributes
    ----------
    name
        What it is called.
    packages
        What pip installs for it, its own package first; nothing for the two that are here.
    line
        How it serves, without the interpreter: `{page}` is its page, `{port}` a port.
    path
        Where it serves the page.
    question, picture
        How its first question and its charts are found on the page.
    note
        Where it could not do the same.
    """

    name: str
    question: str = "input[type=radio]"
    picture: str = _VEGA
    packages: tuple[str, ...] = ()
    line: tuple[str, ...] = ()
    path: str = "/"
    note: str = ""


_DRAWN = ("altair", "pandas", "vl-convert-python")
TOOLS = (
    Tool("agir", picture="agir-said svg, .tk-chart svg, .tk-chart img, agir-said img"),
    Tool("stock", picture=".jp-RenderedSVG img, .jp-RenderedSVG svg, .jp-OutputArea-output img"),
    Tool(
        "streamlit",
        packages=("streamlit", *_DRAWN),
        line=(
            *("streamlit", "run", "{page}", "--server.port", "{port}", "--server.headless", "true"),
            *("--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"),
        ),
    ),
    Tool(
        "panel",
        packages=("panel", *_DRAWN),
        line=(
            *("panel", "serve", "{page}", "--port", "{port}", "--address", "127.0.0.1"),
            *("--allow-websocket-origin", "127.0.0.1:{port}"),
        ),
        path="/panel_page",
    ),
    Tool(
        "solara",
        picture="svg.marks",
        packages=("solara[assets]", *_DRAWN),
        line=(
            *("solara", "run", "{page}", "--host", "127.0.0.1", "--port", "{port}"),
            *("--no-open", "--production"),
        ),
        note="charts as SVG: its own draw with scripts from another host",
    ),
    Tool(
        "mercury",
        question=".mljar-select-widget-input",
        picture=".jp-OutputArea-output img",
        packages=("mercury", *_DRAWN),
        line=(
            *("mercury", "--port={port}", "--ip=127.0.0.1", "--no-browser", "--allow-root"),
            "--working-dir={folder}",
        ),
        path="/mercury/mercury_page.ipynb",
        note="it has no radio buttons: six selects; charts as SVG",
    ),
)
#: No tool may report to its makers while it is measured.
_QUIET = {"SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False", "PYTHONPATH": str(_PAGES)}


async def others(session):
    """Measure each tool after the other; one that cannot be installed is left out, aloud."""
    for tool in TOOLS:
        if not session.record.count("other_memory", tool.name):
            session.say(tool.name)
            try:
                await _measure(session, tool)
            except Exception as error:  # noqa: BLE001
                session.record.stop(f"{tool.name}: {error!r}")


async def _measure(session, tool):
    async with AsyncExitStack() as stack:
        server, version = await _serving(session, tool)
        await stack.enter_async_context(server)
        visitors = _Visitors(tool, server, await stack.enter_async_context(chromium()))
        await (await visitors.come()).leave()
        for _ in range(session.runs - session.record.count("other_usable", tool.name)):
            person = await visitors.come()
            session.record.add(tool.name, **visitors.seen)
            await person.leave()
        before = await visitors.stay(_FIRST)
        after = await visitors.stay(_ADDED)
        added = (after - before) / _ADDED
        session.record.add(tool.name, other_memory=added, other_version=version)


class _Visitors:
    """People with real pages."""

    def __init__(self, tool, server, browser):
        self._tool, self._server, self._browser = tool, server, browser
        self.seen = {}

    async def come(self):
        """Let one person open the page; keep when it was usable and when it was complete."""
        person = await Person.come(
            self._browser,
            press=True,
            height=3000,
            radio=self._tool.question,
            picture=self._tool.picture,
            deep=self._tool.name == "panel",
        )
        visit = await person.visit()
        if self._tool.name in SIDES:
            link = self._server.evaluator()
        else:
            link = self._server.address + self._tool.path
        async with asyncio.timeout(_PATIENCE):
            arrival = await visit.arrive(link, home=self._server.home)
            seen = await visit.pictures(quiet=0.5, least=_CHARTS)
        painted = max(seen["last"] / 1000, arrival.usable) - arrival.pressed
        self.seen = {"other_usable": arrival.waited, "other_painted": painted}
        return person

    async def stay(self, count):
        """Let people come who stay; return the server's memory then."""
        for _ in range(count):
            await self.come()
        await asyncio.sleep(_SETTLED)
        return self._server.memory()


async def _serving(session, tool):
    """Return a server of a tool that is ready to be started, and the tool's version."""
    place = session.place / f"other-{tool.name}"
    shutil.copytree(_PAGES, place / "served", ignore=shutil.ignore_patterns("__pycache__"))
    page = place / "served" / f"{tool.name}_page.py"
    if tool.name in SIDES:
        notebook = _notebook(page.with_stem("voila_page"))
        return SIDES[tool.name](place, notebook=notebook, released=False), "here"
    folder = place / "notebook"
    folder.mkdir()
    (folder / f"{page.stem}.ipynb").write_text(json.dumps(_notebook(page)), encoding="utf-8")
    binaries = await _installed(place / "venv", tool.packages)
    name = tool.packages[0].partition("[")[0]
    asked = f"from importlib.metadata import version; print(version({name!r}))"
    version = await _run(binaries / "python", "-c", asked)
    told = {"page": str(page), "port": "{port}", "folder": str(folder)}
    line = [part.format(**told) for part in tool.line]
    return Program(tool.name, place, [str(binaries / line[0]), *line[1:]], _QUIET), version


async def _installed(folder, packages):
    """Make a virtual environment with some packages; return where its programs are."""
    await _run(sys.executable, "-m", "venv", folder)
    await _run(folder / "bin" / "python", "-m", "pip", "install", "--quiet", *packages)
    return folder / "bin"


async def _run(*line):
    """Return what a command printed."""
    process = await asyncio.create_subprocess_exec(
        *map(str, line), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    text = said.decode(errors="replace").strip()
    if process.returncode:
        last = next(iter(text.splitlines()[-1:]), "")
        raise RuntimeError(f"could not be installed (it needs a package index): {last}")
    return text


def _notebook(page):
    """Return a script as a notebook: each `# %%` begins a cell."""
    cells = [cell.partition("\n")[2] for cell in page.read_text(encoding="utf-8").split("# %%")[1:]]
    language = {"name": "python", "display_name": "Python 3", "language": "python"}
    blank = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": language | {"name": "python3"}, "language_info": language},
        "cells": [
            blank | {"id": f"c{number}", "source": cell.strip()}
            for number, cell in enumerate(cells)
        ],
    }


def table(record):
    """Print a line for each tool."""
    print("\n| tool | first question usable | page complete | one more visitor | |")
    print("|---|---|---|---|---|")
    for tool in TOOLS:
        name = {"stock": "Voilà, stock", "agir": "Agir"}.get(tool.name, tool.name.title())
        version = next(iter(record.samples("other_version", tool.name)), "")
        usable, painted = (record.median(f"other_{k}", tool.name) for k in ("usable", "painted"))
        added = record.median("other_memory", tool.name)
        told = [f"{value:.2f} s" if value else "–" for value in (usable, painted)]
        told.append(f"{added / 1e6:.1f} MB" if added is not None else "–")
        label = name if version in {"", "here"} else f"{name} {version}"
        print(f"| {label} | {' | '.join(told)} | {tool.note} |")
    for note in record.notes:
        print(f"\n{note}")
