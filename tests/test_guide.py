"""The page that says what each file of an evaluation holds: complete, and its examples work."""

import re
import tomllib

import pytest

from toolkit.evaluation.settings import Group, Partner, Privacy, Settings, Wave
from toolkit.instruments import Indicator, Instrument, Scale, Section, read
from toolkit.shipped import shipped
from toolkit.text import LANGUAGES

PARTS = (Instrument, Scale, Section, Indicator, Settings, Privacy, Group, Partner, Wave)


@pytest.fixture(params=LANGUAGES)
def guide(request):
    return (shipped("templates") / f"files.{request.param}.md").read_text(encoding="utf-8")


def example(guide, kind):
    return re.search(rf"```{kind}\n(.*?)```", guide, re.DOTALL)[1]


def test_every_key_of_every_file_is_explained(guide):
    prose = re.sub(r"```.*?```", "", guide, flags=re.DOTALL)
    named = {word for code in re.findall(r"`([^`]+)`", prose) for word in re.findall(r"\w+", code)}
    assert {name for part in PARTS for name in part.model_fields} - named == set()


def test_its_instrument_can_be_used_as_it_is(guide, tmp_path):
    file = tmp_path / "ours.yaml"
    file.write_text(example(guide, "yaml"), encoding="utf-8")
    assert list(read(file).scales["accord"].steps) == [0, 1, 2]


def test_its_settings_can_be_used_as_they_are(guide):
    told = Settings.model_validate(tomllib.loads(example(guide, "toml")))
    assert [wave.status for wave in told.waves] == ["open"]
