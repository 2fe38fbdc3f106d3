"""What a kernel is told about its visit, and what it is not told."""

from types import SimpleNamespace

import pytest

from toolkit.evaluation.folder import LAST_GOOD
from toolkit.evaluation.visit import Visit
from toolkit.pages.table import PAGE
from toolkit.serve.doors.admission import Admission
from toolkit.serve.doors.doorkeeper import Doorkeeper
from toolkit.serve.environment import needed
from toolkit.serve.page.environment import kernel_environment

ADDRESS = "http://192.168.1.20:8866/agir/lien/"
AROUND = {
    "PATH": "/bin",
    "HOME": "/home/x",
    "LC_ALL": "fr_CA.UTF-8",
    "JUPYTER_PATH": "/templates",
    "PYTHONPATH": "/site",
    "JUPYTER_TOKEN": "secret-1",
    "AWS_SECRET_ACCESS_KEY": "secret-2",
    "DATABASE_URL": "postgresql://secret-3",
    "PGPASSWORD": "secret-4",
    "QUERY_STRING": "t=secret-5",
    "AGIR_LINK": "secret-6",
    "AGIR_DATABASE": "secret-7",
    "JUPYTER_APIKEY": "secret-8",
    "PYTHON_KEYRING": "secret-9",
    "LC_WHATEVER": "secret-10",
    "CONDA_AUTH": "secret-11",
}


@pytest.fixture
def told(evaluation):
    token = evaluation.invite("2026-T2", 1)[0]
    admission = Admission(
        PAGE["rate"], token, evaluation.links.enter(token, "rater"), "rater", "en"
    )
    handler = SimpleNamespace(settings={"agir_door": Doorkeeper(evaluation, ADDRESS)})
    return token, kernel_environment(handler, admission, AROUND)


def test_a_kernel_gets_what_it_needs_and_no_secret_of_its_server(told):
    _, found = told
    for name in ("PATH", "HOME", "LC_ALL", "JUPYTER_PATH", "PYTHONPATH"):
        assert found[name] == AROUND[name]
    assert "secret-" not in " ".join(found.values())


def test_a_page_reads_its_visit_from_what_its_kernel_was_told(told, monkeypatch):
    token, found = told
    for name, value in found.items():
        monkeypatch.setenv(name, value)
    visit = Visit.now()
    assert (visit.served, visit.token, visit.language) == (True, token, "en")
    assert (visit.address, visit.home) == (ADDRESS, "/agir/")
    assert token not in found["QUERY_STRING"]


def test_stock_voila_still_hands_over_its_query(monkeypatch):
    for name in ("AGIR_LINK", "AGIR_LANGUAGE", "AGIR_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    monkeypatch.setenv("QUERY_STRING", "t=abc.def&lang=en")
    visit = Visit.now()
    assert (visit.token, visit.language, visit.home) == ("abc.def", "en", "")


def test_a_notebook_that_nobody_serves_has_no_visit(monkeypatch):
    monkeypatch.delenv("SERVER_SOFTWARE", raising=False)
    assert not Visit.now().served


def test_a_page_that_opens_during_an_edit_finds_what_the_settings_said_last():
    kept = {LAST_GOOD: "/somewhere/private"}
    assert needed({**AROUND, **kept}).items() >= kept.items()
