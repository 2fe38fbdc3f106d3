"""The visit that a process serves: the link it was opened with, and where it is served."""

import os
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from toolkit.text import LANGUAGES, Language

__all__ = ["Visit"]


@dataclass(frozen=True, slots=True)
class Visit:
    """One opening of a page.

    Attributes
    ----------
    served
        Whether a server serves it; otherwise it is the evaluator's own notebook.
    token
        The link's token, empty without one.
    role
        Whose page the server opened; empty where only the link tells.
    language
        What was asked for, or None.
    address
        What stands before a token in a link; empty where the server that serves it does not tell.
    home
        The path of the page with all the doors; empty where there is none.
    """

    served: bool
    token: str = ""
    role: str = ""
    language: Language | None = None
    address: str = ""
    home: str = ""

    _sealed: ClassVar["Visit | None"] = None

    @classmethod
    def now(cls) -> "Visit":
        """Return the visit that this process serves."""
        return cls._sealed or cls._read()

    @classmethod
    def seal(cls) -> None:
        """Keep the visit as it is now, for good: a server does so before any cell runs.

        A cell that changes the environment then changes nothing of whose visit it is.
        """
        cls._sealed = cls._read()

    @classmethod
    def _read(cls) -> "Visit":
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
            role=os.environ.get("AGIR_ROLE", ""),
            language=next((known for known in LANGUAGES if known == asked), None),
            address=address,
            home=urlsplit(address).path.removesuffix("lien/"),
        )
