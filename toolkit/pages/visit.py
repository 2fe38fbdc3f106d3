"""What a page knows of the visit it serves: the link it was opened with, and where it is served."""

import os
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from toolkit.text import LANGUAGES, Language

__all__ = ["Visit"]

#: Where links point from a notebook that no server of ours serves: at `agir serve` as it starts.
_USUAL = "http://127.0.0.1:8866/lien/"


@dataclass(frozen=True, slots=True)
class Visit:
    """One opening of a page.

    Attributes
    ----------
    served
        Whether a server serves it; otherwise it is the evaluator's own notebook.
    token
        The link's token, empty without one.
    language
        What was asked for, or None.
    address
        What stands before a token in a link.
    home
        The path of the page with all the doors; empty where there is none.
    """

    served: bool
    token: str = ""
    language: Language | None = None
    address: str = _USUAL
    home: str = ""

    @classmethod
    def now(cls) -> "Visit":
        """Read the visit from what the server tells the kernel about it.

        `agir serve` tells it in `AGIR_…`; stock Voilà hands over the address's own query.
        """
        if not os.environ.get("SERVER_SOFTWARE", "").startswith("voila"):
            return cls(served=False)
        query = parse_qs(os.environ.get("QUERY_STRING", ""))
        asked = os.environ.get("AGIR_LANGUAGE") or query.get("lang", [""])[0]
        address = os.environ.get("AGIR_ADDRESS", "")
        return cls(
            served=True,
            token=os.environ.get("AGIR_LINK") or query.get("t", [""])[0],
            language=next((known for known in LANGUAGES if known == asked), None),
            address=address or _USUAL,
            home=urlsplit(address).path.removesuffix("lien/"),
        )
