"""How Voilà and its kernels are set, in one place."""

import logging
import os
from dataclasses import dataclass
from typing import Any

from traitlets.config import Config

from toolkit.serve.channel.connection import WidgetConnection
from toolkit.serve.doors.authorizer import OwnKernelAuthorizer
from toolkit.serve.doors.headers import security_headers
from toolkit.serve.doors.identity import GuestProvider
from toolkit.serve.kernels.register import Register
from toolkit.shipped import shipped

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
    """

    host: str
    port: int
    base_url: str = "/"
    frames: str = ""

    def __post_init__(self) -> None:
        inside = self.base_url.strip("/")
        object.__setattr__(self, "base_url", f"/{inside}/" if inside else "/")


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
