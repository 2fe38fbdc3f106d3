"""Where no kernel can be forked, an ordinary one serves, and the log says so once."""

import subprocess
import sys

import pytest

from toolkit.serve import kernels
from toolkit.serve.kernels import parent, provisioner


@pytest.fixture
def log(monkeypatch, caplog):
    monkeypatch.setattr(provisioner.NurseryProvisioner, "_told", False)
    caplog.set_level("WARNING")
    return lambda: [r.message for r in caplog.records if "forked" in r.message]


def ordinary(kernel):
    return isinstance(kernel.manager.provisioner.process, subprocess.Popen)


def test_without_fork(start, monkeypatch, log):
    monkeypatch.delattr("os.fork")
    for kernel in (start(), start()):
        assert ordinary(kernel)
        assert kernel.value("1") == 1
    assert len(log()) == 1


def test_when_the_nursery_cannot_wake_up(start, monkeypatch, log):
    monkeypatch.setattr(parent, "_PROGRAM", "no.such.program")
    monkeypatch.setitem(provisioner.NURSERIES, kernels.Kind.FIGURES, parent.Nursery())
    assert ordinary(start())
    assert ordinary(start())
    assert len(log()) == 1


def test_with_another_interpreters_settings(start, tmp_path, log):
    (tmp_path / "only_there.py").write_text("found = 1")
    kernel = start(env={"PYTHONPATH": str(tmp_path)})
    assert ordinary(kernel)
    assert kernel.run("import only_there")[0]["status"] == "ok"
    assert log() == []


def test_with_streams_of_its_own(start):
    kernel = start(stderr=subprocess.DEVNULL)
    assert ordinary(kernel)
    assert kernel.value("__import__('sys').executable") == sys.executable
