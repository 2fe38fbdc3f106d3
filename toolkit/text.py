"""Say every sentence of the interface in the reader's language, from `words.yaml`."""

import datetime
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from babel.dates import format_date
from pydantic import BaseModel, ConfigDict, Field

__all__ = ["LANGUAGES", "Language", "Text", "both", "day", "number", "say", "today"]

Language = Literal["fr", "en"]
# libyaml where it is built in: five times as fast, and every page reads this file.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Text(BaseModel):
    """Hold one wording in each language; `text["fr"]` reads one of them."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    fr: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __getitem__(self, language: str) -> str:
        """Return the wording in one language."""
        return self.en if language == "en" else self.fr


def say(key: str, language: Language, /, **values: Any) -> str:
    """Return the sentence `key` of `words.yaml` in one language.

    Parameters
    ----------
    key
        Its place in the file, such as `rating.saved`.
    language
        `fr` or `en`.
    values
        What fills the braces. Whole numbers choose the plural through `count`; numbers and
        days are written as the language writes them.

    Raises
    ------
    KeyError
        The file holds no such sentence, or a brace was given no value.
    """
    wording = _words()[key][language]
    if isinstance(wording, Mapping):
        wording = wording[_plural(values["count"], language)]
    written = {name: _written(value, language) for name, value in values.items()}
    return str(wording).format(**written)


def both(key: str, /, **values: Any) -> Text:
    """Return the sentence `key` in both languages, for a reader who is not known yet."""
    return Text(fr=say(key, "fr", **values), en=say(key, "en", **values))


def number(value: float, language: Language, digits: int = 1) -> str:
    """Write a number as the language does: « −3,5 » or "−3.5"; no digits for a whole number."""
    if float(value).is_integer():
        digits = 0
    written = f"{value:.{digits}f}".replace("-", "\u2212")  # a minus, not a hyphen
    return written.replace(".", ",") if language == "fr" else written


def day(date: datetime.date, language: Language) -> str:
    """Write a day as the language does: « 1er mai 2026 » or "May 1, 2026"."""
    written = str(format_date(date, "long", locale=f"{language}_CA"))
    if language == "fr" and date.day == 1:
        written = written.replace("1", "1er", 1)  # the locale data says « 1 mai »
    return written.replace(" ", "\u00a0", 1)  # no line ends between the number and its month


def today() -> datetime.date:
    """Return the day it is where the evaluation is: at night, elsewhere it is another."""
    return datetime.datetime.now(datetime.UTC).astimezone().date()


def _written(value: Any, language: Language) -> Any:
    if isinstance(value, Text):
        return value[language]
    if isinstance(value, datetime.date):
        return day(value, language)
    return number(value, language) if isinstance(value, float) else value


def _plural(count: int, language: Language) -> str:
    # CLDR: in French nought and one are singular, in English only one is.
    singular = count in {0, 1} if language == "fr" else count == 1
    return "one" if singular else "other"


@cache
def _words() -> dict[str, dict[str, Any]]:
    source = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    rooms: dict[str, dict[str, Any]] = yaml.load(source, Loader=_Loader)  # noqa: S506
    return {f"{room}.{key}": text for room, texts in rooms.items() for key, text in texts.items()}
