"""Serve an evaluation's folder to phones and a projector."""

import logging
import socket
import ssl
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_server.services.kernels.handlers import _kernel_id_regex
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop
from voila.app import Voila

from toolkit.errors import ToolkitError
from toolkit.evaluation import Evaluation
from toolkit.serve.caretaker import Caretaker
from toolkit.serve.channel.handlers import ChannelHandler, ClosingHandler, ModelHandler
from toolkit.serve.configuration import Place, configuration, surroundings
from toolkit.serve.doors.doorkeeper import Doorkeeper
from toolkit.serve.doors.entrance import HomeHandler, LinkHandler
from toolkit.serve.doors.names import Names
from toolkit.serve.doors.polite import Elsewhere
from toolkit.serve.doors.watch import Watch
from toolkit.serve.drawing import Drawing
from toolkit.serve.kernels import Kind, end, warm
from toolkit.serve.listen import listen
from toolkit.serve.page.needs import Needs
from toolkit.serve.page.places import Places
from toolkit.serve.page.static import AssetHandler, Assets
from toolkit.serve.page.writing import PageHandler
from toolkit.shipped import shipped
from toolkit.text import Text, both

__all__ = ["Place", "serve"]


class _Server(Voila):
    """Voilà with our own handlers, and of its own those that its bundle's files need."""

    announce: Callable[[], None]
    door: Doorkeeper
    most: int
    drawing: Drawing
    _watch: Watch
    caretaker: Caretaker
    names: Names
    secure: ssl.SSLContext | None

    def init_settings(self) -> dict[str, Any]:
        """Add what our own handlers share."""
        settings = super().init_settings()
        assets = Assets(shipped("templates") / "voila" / "templates" / "agir" / "static")
        pages = settings["voila_jinja2_env"]
        pages.globals |= {
            "base_url": self.base_url,
            "asset": lambda file: f"{self.base_url}static/{assets.name(file)}",
        }
        settings |= {
            "agir_door": self.door,
            "agir_assets": assets,
            "agir_names": self.names,
            "agir_needs": Needs(),
            "compress_response": True,
            "agir_places": Places(self.kernel_manager, self.most),
            "jinja2_env": pages,  # errors, too, are said in our words
            "login_url": self.base_url,
            # A JupyterLab on this computer has a form cookie, too, which its scripts must read.
            "xsrf_cookie_name": f"agir-{self.door.evaluation.links.mark}-form",
            "xsrf_cookie_kwargs": {
                "path": self.base_url,
                "httponly": True,
                "samesite": "Lax",
                "secure": self.door.address.startswith("https:"),
            },
            "websocket_compression_options": {},
        }
        return dict(settings)

    def init_handlers(self) -> list[Any]:
        """Keep what the bundle for every widget loads; every other address is ours, or none."""
        kept = ("/voila/static/", "/voila/labextensions/", "/voila/api/themes/")
        files = [rule for rule in super().init_handlers() if any(part in rule[0] for part in kept)]
        own: list[tuple[Any, ...]] = [
            ("/", HomeHandler),
            ("/lien/(.*)", LinkHandler),
            (r"/voila/render/([^/]+\.ipynb)", PageHandler, {"voila": self.voila_configuration}),
            ("/voila/api/shutdown/(.*)", ClosingHandler),
            (f"/api/kernels/{_kernel_id_regex}/channels", ChannelHandler),
            (f"/api/kernels/{_kernel_id_regex}", ModelHandler),
            (r"/static/([\w.-]+)", AssetHandler, {"assets": self.app.settings["agir_assets"]}),
        ]
        found = [(url_path_join(self.server_url, path), *rest) for path, *rest in own]
        return [*found, *files, (".*", Elsewhere)]

    def listen(self) -> None:
        """Listen with a limit on silence, and have everything ready for the first visitor."""
        self.app.listen = partial(listen, self.app, secure=self.secure)
        loop = IOLoop.current()
        loop.add_callback(warm, Kind.FORMS)
        loop.add_callback(self.drawing.start)
        loop.add_callback(self.caretaker.start)
        self._watch = Watch(self.door, self.kernel_manager)
        self._watch.start()
        super().listen()

    def stop(self) -> None:
        """End everything that was started; kernels at once, since answers are already kept."""
        self._watch.stop()
        self.caretaker.stop()
        self.drawing.stop()
        end()
        super().stop()

    def launch_browser(self) -> None:
        """Say that the doors are open: Voilà calls this once it listens."""
        self.announce()


def serve(
    folder: Path,
    place: Place,
    *,
    announce: Callable[[str], None],
    tell: Callable[[Text], None],
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Serve until interrupted.

    Parameters
    ----------
    folder
        An evaluation's folder.
    place
        Where to listen.
    announce
        Called once the server listens, with what stands before a token in a link.
    tell
        Shows a sentence to whoever started it.
    clock
        Seconds that only go forward, with which somebody who tried too often may try again.

    Raises
    ------
    ToolkitError
        The folder is no evaluation, or the port is taken.
    """
    evaluation = Evaluation.open(folder)
    # An instrument that cannot be used is said here, not on a phone.
    _ = evaluation.instrument_of(evaluation.wave.code if evaluation.wave else "")
    _free(place.host, place.port)
    address, secure = place.links, place.secured()
    names = Names([place.host, place.address], place.proxy)
    surroundings()
    logging.getLogger("tornado.access").setLevel(logging.CRITICAL)  # addresses hold tokens
    logging.getLogger("tornado.general").setLevel(logging.ERROR)
    server = _Server(config=configuration(place))
    server.announce = lambda: announce(address)
    server.names, server.secure = names, secure
    server.most = place.pages
    server.door = Doorkeeper(evaluation, address, clock)
    server.drawing = Drawing(evaluation.folder)
    server.caretaker = Caretaker(evaluation, tell)
    server.initialize([str(folder.absolute())])
    server.start()


def _free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except socket.gaierror as error:
            raise ToolkitError(both("cli.address", host=host)) from error
        except OSError as error:
            raise ToolkitError(both("cli.port", port=port)) from error
