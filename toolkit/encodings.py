"""Read text as the programs of different systems save it."""

import codecs

__all__ = ["NAMES", "decoded"]

#: What people know the encodings as.
NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
}

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Letters of French and English names as Windows and old Macs write them.
_LETTERS = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆ’‘“”«»–—…•· \u00a0°ºª½©®™€$")


def decoded(content: bytes) -> tuple[str, str]:
    """Return a file's text and the encoding that it is in: by its mark, or by what makes sense.

    UTF-8 and UTF-16 are recognized for certain. Of Windows-1252 and Mac Roman, in which every file
    is some text, the one whose accents are those of French names is taken.

    Raises
    ------
    ValueError
        It is no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding), encoding
    if b"\0" in content:
        even, odd = content[::2].count(0), content[1::2].count(0)
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        text = content.decode(encoding)
        if "\0" in text:
            raise ValueError("no text")
        return text, "utf-16"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        tries = [(content.decode(name, "replace"), name) for name in ("cp1252", "mac_roman")]
        return max(tries, key=lambda found: _sense(found[0]))


def _sense(text: str) -> int:
    return sum(1 if letter in _LETTERS else -1 for letter in text if not letter.isascii())
