"""The two sides: stock Voilà as it comes, and `agir serve`, each on the sample evaluation."""

import json
import sys

import httpx

from hall.servers import Server
from toolkit.evaluation.settings import write
from toolkit.serve.demo import make_demo

__all__ = ["SIDES", "Agir", "Stock"]


class _Evaluated(Server):
    """A side that serves an evaluation: the sample coalition, its fourth round open.

    Parameters
    ----------
    notebook
        What an evaluator opens instead of the setup page.
    released
        Whether it also has its three released rounds. Where nobody looks at them it has not: a
        server then has no dashboard to draw in advance, which would take half a minute of each run.
    """

    def __init__(self, place, *, notebook=None, released=True):
        super().__init__(place)
        self._notebook, self._released = notebook, released

    def prepare(self):
        self.evaluation = make_demo(self.folder, "fr")
        if not self._released:
            settings = self.evaluation.settings
            waves = tuple(wave for wave in settings.waves if wave.status == "open")
            write(self.folder, settings.model_copy(update={"waves": waves}))
        if self._notebook:
            told = json.dumps(self._notebook)
            (self.folder / "setup.ipynb").write_text(told, encoding="utf-8")

    def raters(self, count):
        """Return links of as many people who agreed already, so that they meet the form at once."""
        wave = self.evaluation.wave.code
        found = []
        for token in self.evaluation.invite(wave, count):
            rater = self.evaluation.links.enter(token, "rater").rater
            self.evaluation.sheet(wave, rater).consent()
            found.append((self.link(token, "rate"), rater))
        return found

    def viewer(self):
        """Return a link to the dashboard, where the released rounds are shown."""
        return self.link(self.evaluation.links.make("viewer")[0], "dashboard")

    def evaluator(self):
        """Return a link to the setup page, or to the notebook in its place."""
        return self.link(self.evaluation.links.standing("evaluator"), "setup")

    def link(self, token, page):
        return f"{self.address}/voila/render/{page}.ipynb?t={token}"


class Stock(_Evaluated):
    """Voilà with its own template, its own settings and ordinary kernels over TCP."""

    name = "stock"

    def command(self):
        return [
            sys.executable,
            "-m",
            "voila",
            str(self.folder),
            "--no-browser",
            "--port",
            str(self.port),
        ]


class Agir(_Evaluated):
    """What this project serves with."""

    name = "agir"
    home = None

    def command(self):
        return [
            sys.executable,
            "-m",
            "toolkit",
            "serve",
            str(self.folder),
            "--no-browser",
            "--port",
            str(self.port),
        ]

    def link(self, token, page):
        if self._homely(token):
            return f"{self.address}/lien/{token}"
        return super().link(token, page)

    def _homely(self, token):
        """Whether links lead to a home page; if not, the token stands in the notebook's address."""
        if self.home is None:
            found = httpx.get(f"{self.address}/lien/{token}", follow_redirects=False)
            self.home = found.is_success or found.is_redirect  # whoever has begun is asked first
        return self.home


SIDES = {side.name: side for side in (Stock, Agir)}
