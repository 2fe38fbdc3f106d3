"""What a server and its nursery say to each other, over one line for each kernel.

A request goes in; what comes back is a word with a number. The kernel says itself that it was born:
whatever becomes of the nursery, a kernel that exists is known to its server. The nursery, whose
child it is, tells its exit code. A line that closes without that means that the nursery is no more.
"""

import asyncio
import json
import socket
import struct
from enum import IntEnum
from typing import TypedDict

__all__ = ["Request", "Word", "answer", "ask", "heard", "read", "tell"]

_SIZE = struct.Struct("!I")
_SAID = struct.Struct("!Bi")
#: Seconds that a request may take to arrive once its line is open.
_PATIENCE = 10


class Request(TypedDict):
    """What a kernel is to be: its connection file, its environment and its directory."""

    file: str
    env: dict[str, str]
    cwd: str


class Word(IntEnum):
    """What is said, and what the number beside it is."""

    AWAKE = 0
    BORN = 1  # its process id
    REFUSED = 2  # why: a number of `errno`
    LISTENS = 3
    ENDED = 4  # its exit code, or the signal that ended it, negative


async def ask(line: socket.socket, address: str, request: Request | None) -> tuple[Word, int]:
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
    await asyncio.get_running_loop().sock_sendall(line, _SIZE.pack(len(body)) + body)
    return await answer(line)


async def answer(line: socket.socket) -> tuple[Word, int]:
    """Wait for what is said next.

    Raises
    ------
    ConnectionError
        The line was closed instead.
    """
    return _understood(await asyncio.get_running_loop().sock_recv(line, _SAID.size))


def heard(line: socket.socket) -> int | None:
    """Return the exit code if it has come, else None.

    Raises
    ------
    ConnectionError
        The line was closed instead.
    """
    while True:
        try:
            word, number = _understood(line.recv(_SAID.size))
        except BlockingIOError:
            return None
        if word is Word.ENDED:
            return number


def read(line: socket.socket) -> Request | None:
    """Read a request, in the nursery.

    Raises
    ------
    OSError
        Whoever opened the line said nothing, or not all.
    """
    line.settimeout(_PATIENCE)
    size = _SIZE.unpack(_exactly(line, _SIZE.size))[0]
    request: Request | None = json.loads(_exactly(line, size))
    return request


def tell(line: socket.socket, word: Word, number: int = 0) -> bool:
    """Say something to the server, and return whether it still listens."""
    try:
        line.sendall(_SAID.pack(word, number))
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


def _understood(said: bytes) -> tuple[Word, int]:
    if len(said) < _SAID.size:
        raise ConnectionResetError
    word, number = _SAID.unpack(said)
    return Word(word), number
