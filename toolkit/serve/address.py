"""Where other devices find a server."""

import ipaddress
import re
import socket
from urllib.parse import urlsplit

from toolkit.errors import ToolkitError
from toolkit.text import both

__all__ = ["before_tokens", "reachable"]


def reachable(host: str) -> str:
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


def before_tokens(address: str) -> str:
    """Return what stands before a token in a link, from an address as people write it.

    Raises
    ------
    ToolkitError
        It is none.
    """
    typed = address.strip()
    whole = typed if re.match(r"https?://", typed) else f"http://{typed}"
    parts = urlsplit(whole)
    if not re.fullmatch(r"[\w.\-:\[\]]+", parts.netloc) or parts.query or parts.fragment:
        raise ToolkitError(both("invite.no_address", address=typed))
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/lien/"
