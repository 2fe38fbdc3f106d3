"""Every sentence of the interface: in two languages, well set, and in use."""

import ast
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
import yaml

import toolkit
from toolkit.instruments import find
from toolkit.shipped import shipped
from toolkit.text import LANGUAGES, say

PACKAGE = Path(toolkit.__file__).parent
BLANKS = "\u00a0\u202f"


@cache
def words():
    source = (PACKAGE / "words.yaml").read_text(encoding="utf-8")
    rooms = yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return {f"{room}.{key}": text for room, texts in rooms.items() for key, text in texts.items()}


def test_no_key_is_written_twice():
    # YAML would take the second without a word, and a button would say something else.
    rooms = yaml.compose((PACKAGE / "words.yaml").read_text(encoding="utf-8"))
    places = [rooms, *(room for _, room in rooms.value)]
    twice = [
        key
        for place in places
        for key, count in Counter(name.value for name, _ in place.value).items()
        if count > 1
    ]
    assert twice == []


def wordings(text):
    """Return every wording of one sentence in one language, singular and plural."""
    return list(text.values()) if isinstance(text, dict) else [text]


def braces(text):
    return {name for wording in wordings(text) for _, name, _, _ in Formatter().parse(wording)} - {
        None
    }


def instrument_texts(value, place="four_conditions"):
    """Yield each pair of wordings in the built-in instrument, with its place."""
    if isinstance(value, dict) and set(value) == {"fr", "en"}:
        yield place, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from instrument_texts(part, f"{place}.{key}")
    elif isinstance(value, (list, tuple)):
        for i, part in enumerate(value):
            yield from instrument_texts(part, f"{place}[{i}]")


@cache
def every_wording(language):
    said = [
        (key, wording)
        for key, texts in words().items()
        for wording in wordings(texts.get(language, ""))
    ]
    asked = instrument_texts(find("four_conditions").model_dump())
    return said + [(place, texts[language]) for place, texts in asked]


def test_every_sentence_exists_in_both_languages():
    missing = [
        key
        for key, texts in words().items()
        if set(texts) != set(LANGUAGES)
        or not all(wording.strip() for text in texts.values() for wording in wordings(text))
    ]
    assert missing == []


def test_both_languages_have_the_same_braces():
    differ = [key for key, text in words().items() if braces(text["fr"]) != braces(text["en"])]
    assert differ == []


def test_a_plural_has_both_forms_in_both_languages():
    odd = [
        key
        for key, texts in words().items()
        if any(isinstance(text, dict) for text in texts.values())
        and not all(
            isinstance(text, dict) and set(text) == {"one", "other"} and "count" in braces(text)
            for text in texts.values()
        )
    ]
    assert odd == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said(language):
    for key, text in words().items():
        values = dict.fromkeys(braces(text[language]), "x") | {"count": 2}
        said = say(key, language, **values)
        assert said
        assert not re.search(r"[{}]", said), key


def faults(language, pattern):
    return [(key, text) for key, text in every_wording(language) if re.search(pattern, text)]


def test_french_has_a_no_break_space_before_high_punctuation():
    # A colon inside a word, as in an address, takes none.
    assert faults("fr", rf"[^{BLANKS}«][;?!%»]") == []
    assert faults("fr", rf"[^{BLANKS}]:(?=\s|$)") == []


def test_french_has_a_no_break_space_after_an_opening_guillemet():
    assert faults("fr", rf"«(?![{BLANKS}])") == []


def test_english_has_no_space_before_punctuation_and_no_guillemets():
    assert faults("en", rf"[\s{BLANKS}][:;?!%,.](?!\w)") == []
    assert faults("en", "[«»]") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_apostrophes_quotes_and_ellipses_are_typographic(language):
    assert faults(language, r"['\"`]|\.\.\.") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_has_two_spaces_in_a_row_or_one_at_the_end(language):
    assert faults(language, r"\S[ \t]{2,}|\s$|[ \t]\n") == []


def code():
    for file in PACKAGE.rglob("*.py"):
        if "migrations" not in file.parts:
            yield file, ast.parse(file.read_text(encoding="utf-8"))


def whole(tree):
    """Return every node but the pieces of f-strings: `plan.is_` in `f"plan.is_{how}"` is no key."""
    pieces = {
        id(piece)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for piece in node.values
    }
    return [node for node in ast.walk(tree) if id(node) not in pieces]


def test_every_sentence_that_the_code_asks_for_exists():
    rooms = "|".join({key.partition(".")[0] for key in words()})
    asked = {
        (file.name, node.value)
        for file, tree in code()
        for node in whole(tree)
        if isinstance(node, ast.Constant)
        and re.fullmatch(rf"({rooms})\.(?!ipynb|js|css|html)\w+", str(node.value))
    }
    assert len(asked) > 100
    assert {(file, key) for file, key in asked if key not in words()} == set()


def test_what_is_counted_has_a_singular():
    # What these count agrees with no number (« 1 plus haut »), or is always many.
    alike = {"chart.rose", "chart.same", "chart.fell", "release.too_long", "people.group_pooled"}
    counted = r"\{count\}[\s\u00a0][^\W\d_A-Z]"
    found = {
        key
        for key, text in words().items()
        for one in text.values()
        if isinstance(one, str) and re.search(counted, one)
    }
    assert found - alike == set()


def test_every_sentence_is_used_somewhere():
    constants, patterns = set(), set()
    for _, tree in code():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            if isinstance(node, ast.JoinedStr):
                parts = [p.value if isinstance(p, ast.Constant) else None for p in node.values]
                patterns.add("".join("(.+)" if p is None else re.escape(p) for p in parts))
    for page in (shipped("templates") / "voila").rglob("*.html"):
        constants |= set(re.findall(r"""say\(["']([\w.]+)["']""", page.read_text("utf-8")))
    # `f"rate.{key}_title"` uses `rate.done_title` if the code names `done` as well.
    rooms = {key.partition(".")[0] for key in words()}
    patterns = {p for p in patterns if p.split("\\.")[0] in rooms} | {r"(.+)_title"}

    def used(key):
        found = (re.fullmatch(pattern, key) for pattern in patterns)
        return key in constants or any(f and set(f.groups()) <= constants for f in found)

    assert [key for key in words() if not used(key)] == []


#: Each was read as its opposite in a tool of power sharing, or is no French.
TRAPS = re.compile(
    r"(?:avis|vues|opinions)\s(?:\w+\s){0,2}partagée?s?\b|ce qui partage", re.IGNORECASE
)
BOOKS = ("README.md", "sample_data/README.md")
NOTEBOOKS = ("tour", "numbers")


def test_views_are_contrasted_and_never_shared_out():
    told = [wording for text in words().values() for wording in wordings(text["fr"])]
    told += [text["fr"] for _, text in instrument_texts(find("four_conditions").model_dump())]
    files = [shipped("sample_data") / name for name in ("conversation.toml", "evaluation.toml")]
    files += [file for name in BOOKS if (file := PACKAGE.parent / name).is_file()]
    told += [file.read_text(encoding="utf-8") for file in files]
    for name in NOTEBOOKS:
        text = (PACKAGE.parent / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
        told += ["".join(cell["source"]) for cell in json.loads(text)["cells"]]
    assert [found.group() for text in told if (found := TRAPS.search(text))] == []
