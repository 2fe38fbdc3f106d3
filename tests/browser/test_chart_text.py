"""Every text of every chart is whole and apart from the others, whatever font a reader has."""

import re

import pytest

from tests.charts import conftest as tables
from toolkit import charts
from toolkit.charts.view import svg

CHARTS = (
    *("agreement", "change", "desired", "distribution", "portfolio"),
    *("profile", "relations", "rounds", "strategy"),
)
#: One as wide as those that charts name is on few machines; this is a tenth wider, and serifed.
FONTS = ("DejaVu Sans", "DejaVu Serif")
SHORT = ("Absent", "Amorcé", "Partiel", "Établi", "Enraciné")
LONG = (
    "Rien n’est encore en place",
    "Quelques essais, ici et là",
    "Une pratique de plusieurs",
    "Une pratique de presque tous les partenaires",
    "Va de soi, même quand les gens changent",
)
#: Corners of each line of text, a little lower than its letters may be tall, and the picture's own.
LINES = """() => {
  const picture = document.querySelector("svg");
  const found = [];
  for (const text of picture.querySelectorAll("text")) {
    const parts = text.querySelectorAll("tspan");
    for (const part of parts.length ? parts : [text]) {
      const said = part.textContent.trim();
      const style = getComputedStyle(part);
      if (!said || style.display === "none" || text.getAttribute("opacity") === "0") continue;
      const box = part.getBBox(), place = text.getScreenCTM();
      const [top, foot] = [box.y + 0.2 * box.height, box.y + 0.8 * box.height];
      const [left, right] = [box.x, box.x + box.width];
      const corners = [[left, top], [right, top], [right, foot], [left, foot]];
      found.push([said, corners.map(([x, y]) => {
        const at = new DOMPoint(x, y).matrixTransform(place);
        return [at.x, at.y];
      })]);
    }
  }
  const frame = picture.getBoundingClientRect();
  return [[frame.left, frame.top, frame.right, frame.bottom], found];
}"""


@pytest.fixture(scope="module")
def read(chromium):
    """Return the lines of a picture in a font, each with its corners, and the picture's edges."""
    page = chromium.new_page(viewport={"width": 1000, "height": 2500})

    def lines(picture, font):
        page.set_content(re.sub(r'font-family="[^"]*"', f'font-family="{font}"', picture))
        return page.evaluate(LINES)

    yield lines
    page.close()


def apart(one, other):
    """Whether some straight line runs between two boxes, turned or not."""
    for box in (one, other):
        for (x, y), (x2, y2) in zip(box, box[1:] + box[:1], strict=True):
            sides = [
                [(x2 - x) * (b - y) - (y2 - y) * (a - x) for a, b in corners]
                for corners in (one, other)
            ]
            if max(sides[0]) <= min(sides[1]) or max(sides[1]) <= min(sides[0]):
                return True
    return False


def faults(edges, lines):
    left, top, right, bottom = edges
    cut = [
        said
        for said, box in lines
        if said.endswith("…")
        or any(x < left - 0.5 or x > right + 0.5 or y < top or y > bottom for x, y in box)
    ]
    over = [
        (a, b)
        for place, (a, one) in enumerate(lines)
        for b, other in lines[place + 1 :]
        if not (a == b and one == other) and not apart(one, other)  # letters over their own halo
    ]
    return cut, over


def made(name, language):
    if name == "relations":
        return [tables.nodes(language), tables.ties()]
    return [getattr(tables, name)(language)]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [300, 680])
@pytest.mark.parametrize("name", CHARTS)
def test_no_text_is_cut_or_covers_another(read, name, width, language):
    picture = svg(getattr(charts, name)(*made(name, language), language=language, width=width))
    for font in FONTS:
        assert faults(*read(picture, font)) == ([], [])


@pytest.mark.parametrize("width", [300, 680])
@pytest.mark.parametrize("names", [SHORT, LONG], ids=["short", "long"])
def test_no_name_of_a_step_is_cut_in_the_legend(read, names, width):
    (counts,) = made("distribution", "fr")
    picture = svg(charts.distribution(counts, language="fr", width=width, names=names))
    for font in FONTS:
        edges, lines = read(picture, font)
        assert faults(edges, lines) == ([], [])
        assert all(any(name in said for said, _ in lines) for name in names)


def test_letters_that_the_font_lacks_keep_their_own_width(read):
    (counts,) = made("distribution", "fr")
    counts["statement"] = ["ᐊᑐᐃᓐᓇᐅᑎᑕᐅᔪᑦ ᓄᓇᕕᒻᒥ", "Разделение власти", "共同的愿景", "Ałı̨ı̨", "W" * 60]
    picture = svg(charts.distribution(counts, language="fr", width=300))
    assert faults(*read(picture, FONTS[0])) == ([], [])
    assert not re.search(r"textLength[^>]*>[^<]*[ᐁ-ᙶЀ-ӿ一-鿿]", picture)
