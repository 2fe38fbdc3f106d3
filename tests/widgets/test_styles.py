"""The style sheets of the components, which share one page in JupyterLab."""

import re
from collections import defaultdict
from pathlib import Path

import toolkit.widgets

SHEETS = sorted(Path(toolkit.widgets.__file__).parent.glob("*.css"))


def test_no_two_components_style_the_same_thing():
    # `base.css` comes with each of them, and they refine it.
    styled = defaultdict(set)
    for sheet in SHEETS:
        rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        for selectors in re.findall(r"([^{}@;]+)\{", rules):
            for selector in selectors.split(","):
                if sheet.stem != "base" and ".tk-" in selector:
                    styled[selector.strip()].add(sheet.name)
    assert {selector: names for selector, names in styled.items() if len(names) > 1} == {}
