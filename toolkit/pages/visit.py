"""What a page knows of the visit it serves: the link in its address, and where it is served."""

import os
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit, urlunsplit

from toolkit.text import LANGUAGES, Language

__all__ = ["Visit"]

#: Where links point from a notebook that no server of ours serves.
_USUAL = "http://127.0.0.1:8866/voila/render/"


@dataclass(frozen=True, slots=True)
class Visit:
    """One opening of a page.

    Attributes
    ----------
    served
        Whether Voilà serves it; otherwise it is the evaluator's own notebook.
    token
        The link's token, empty without one.
    language
        What the address asks for, or None.
    address
        What stands before the name of a notebook in a link.
    """

    served: bool
    token: str = ""
    language: Language | None = None
    address: str = _USUAL

    @classmethod
    def now(cls) -> "Visit":
        """Read the visit from what Voilà tells the kernel about its request."""
        if not os.environ.get("SERVER_SOFTWARE", "").startswith("voila"):
            return cls(served=False)
        query = parse_qs(os.environ.get("QUERY_STRING", ""))
        asked = query.get("lang", [""])[0]
        return cls(
            served=True,
            token=query.get("t", [""])[0],
            language=next((known for known in LANGUAGES if known == asked), None),
            address=os.environ.get("AGIR_ADDRESS") or _before_page(),
        )


def _before_page() -> str:
    parts = urlsplit(os.environ.get("VOILA_REQUEST_URL", _USUAL))
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rpartition("/")[0] + "/", "", ""))
