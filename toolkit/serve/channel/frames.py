"""What a browser may say to a kernel: the few messages that widgets need, built anew."""

import json
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
    def refuse(_: str) -> None:
        raise ValueError  # NaN and its like are no JSON

    found = json.loads(text, parse_constant=refuse)
    # Half an emoji, cut off by a browser, cannot be sent on: a kernel's channel takes UTF-8 only.
    return _whole(found) if "\\ud" in text.lower() else found


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {_whole(key): _whole(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_whole(part) for part in value]
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def _words(part: dict[str, Any]) -> dict[str, str]:
    """Return the short texts among the values of a part."""
    known = ("msg_id", "msg_type", "session", "username", "date", "version")
    return {name: _word(part[name]) for name in known if name in part}


def _word(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise TypeError
    return value


def _nothing(_: Any) -> dict[str, Any]:
    return {}


def _info(content: Any) -> dict[str, Any]:
    return {"target_name": _word(content.get("target_name", ""))}


def _open(content: Any) -> dict[str, Any]:
    if content["target_name"] != _CONTROL:
        raise UnwantedError("another target")
    return {"comm_id": _word(content["comm_id"]), "target_name": _CONTROL, "data": {}}


def _message(content: Any) -> dict[str, Any]:
    data = content["data"]
    if not isinstance(data, dict) or data.get("method") not in _METHODS:
        raise UnwantedError("another method")
    kept = {name: data[name] for name in _METHODS[data["method"]] if name in data}
    return {"comm_id": _word(content["comm_id"]), "data": {"method": data["method"], **kept}}


def _close(content: Any) -> dict[str, Any]:
    return {"comm_id": _word(content["comm_id"]), "data": {}}


_KINDS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "kernel_info_request": _nothing,
    "comm_info_request": _info,
    "comm_open": _open,
    "comm_msg": _message,
    "comm_close": _close,
}
