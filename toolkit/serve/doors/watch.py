"""Close what a link no longer opens: one look a second for the whole server."""

from typing import TYPE_CHECKING, Any

from tornado.ioloop import IOLoop, PeriodicCallback

from toolkit.errors import StoreError

if TYPE_CHECKING:
    from toolkit.serve.doors.doorkeeper import Doorkeeper

__all__ = ["Watch"]

#: Milliseconds between two looks.
_LOOK = 1000


class Watch:
    """End what was opened by links that were revoked, expired or erased, and idle sessions.

    A channel on which nobody says anything is closed as soon as one that is busy.

    Parameters
    ----------
    door
        Knows whose kernel is whose, and which channels are open.
    kernels
        Jupyter's manager of kernels.
    """

    def __init__(self, door: "Doorkeeper", kernels: Any) -> None:
        self._door, self._kernels = door, kernels
        self._looks = PeriodicCallback(self.look, _LOOK)

    def start(self) -> None:
        """Look from now on."""
        self._looks.start()

    def stop(self) -> None:
        """Look no more."""
        self._looks.stop()

    def look(self) -> None:
        """Look once."""
        door = self._door
        for kernel in [*door.owners, *door.channels]:
            if kernel not in self._kernels:
                door.forget(kernel)
        for channel in [one for channels in door.channels.values() for one in channels]:
            if channel.session and not door.sessions.lasts(channel.session):
                channel.end("idle")
        try:
            lasting = door.evaluation.links.lasting() if door.owners else frozenset[str]()
        except StoreError:
            return  # busy just now: the next look tells
        for kernel in [kernel for kernel, link in door.owners.items() if link not in lasting]:
            for channel in list(door.channels.get(kernel, ())):
                channel.end("link")
            door.forget(kernel)
            if kernel in self._kernels:
                # At once: what it kept is on the disk, and it shows what is for nobody any more.
                IOLoop.current().add_callback(self._kernels.shutdown_kernel, kernel, now=True)
