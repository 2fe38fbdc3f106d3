"""A kernel from the nursery is interrupted, ended, restarted, and mourned like any other."""

import signal
from pathlib import Path

import psutil
import pytest

from tests.running import PATIENCE, eventually
from tests.serve.kernels.living import lives


def test_it_is_born_in_the_nursery(kernel, nursery):
    assert psutil.Process(kernel.pid).ppid() == nursery.pid


def test_it_runs_cells(kernel):
    assert kernel.value("6 * 7") == 42
    assert kernel.run("import toolkit")[0]["status"] == "ok"


def test_it_runs_over_tcp_too(start):
    assert start(transport="tcp").value("1 + 1") == 2


def test_a_busy_cell_is_interrupted_and_no_other_kernel_is(start):
    busy, other = start(), start()
    other.leave("import time\nfor _ in range(100): time.sleep(0.01)\ndone = True")
    busy.keep_busy()
    busy.interrupt()
    assert busy.value("'free'") == "free"
    assert other.value("done") is True


@pytest.mark.parametrize("now", [True, False])
def test_it_is_shut_down_and_nothing_of_it_stays(start, nursery, now):
    kernel = start()
    kernel.manager.shutdown_kernel(now=now)
    assert not kernel.manager.is_alive()
    eventually(lambda: not psutil.pid_exists(kernel.pid))
    assert not Path(kernel.manager.connection_file).exists()


def test_what_it_started_is_ended_with_it(start):
    kernel = start()
    kernel.run("import subprocess\nasleep = subprocess.Popen(['sleep', '600'])")
    asleep = kernel.value("asleep.pid")
    kernel.manager.shutdown_kernel(now=True)
    eventually(lambda: not psutil.pid_exists(asleep))


def test_it_is_restarted_on_the_same_sockets(start):
    kernel = start()
    kernel.run("kept = 1")
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(timeout=PATIENCE)
    assert kernel.manager.provisioner.pid != kernel.pid
    assert kernel.value("'kept' in globals()") is False


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("import os; os._exit(3)", 3),
        ("import ctypes; ctypes.string_at(0)", -signal.SIGSEGV),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", -signal.SIGTERM),
    ],
)
def test_a_crash_is_noticed_with_its_exit_code_and_harms_no_other(start, nursery, cell, code):
    unlucky, other = start(), start()
    unlucky.leave(cell)
    assert unlucky.ended() == code
    eventually(lambda: not psutil.pid_exists(unlucky.pid))
    assert other.value("1") == 1
    assert lives(nursery.pid)


def test_the_nursery_buries_also_what_outlived_its_kernel(start, nursery):
    kernel = start()
    kernel.run(
        "import subprocess\nasleep = subprocess.Popen(['sleep', '0.1'], start_new_session=True).pid"
    )
    asleep = kernel.value("asleep")
    kernel.leave("import os; os._exit(0)")
    assert kernel.ended() == 0
    eventually(lambda: not psutil.pid_exists(asleep))


def test_a_folder_that_is_none_is_an_error(start, tmp_path):
    with pytest.raises(FileNotFoundError):
        start(cwd=str(tmp_path / "nowhere"))
