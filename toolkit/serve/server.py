"""Serve an evaluation's folder to phones and a projector."""

import ipaddress
import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler

from toolkit.errors import LinkError, StoreError, ToolkitError
from toolkit.evaluation import Evaluation
from toolkit.serve.doors import ROLES
from toolkit.shipped import shipped
from toolkit.text import both, say

__all__ = ["serve"]

#: What the pages need of JupyterLab's extensions; the others are not sent.
_EXTENSIONS = [
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
]
#: Seconds after which a kernel that nobody looks at ends; its person resumes from the store.
_IDLE = 1800


class _Elsewhere(JupyterHandler):
    """What every other address shows: that a link is needed, and no list of files."""

    def get(self, *_: str) -> None:
        """Answer with the one polite page."""
        self.set_status(200 if self.request.path == self.base_url else 404)
        environment = self.settings["voila_jinja2_env"]
        self.write(environment.get_template("error.html").render(base_url=self.base_url))


class _Closing(VoilaShutdownKernelHandler):
    """End the kernel of a page that was closed.

    The browser's beacon carries no token, so stock Voilà answers 403 and the kernel stays. To know
    the kernel's id is to have been served its page, which is all that this needs.
    """

    def check_xsrf_cookie(self) -> None:
        """Ask for nothing more than the kernel's id."""


class _Server(Voila):
    """Voilà without its list of notebooks, its contents service and its file service."""

    announce: Callable[[], None]

    def init_handlers(self) -> list[Any]:
        """Keep what a page needs; the bare address answers with one polite page."""
        closed = ("/voila/tree", "/voila/api/contents", "/voila/files")
        kept = [
            rule
            for rule in super().init_handlers()
            if rule[0] != self.server_url and not any(part in rule[0] for part in closed)
        ]
        closing = url_path_join(self.server_url, r"/voila/api/shutdown/(.*)")
        elsewhere = url_path_join(self.server_url, r"/.*")
        return [(closing, _Closing), *kept, (elsewhere, _Elsewhere)]

    def launch_browser(self) -> None:
        """Say that the doors are open: Voilà calls this once it listens."""
        self.announce()


def serve(folder: Path, *, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve until interrupted.

    Parameters
    ----------
    folder
        An evaluation's folder.
    host, port
        Where to listen.
    announce
        Called once the server listens, with what stands before a notebook's name in a link.

    Raises
    ------
    ToolkitError
        The folder is no evaluation, or the port is taken.
    """
    evaluation = Evaluation.open(folder)
    _ = evaluation.instrument  # an instrument that cannot be used is said here, not on a phone
    _free(host, port)
    address = f"http://{_reachable(host)}:{port}/voila/render/"
    _surroundings(address)
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    server = _Server(config=_config(evaluation, host, port))
    server.announce = lambda: announce(address)
    server.initialize([str(folder.absolute())])
    server.start()


def _config(evaluation: Evaluation, host: str, port: int) -> Config:
    language = evaluation.language
    words = {key: say(f"page.{key}", language) for key in ("wait", "late", "no_script")}
    words |= {"failed": say("cli.voila_error", language)}
    texts = {"language": language, "title": say("app.name", language), **words}
    return Config(
        {
            "Voila": {
                "ip": host,
                "port": port,
                "port_retries": 0,
                "open_browser": True,  # the hook that announces the doors
                "log_level": logging.ERROR,
                "tornado_settings": {"headers": _HEADERS},
            },
            "VoilaConfiguration": {
                "template": "agir",
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "file_allowlist": [],
                "extension_allowlist": _EXTENSIONS,
                "prelaunch_hook": _doorkeeper(evaluation),
                "resources": {"agir": texts},
                "show_tracebacks": False,
            },
            # Over TCP, sixty pages opened at once froze three servers of eight (a port race).
            "KernelManager": {"transport": "ipc" if os.name == "posix" else "tcp"},
            "MappingKernelManager": {"cull_idle_timeout": _IDLE, "cull_interval": 60},
        }
    )


_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def _doorkeeper(evaluation: Evaluation) -> Callable[..., None]:
    """Return what looks at every link before a kernel is started for it."""

    def let_in(handler: JupyterHandler, notebook: Any, cwd: str) -> None:  # noqa: ARG001
        name = handler.request.path.rpartition("/")[2]
        roles = ROLES.get(name, ())
        try:
            evaluation.links.enter(handler.get_argument("t", ""), *roles)
        except LinkError as error:
            raise HTTPError(403) from error
        except StoreError as error:
            raise HTTPError(503) from error

    return let_in


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


def _reachable(host: str) -> str:
    """Return the address that other devices use: with 0.0.0.0, this computer's on its network."""
    if host not in {"0.0.0.0", "::"}:  # noqa: S104
        return f"[{host}]" if ":" in host else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # No packet is sent: this only asks which of our addresses a route would use.
            probe.connect(("192.0.2.1", 9))
            found = str(probe.getsockname()[0])
        except OSError:
            found = "127.0.0.1"
    return found if not ipaddress.ip_address(found).is_unspecified else "127.0.0.1"


def _surroundings(address: str) -> None:
    """Set what the server and its kernels find in their environment."""
    os.environ["AGIR_ADDRESS"] = address
    places = [str(shipped("templates")), os.environ.get("JUPYTER_PATH", "")]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, places))
