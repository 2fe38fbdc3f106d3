"""By which names a server may be asked for, and who speaks for others."""

import socket

import pytest

from toolkit.errors import ToolkitError
from toolkit.serve.doors.names import Names

KNOWN = Names(["0.0.0.0", "https://agir.example.org/x/"], "127.0.0.1, 10.1.0.0/16")


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LocalHost:8866", "localhost.:80", "agir.localhost"),
        *("127.0.0.1:8866", "192.168.1.20:8866", "[::1]:8866", "[fe80::1]"),
        *("agir.example.org", "AGIR.example.org:443", socket.gethostname()),
    ],
)
def test_addresses_in_numbers_and_names_that_it_was_told_are_its_own(host):
    assert KNOWN.ours(host)


@pytest.mark.parametrize(
    "host",
    [
        *("", "evil.example", "evil.example:8866", "localhost.evil.example", "127.0.0.1.nip.io"),
        *("agir.example.org.evil.example", "localhost@evil.example", "evil.example#localhost"),
        *("[::1", "localhost:port", "//", "http://evil.example/localhost", "notlocalhost"),
    ],
)
def test_no_other_name_is(host):
    assert not KNOWN.ours(host)


def test_only_a_proxy_that_was_named_is_believed():
    assert [KNOWN.proxied(one) for one in ("127.0.0.1", "10.1.2.3", "10.2.0.1", "::1", "x")] == [
        *(True, True, False, False, False)
    ]
    assert not Names().proxied("127.0.0.1")


def test_what_is_no_proxy_is_said():
    with pytest.raises(ToolkitError):
        Names((), "proxy.example.org")
