"""What most tests start from: real folders, real files, nothing that stands in for our own code."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.talked import talk_over
from toolkit.evaluation import Group, Rater, Wave
from toolkit.serve.demo import make_demo
from toolkit.templates import new_evaluation

NOBODY = 65534


def pytest_collection_modifyitems(items):
    """Leave the browser for the end: from then on its own event loop runs in this thread."""
    items.sort(key=lambda item: "browser" in Path(item.fspath).parts)


@pytest.fixture
def evaluation(tmp_path):
    """The sample coalition: three rounds shown, a fourth one open and empty."""
    return make_demo(tmp_path / "demo", "fr")


@pytest.fixture
def conversed(tmp_path):
    """The sample coalition with its whole conversation; its fourth round open and empty."""
    return make_demo(tmp_path / "talked", "fr", conversation=True)


@pytest.fixture
def blank(tmp_path):
    """A new evaluation, without a round."""
    return new_evaluation(tmp_path / "blank", "fr", "four_conditions")


@pytest.fixture
def opened(blank):
    """A new evaluation with two groups and one open round, `r1`, that nobody has answered."""
    blank.change(
        blank.settings.model_copy(
            update={
                "waves": (Wave(code="r1", fr="Ronde 1", en="Round 1", status="open"),),
                "groups": (
                    Group(code="partner", fr="Partenaire", en="Partner"),
                    Group(code="parent", fr="Parent", en="Parent"),
                ),
            }
        )
    )
    return blank


@pytest.fixture
def rate(opened):
    """Give the answers of one person: `rate("p1", CV1=4)`; a text is a status."""

    def give(person, *, aspect="current", group="", **answers):
        sheet = opened.sheet("r1", person)
        sheet.consent(group=group)
        for indicator, answer in answers.items():
            how = "status" if isinstance(answer, str) else "value"
            sheet.record(indicator, aspect=aspect, **{how: answer})

    return give


@pytest.fixture
def know(opened):
    """Say which group a person answers for."""
    return lambda person, group: opened.know(Rater(person, "", group))


@pytest.fixture
def talked(opened):
    """A closed round of which a group has talked; see `talk_over`."""
    return talk_over(opened)


@pytest.fixture
def protected():
    """Make a folder, then keep this process from writing into it, even when it runs as root."""
    made = []

    @contextmanager
    def protect(folder):
        for place in (folder, *folder.rglob("*")):
            place.chmod(0o555 if place.is_dir() else 0o444)
        if os.geteuid() == 0:
            os.seteuid(NOBODY)
            try:
                yield
            finally:
                os.seteuid(0)
        else:
            yield

    def folder():
        # Not pytest's own place: only its owner may enter that.
        place = Path(tempfile.mkdtemp(prefix="agir-test-"))
        made.append(place)
        place.chmod(0o755)
        return place

    protect.folder = folder
    yield protect
    for place in made:
        for part in (place, *place.rglob("*")):
            part.chmod(0o755)
        shutil.rmtree(place)
