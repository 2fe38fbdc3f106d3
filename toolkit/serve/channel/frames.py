"""What a browser may say to a kernel: the few messages that widgets need, built anew."""

import json
import math
import re
from collections.abc import Callable
from typing import Any, cast

from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)

__all__ = ["UnwantedError", "screened"]

_CONTROL = "jupyter.widget.control"
#: Longest identifier that is passed on.
_LONGEST = 200
#: How deep what a widget says may be, and the longest number in characters: browsers write 24.
_DEEPEST, _DIGITS = 32, 32
_ID = re.compile(r"[\w.-]+")
#: What a widget's own message may hold, by its method.
_METHODS = {
    "custom": ("content",),
    "update": ("state",),
    "request_state": (),
    "request_states": (),
}


class UnwantedError(Exception):
    """A frame that is not passed on; why, in a few words of ours and none of the sender's."""


def screened(frame: str | bytes, *, v1: bool) -> str | bytes:
    """Return a frame that holds what may pass of another, in the same form.

    It is made from what was read: whatever else stood in the frame is left behind, so that no other
    reader can find in it what this one did not see.

    Parameters
    ----------
    frame
        What the browser sent.
    v1
        Whether the two agreed on Jupyter's binary frames, rather than JSON text.

    Raises
    ------
    UnwantedError
        It is malformed, for another channel than `shell`, or of a kind that no widget needs.
    """
    try:
        channel, message = (_parts if v1 else _text)(frame)
        kind = message["header"]["msg_type"]
        header = _words(message["header"])
        metadata = _words(message["metadata"])
        content = message["content"]
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, MemoryError) as error:
        raise UnwantedError("malformed") from error
    if channel != "shell":
        raise UnwantedError("another channel")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise UnwantedError("another kind of message")
    try:
        content = _KINDS[kind](content)
    except (TypeError, KeyError, AttributeError) as error:
        raise UnwantedError("malformed") from error
    built = {"header": header, "parent_header": {}, "metadata": metadata, "content": content}
    if not v1:
        return json.dumps({**built, "channel": "shell", "buffers": []})
    parts = [json.dumps(part).encode() for part in built.values()]
    return cast("bytes", serialize_msg_to_ws_v1(parts, "shell"))


def _text(frame: str | bytes) -> tuple[Any, dict[str, Any]]:
    if not isinstance(frame, str):
        raise TypeError
    message = _loads(frame)
    return message["channel"], message


def _parts(frame: str | bytes) -> tuple[Any, dict[str, Any]]:
    if not isinstance(frame, bytes) or int.from_bytes(frame[:8], "little") > len(frame) // 8:
        raise TypeError
    channel, parts = deserialize_msg_from_ws_v1(frame)
    header, _, metadata, content = (_loads(part.decode()) for part in parts)
    return channel, {"header": header, "metadata": metadata, "content": content}


def _loads(text: str) -> Any:
    found = json.loads(text, parse_constant=_refuse, parse_float=_float, parse_int=_int)
    return _sound(found, "\\ud" in text.lower())


def _refuse(_: str) -> None:
    raise ValueError  # NaN and its like are no JSON


def _float(digits: str) -> float:
    found = float(digits)
    if len(digits) > _DIGITS or not math.isfinite(found):  # 1e999 is written like a number
        raise ValueError
    return found


def _int(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise ValueError
    return int(digits)


def _sound(value: Any, halves: bool, depth: int = 0) -> Any:  # noqa: FBT001
    """Return a value that can be sent on; raise ValueError if it is deeper than any of a widget's.

    Half an emoji, cut off by a browser, is mended: a kernel's channel takes UTF-8 only.
    """
    if depth > _DEEPEST:
        raise ValueError
    if isinstance(value, dict):
        sound = ((key, _sound(part, halves, depth + 1)) for key, part in value.items())
        return {_whole(key) if halves else key: part for key, part in sound}
    if isinstance(value, list):
        return [_sound(part, halves, depth + 1) for part in value]
    return _whole(value) if halves and isinstance(value, str) else value


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _words(part: dict[str, Any]) -> dict[str, str]:
    """Return the short texts among the values of a part."""
    known = ("msg_id", "msg_type", "session", "username", "date", "version")
    return {name: _word(part[name]) for name in known if name in part}


def _word(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise TypeError
    return value


def _id(value: Any) -> str:
    if not _ID.fullmatch(_word(value)):  # a kernel that knows none by it writes it into a log
        raise TypeError
    return str(value)


def _nothing(_: Any) -> dict[str, Any]:
    return {}


def _info(content: Any) -> dict[str, Any]:
    return {"target_name": _word(content.get("target_name", ""))}


def _open(content: Any) -> dict[str, Any]:
    if content["target_name"] != _CONTROL:
        raise UnwantedError("another target")
    return {"comm_id": _id(content["comm_id"]), "target_name": _CONTROL, "data": {}}


def _message(content: Any) -> dict[str, Any]:
    data = content["data"]
    if not isinstance(data, dict) or data.get("method") not in _METHODS:
        raise UnwantedError("another method")
    kept = {name: data[name] for name in _METHODS[data["method"]] if name in data}
    return {"comm_id": _id(content["comm_id"]), "data": {"method": data["method"], **kept}}


def _close(content: Any) -> dict[str, Any]:
    return {"comm_id": _id(content["comm_id"]), "data": {}}


_KINDS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "kernel_info_request": _nothing,
    "comm_info_request": _info,
    "comm_open": _open,
    "comm_msg": _message,
    "comm_close": _close,
}
