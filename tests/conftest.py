"""What most tests start from: real folders, real files, nothing that stands in for our own code."""

import datetime
import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.talked import talk_over
from toolkit.evaluation import Evaluation, Group, Rater, Wave
from toolkit.serve.demo import make_demo
from toolkit.templates import new_evaluation

NOBODY = 65534
#: An example may take as long as a busy machine takes for it.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_collection_modifyitems(items):
    """Leave the browser for the end: from then on its own event loop runs in this thread."""
    items.sort(key=lambda item: "browser" in Path(item.fspath).parts)


@pytest.fixture(scope="session")
def copied(tmp_path_factory):
    """Return a copy of an evaluation that takes long to make, and is so only once."""
    made = {}

    def copy(make, target):
        if make not in made:
            made[make] = tmp_path_factory.mktemp("once") / target.name
            make(made[make])
        shutil.copytree(made[make], target)
        return Evaluation.open(target)

    return copy


@pytest.fixture
def evaluation(copied, tmp_path):
    """The sample coalition: three rounds shown, a fourth one open and empty."""
    return copied(_sample, tmp_path / "demo")


@pytest.fixture
def conversed(copied, tmp_path):
    """The sample coalition with its whole conversation; its fourth round open and empty."""
    return copied(_conversation, tmp_path / "talked")


@pytest.fixture
def blank(copied, tmp_path):
    """A new evaluation, without a round."""
    return copied(_blank, tmp_path / "blank")


def _sample(folder):
    make_demo(folder, "fr")


def _conversation(folder):
    make_demo(folder, "fr", conversation=True)


def _blank(folder):
    new_evaluation(folder, "fr", "four_conditions")


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
def elsewhere(monkeypatch):
    """Be where it is another day than in Greenwich; return that day there, and the local one."""
    there = datetime.datetime.now(datetime.UTC)
    hours = 14 if there.hour >= 12 else -12  # of the zones that there are, first and last
    monkeypatch.setenv("TZ", f"XXX{-hours:+d}")
    time.tzset()
    yield there.date(), (there + datetime.timedelta(hours=hours)).date()
    monkeypatch.undo()
    time.tzset()


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
