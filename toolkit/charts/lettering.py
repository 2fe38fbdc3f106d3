"""How wide a text is, and where it breaks: a picture's text does not wrap by itself."""

import unicodedata

__all__ = ["breadth", "wrapped"]

# Widths of the letters of Liberation Sans, Arial and Helvetica, in thousandths of their size.
_WIDTHS = {
    222: "ijl’‘|",
    278: " .,:;!/tfI\u00a0\u202f",
    333: "r()-·“”",
    500: "ckJsvxyz",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    944: "W",
    1000: "→↑↓…—",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_USUAL, _BOLD = 556, 1.07


def breadth(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is when it is written in a size in pixels, in pixels."""
    bare = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    ems = sum(_WIDTH.get(letter, _USUAL) for letter in bare) / 1000
    return ems * size * (_BOLD if bold else 1)


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return a text in lines no wider than a width in pixels; a no-break space never breaks.

    A word that is wider than the line is cut, since nothing else would keep it in the picture.
    """
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and breadth(longer, size, bold=bold) <= width:
            lines[-1] = longer
            continue
        rest = word
        while breadth(rest, size, bold=bold) > width and len(rest) > 1:
            end = len(rest) - 1
            while end > 1 and breadth(rest[:end], size, bold=bold) > width:
                end -= 1
            lines.append(rest[:end])
            rest = rest[end:]
        lines.append(rest)
    return lines
