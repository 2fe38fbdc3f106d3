"""What a server and its nursery say to each other, over one line for each kernel.

A request goes in. The new kernel answers with its process id (or, negative, why there is none) and
with `LISTENS` when it does: whatever becomes of the nursery, a kernel that exists is known to its
server. At its end the nursery, whose child it is, tells its exit code. A line that closes without
one means that the nursery is no more.
"""

import asyncio
import json
import socket
import struct
from typing import TypedDict

__all__ = ["LISTENS", "Request", "answer", "ask", "heard", "read", "tell"]

#: No exit code.
LISTENS = 1 << 30
_NUMBER = struct.Struct("!i")
#: Seconds that a request may take to arrive once its line is open.
_PATIENCE = 10


class Request(TypedDict):
    """What a kernel is to be: its connection file, its environment and its directory."""

    file: str
    env: dict[str, str]
    cwd: str


async def ask(line: socket.socket, address: str, request: Request | None) -> int:
    """Send a request, or None to ask whether the nursery is awake, and return the answer.

    Raises
    ------
    ConnectionError
        There is no nursery at the address, or it ended before it answered.
    """
    line.connect(address)  # takes no time: more may wait at the door than a room holds
    line.setblocking(False)
    # Names that are not UTF-8 travel as lone surrogates, which JSON escapes.
    body = json.dumps(request).encode("ascii")
    await asyncio.get_running_loop().sock_sendall(line, _NUMBER.pack(len(body)) + body)
    return await answer(line)


async def answer(line: socket.socket) -> int:
    """Wait for the next number.

    Raises
    ------
    ConnectionError
        The line was closed instead.
    """
    reply = await asyncio.get_running_loop().sock_recv(line, _NUMBER.size)
    return _number(reply)


def heard(line: socket.socket) -> int | None:
    """Return the exit code if it has come, else None.

    Raises
    ------
    ConnectionError
        The line was closed instead.
    """
    try:
        number = _number(line.recv(_NUMBER.size))
    except BlockingIOError:
        return None
    return heard(line) if number == LISTENS else number


def read(line: socket.socket) -> Request | None:
    """Read a request, in the nursery.

    Raises
    ------
    OSError
        Whoever opened the line said nothing, or not all.
    """
    line.settimeout(_PATIENCE)
    size = _number(_exactly(line, _NUMBER.size))
    request: Request | None = json.loads(_exactly(line, size))
    return request


def tell(line: socket.socket, number: int) -> bool:
    """Send a number to the server, and return whether it still cares."""
    try:
        line.sendall(_NUMBER.pack(number))
    except OSError:
        return False
    return True


def _exactly(line: socket.socket, size: int) -> bytes:
    whole = bytearray()
    while len(whole) < size:
        part = line.recv(size - len(whole))
        if not part:
            raise ConnectionResetError
        whole += part
    return bytes(whole)


def _number(reply: bytes) -> int:
    if len(reply) < _NUMBER.size:
        raise ConnectionResetError
    return int(_NUMBER.unpack(reply)[0])
