"""What a guest may do with Jupyter's own services: talk to the kernel of their own page."""

from typing import Any

from jupyter_server.auth.authorizer import Authorizer

from toolkit.serve.doors.doorkeeper import door_of
from toolkit.serve.doors.identity import Guest

__all__ = ["OwnKernelAuthorizer"]


class OwnKernelAuthorizer(Authorizer):
    """Refuse everything but the channel of a kernel that was started for one of their links.

    `execute` is Jupyter's word for the channel; what may go through it is the channel's affair.
    """

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        """Return whether this is the owner of the kernel that is asked for."""
        door = door_of(handler)
        kernel = handler.path_kwargs.get("kernel_id", "")
        own = isinstance(user, Guest) and user.owns(door.owners.get(kernel))
        if own and (action, resource) in {("execute", "kernels"), ("read", "kernels")}:
            return True
        why = "not allowed" if own else "not its owner" if user else "no link"
        door.refused(handler, f"{action} {resource}", why)
        return False
