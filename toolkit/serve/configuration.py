"""How Voilà and its kernels are set, in one place."""

import logging
import os
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from traitlets.config import Config

from toolkit.errors import ToolkitError
from toolkit.serve.address import before_tokens, reachable
from toolkit.serve.channel.connection import WidgetConnection
from toolkit.serve.doors.authorizer import OwnKernelAuthorizer
from toolkit.serve.doors.headers import security_headers
from toolkit.serve.doors.identity import GuestProvider
from toolkit.serve.kernels.register import Register
from toolkit.shipped import shipped
from toolkit.text import both

__all__ = ["Place", "configuration", "surroundings"]

#: What a page with any widget needs of JupyterLab's extensions; the others are not sent.
_EXTENSIONS = [
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
]
#: Seconds after which a kernel that nobody looks at ends; its person resumes from the store.
_IDLE = 1800


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server listens.

    Attributes
    ----------
    host, port
        The address and the port.
    base_url
        The path under which all its pages are.
    frames
        The site that may show the pages in a frame of its own; usually none.
    address
        How other devices reach it, such as `https://agir.example.org`; found out unless told.
    proxy
        The addresses or networks of proxies that may say for whom they ask; usually none.
    certfile, keyfile
        A certificate and its key, in PEM: with them it is served over https alone.
    pages
        How many pages may be open at once, each with a kernel.
    """

    host: str
    port: int
    base_url: str = "/"
    frames: str = ""
    address: str = ""
    proxy: str = ""
    certfile: Path | None = None
    keyfile: Path | None = None
    pages: int = 120

    def __post_init__(self) -> None:
        inside = self.base_url.strip("/")
        object.__setattr__(self, "base_url", f"/{inside}/" if inside else "/")

    @property
    def links(self) -> str:
        """What stands before a token in a link that other devices can open."""
        if self.address:
            bare = not urlsplit(before_tokens(self.address)).path.removesuffix("/lien/")
            return before_tokens(self.address.rstrip("/") + (self.base_url if bare else ""))
        scheme = "https" if self.certfile else "http"
        return f"{scheme}://{reachable(self.host)}:{self.port}{self.base_url}lien/"

    def secured(self) -> ssl.SSLContext | None:
        """Return what https needs, or None without a certificate.

        Raises
        ------
        ToolkitError
            A file is missing, unreadable, or not the other's.
        """
        if not self.certfile and not self.keyfile:
            return None
        try:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(self.certfile or "", self.keyfile, password=_no_password)
        except (OSError, ValueError) as error:  # ssl's own errors are OSErrors
            raise ToolkitError(both("cli.certificate", why=str(error))) from error
        return context


def _no_password() -> str:
    return ""  # rather than to wait for one where nobody types


def configuration(place: Place) -> Config:
    """Return the settings of everything that is not ours."""
    voila: dict[str, Any] = {
        "ip": place.host,
        "port": place.port,
        "port_retries": 0,
        "base_url": place.base_url,
        "open_browser": True,  # the hook that announces the doors
        "log_level": logging.ERROR,
        "tornado_settings": {"headers": security_headers(place.frames)},
        "identity_provider_class": GuestProvider,
        "authorizer_class": OwnKernelAuthorizer,
        "kernel_websocket_connection_class": WidgetConnection,
    }
    return Config(
        {
            "Voila": voila,
            "VoilaConfiguration": {
                "template": "agir",
                "multi_kernel_manager_class": Register,
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "file_allowlist": [],
                "extension_allowlist": _EXTENSIONS,
                "show_tracebacks": False,
            },
            # Over TCP, sixty pages opened at once froze three servers of eight (a port race).
            "KernelManager": {"transport": "ipc" if os.name == "posix" else "tcp"},
            # A kernel that was started again would know nothing of its page: the page opens anew.
            "KernelRestarter": {"restart_limit": 0, "time_to_dead": 1.0},
            "MappingKernelManager": {"cull_idle_timeout": _IDLE, "cull_interval": 60},
        }
    )


def surroundings() -> None:
    """Set where the server and its kernels find our templates and kernels."""
    places = [str(shipped("templates")), os.environ.get("JUPYTER_PATH", "")]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, places))
