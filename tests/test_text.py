"""Sentences in the reader's language."""

import datetime

import pytest
from pydantic import ValidationError

from toolkit.pages.rate.texts import lasting
from toolkit.text import Text, both, day, number, say, today


def test_text_reads_in_each_language():
    text = Text(fr="Confiance", en="Trust")
    assert (text["fr"], text["en"]) == ("Confiance", "Trust")


def test_text_without_a_translation_is_refused():
    with pytest.raises(ValidationError):
        Text(fr="Confiance", en="  ")


def test_nought_is_singular_in_french_and_plural_in_english():
    assert say("rate.left", "fr", count=0) == say("rate.left", "fr", count=1).replace("1", "0")
    assert say("rate.left", "en", count=0) == say("rate.left", "en", count=2).replace("2", "0")
    assert say("rate.left", "en", count=1) != say("rate.left", "en", count=2).replace("2", "1")


def test_a_text_in_a_sentence_follows_the_language_of_the_sentence():
    round_ = Text(fr="Automne", en="Autumn")
    found = both("folder.no_wave", wave=round_)
    assert "Automne" in found.fr
    assert "Autumn" in found.en


def test_braces_that_a_person_typed_stay_as_they_are():
    assert "{name}" in say("folder.no_wave", "fr", wave="{name}")


def test_a_decimal_number_is_written_as_the_language_writes_it():
    assert number(3.5, "fr") == "3,5"
    assert number(3.5, "en") == "3.5"
    assert number(4.0, "fr") == "4"
    assert number(-0.12, "fr", 2) == "\u22120,12"


def test_one_minute_is_not_some_minutes():
    for language, told in (
        ("fr", "1 énoncé, environ 1 minute"),
        ("en", "1 statement, about 1 minute"),
    ):
        assert told in say("setup.module_adds", language, count=1, minutes=lasting(1))
        assert "5 minutes" in say("consent.length_is", language, count=8, minutes=lasting(8))


def test_a_day_is_written_as_the_language_writes_it_and_never_ends_a_line_in_its_middle():
    assert day(datetime.date(2026, 5, 1), "fr") == "1er\u00a0mai 2026"
    assert day(datetime.date(2026, 11, 21), "fr") == "21\u00a0novembre 2026"
    assert day(datetime.date(2026, 5, 1), "en") == "May\u00a01, 2026"
    assert "21\u00a0mai 2026" in say("plan.by_is", "fr", day=datetime.date(2026, 5, 21))


def test_an_unknown_sentence_is_an_error():
    with pytest.raises(KeyError):
        say("rate.nonsense", "fr")


def test_a_sentence_without_its_value_is_an_error():
    with pytest.raises(KeyError):
        say("rate.progress", "fr", done=1)


def test_the_day_is_the_one_where_the_evaluation_is(elsewhere):
    there, here = elsewhere
    assert there != here
    assert today() == here
