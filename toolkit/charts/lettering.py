"""How wide a text is, and where it breaks: a picture's text does not wrap by itself."""

import unicodedata

__all__ = ["breadth", "known", "wrapped"]

# Advance widths of Liberation Sans, those of Arial and Helvetica too, in thousandths of the size.
_REGULAR = {
    191: "'",
    200: "\u202f\u2009",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ftı\u00a0",
    333: "()-`r“”·¡{}",
    355: '"•',
    389: "*",
    400: "°",
    469: "^",
    500: "Jcksvxyz↑↓",
    549: "≥≤",
    556: "#$0123456789?L_abdeghnopqu«»–€§",
    584: "+<=>~−×",
    611: "FTZøß¿",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    737: "©",
    778: "GOQØ",
    833: "Mm½",
    889: "%æ",
    944: "Wœ",
    1000: "—…→←ŒÆ™",
    1015: "@",
}
_BOLD = {
    200: "\u202f\u2009",
    238: "'",
    278: " ,./I\\ijl‘’ı\u00a0",
    280: "|",
    333: "!()-:;[]`ft·¡",
    355: "•",
    389: "*r{}",
    400: "°",
    474: '"',
    500: "z“”↑↓",
    549: "≥≤",
    556: "#$0123456789J_aceksvxy«»–€§",
    584: "+<=>^~−×",
    611: "?FLTZbdghnopquøß¿",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    737: "©",
    778: "GOQwØ",
    833: "M½",
    889: "%mæ",
    944: "Wœ",
    975: "@",
    1000: "—…→←ŒÆ™",
}
_WIDTHS = [
    {letter: width for width, letters in table.items() for letter in letters}
    for table in (_REGULAR, _BOLD)
]
_OTHER, _SQUARE = 750, 1000  # of a letter that the font lacks: one that fills a square is wider


def breadth(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is when it is written in a size in pixels, in pixels."""
    widths = _WIDTHS[bold]
    ems = sum(widths.get(letter) or _unknown(letter) for letter in _bare(text)) / 1000
    return ems * size


def known(text: str) -> bool:
    """Return whether the font that texts are measured in has each letter of a text."""
    return all(letter in _WIDTHS[0] for letter in _bare(text))


def _bare(text: str) -> list[str]:
    return [c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)]


def _unknown(letter: str) -> int:
    return _SQUARE if unicodedata.east_asian_width(letter) in "WF" else _OTHER


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
