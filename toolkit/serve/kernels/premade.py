"""A kernel that is made before the fork, and takes up its sockets after it.

What a kernel does from its command line to its shell is the same for all, takes most of its
start, and needs neither thread nor socket. So the nursery does it once.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import zmq
from ipykernel.iostream import IOPubThread
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.application import BaseIPythonApplication
from traitlets.config import Config

__all__ = ["App", "Kernel"]

_SETTINGS = {
    # No parent to look for: the nursery lets the kernel know of its server's end.
    "IPKernelApp": {"parent_handle": 1},
    # A page has no history, and an evaluator's is in the notebook.
    "HistoryManager": {"enabled": False},
}


class Kernel(IPythonKernel):
    """The kernel of IPython, with a shell that was made in the nursery."""

    @classmethod
    def instance(cls, *args: Any, **parts: Any) -> "Kernel":
        """Return the one kernel; IPKernelApp hands over its parts here."""
        kernel: Kernel = super().instance(*args, **parts)
        if "session" in parts:
            kernel.take_up(**parts)
        return kernel

    def take_up(self, *, user_ns: Any = None, **parts: Any) -> None:  # noqa: ARG002
        """Take up what did not exist before the fork, where `__init__` would have."""
        for name, part in parts.items():
            setattr(self, name, part)
        self.ident = str(uuid4())
        shell: Any = self.shell
        shell.init_environment()
        shell.starting_dir = os.getcwd()  # noqa: PTH109
        shell.history_manager.reset()
        for outlet in (shell.displayhook, shell.display_pub):
            outlet.session, outlet.pub_socket = self.session, self.iopub_socket
        shell.displayhook.topic = self._topic("execute_result")
        if session := os.environ.get("JPY_SESSION_NAME"):
            shell.user_ns["__session__"] = session
        if hasattr(self, "debugger"):
            self.debugger.session = self.session
            self.debugger.shell_socket = self.debug_shell_socket
            self.debugger.debugpy_client.debugpy_stream = self.debugpy_stream


class _Settled(BaseIPythonApplication):
    """Read the profile and its settings once, in the nursery."""

    def initialize(self, argv: Any = None) -> None:
        """Do nothing the second time."""
        if self.profile_dir is None:
            super().initialize(argv)


class App(IPKernelApp, _Settled):
    """The program of IPython's kernel, half of which has run."""

    _announce: Callable[[], None]

    @classmethod
    def made(cls) -> "App":
        """Return it with a kernel that lacks nothing but its sockets."""
        app: App = cls.instance(config=Config(_SETTINGS), kernel_class=Kernel)
        _Settled.initialize(app, [])
        app.kernel = Kernel.instance(parent=app, log=app.log, profile_dir=app.profile_dir)
        app.kernel.shell.extension_manager.load_extension("storemagic")  # as all kernels do
        return app

    def become(self, file: str, announce: Callable[[], None]) -> None:
        """Run until the end; `announce` is called once all sockets listen."""
        self.connection_file, self._announce = file, announce
        self.connection_dir = str(Path(file).parent)
        self.initialize([])
        self.start()

    def init_iopub(self, context: zmq.Context[Any]) -> None:
        """Publish; over IPC sockets, as pages do, without ipykernel's TCP port for forks."""
        if self.transport != "ipc" or getattr(self, "curve_secretkey", None):
            super().init_iopub(context)
            return
        socket = self.iopub_socket = context.socket(zmq.XPUB)
        socket.linger = 1000
        # Whoever subscribes is greeted: they know by that when messages reach them.
        socket.xpub_verbose = 1
        self.iopub_port = self._bind_socket(socket, self.iopub_port)
        self.configure_tornado_logger()
        # A kernel may end while it says that it is idle: no news to whoever runs the server.
        logging.getLogger("tornado.general").setLevel(logging.CRITICAL)
        self.iopub_thread = IOPubThread(socket, pipe=False, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def init_heartbeat(self) -> None:
        """Say that all sockets are bound, this being the last."""
        super().init_heartbeat()
        self._announce()

    def init_io(self) -> None:
        """Take up the streams; what compiled code writes past them is shown in JupyterLab only."""
        self.capture_fd_output = self.transport != "ipc"
        super().init_io()
