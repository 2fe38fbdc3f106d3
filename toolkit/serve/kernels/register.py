"""The kernels that a server has, with no more work for each message than pages need."""

from typing import Any

from jupyter_server._tz import utcnow
from jupyter_server.services.kernels.kernelmanager import (
    AsyncMappingKernelManager,
    ServerKernelManager,
)
from traitlets import default

__all__ = ["Kernel", "Register"]


class Kernel(ServerKernelManager):
    """A kernel whose events nobody listens to: here is no other server to tell."""

    def emit(self, schema_id: str, data: dict[str, Any]) -> None:
        """Tell nobody, rather than check each event against its schema first."""


class Register(AsyncMappingKernelManager):
    """Know from what people say to a kernel when it was last used.

    Jupyter reads along with all that a kernel says, which costs as much as to pass it on.
    """

    @default("kernel_manager_class")
    def _default_kernel_manager_class(self) -> str:
        return f"{Kernel.__module__}.{Kernel.__qualname__}"

    def start_watching_activity(self, kernel_id: str) -> None:
        """Call a kernel busy that has started; Jupyter noted just before when that was."""
        self._kernels[kernel_id].execution_state = "busy"

    def shown(self, kernel_id: str) -> None:
        """Note that a kernel has shown its page: from now on it ends if nobody uses it."""
        if kernel_id in self._kernels:
            self._kernels[kernel_id].execution_state = "idle"
            self.used(kernel_id)

    def used(self, kernel_id: str) -> None:
        """Note that somebody uses a kernel now, or did until now."""
        if kernel_id in self._kernels:
            self._kernels[kernel_id].last_activity = utcnow()

    def notify_disconnect(self, kernel_id: str) -> None:
        """Note when a page was left."""
        super().notify_disconnect(kernel_id)
        self.used(kernel_id)

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """Forget a kernel wholly: Jupyter keeps what one said whose page was away."""
        self.stop_buffering(kernel_id)
        super()._handle_kernel_died(kernel_id)
        self._kernel_connections.pop(kernel_id, None)
