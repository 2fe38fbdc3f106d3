"""By which names a server is asked for, and which proxies speak for others."""

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from toolkit.errors import ToolkitError
from toolkit.text import both

__all__ = ["Names"]


class Names:
    """The names of this server.

    A page of another site can have its own name lead to this computer, and so speak to a server
    that only this computer reaches (DNS rebinding). It cannot do so with an address in numbers:
    those are all taken, also the one that a router or a container is known by from outside.

    Parameters
    ----------
    known
        Hosts or whole addresses that it was told.
    proxies
        The addresses, or networks, of proxies; comma-separated, usually none.

    Raises
    ------
    ToolkitError
        One of the proxies is no address.
    """

    def __init__(self, known: Iterable[str] = (), proxies: str = "") -> None:
        own = socket.gethostname()
        named = map(_host, (*known, own, f"{own}.local"))
        self._names = {"localhost", *filter(None, named)}
        try:
            self._proxies = [
                ipaddress.ip_network(part.strip(), strict=False)
                for part in proxies.split(",")
                if part.strip()
            ]
        except ValueError as error:
            raise ToolkitError(both("cli.proxy", proxy=proxies)) from error

    def ours(self, header: str) -> bool:
        """Return whether a request whose `Host` header this is was meant for us."""
        host = _host(header)
        if host is None:
            return False
        return host in self._names or host.endswith(".localhost") or _address(host) is not None

    def proxied(self, address: str) -> bool:
        """Return whether who asks from an address is believed when they say for whom."""
        found = _address(address)
        return found is not None and any(found in network for network in self._proxies)


def _host(text: str) -> str | None:
    """Return the host of an address or of a `Host` header, or None if there is none in it."""
    whole = text.strip() if "//" in text else f"//{text.strip()}"
    try:
        parts = urlsplit(whole)
        _ = parts.port
        host = parts.hostname
    except ValueError:
        return None
    return host.rstrip(".").lower() if host and "@" not in parts.netloc else None


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
