"""The nursery is one whole process; nothing outlives its server; kernels outlive it."""

import asyncio
import os
import re
import signal
import stat
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import psutil

from tests.running import eventually
from tests.serve.kernels.living import lives
from toolkit.serve import kernels
from toolkit.serve.kernels import waking
from toolkit.shipped import shipped

#: A server with three kernels: idle, busy in Python, and deep in compiled code.
_SERVER = """
import asyncio, os, sys, tempfile
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from toolkit.serve.kernels import Kind
from toolkit.serve.kernels.parent import NURSERIES

async def main():
    specs = KernelSpecManager(kernel_dirs=[sys.argv[1]])
    place, managers = sys.argv[2], []
    for number, cell in enumerate(("", "while True: pass", "sum(range(10**15))")):
        manager = AsyncKernelManager(
            kernel_name="agir", transport="ipc", kernel_spec_manager=specs,
            connection_file=f"{place}/{number}.json",
        )
        await manager.start_kernel(env={"PATH": os.environ["PATH"]}, cwd=place)
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready()
        client.execute(cell)
        managers.append(manager)
    nursery = NURSERIES[Kind.FIGURES]
    print(nursery.pid, *(manager.provisioner.pid for manager in managers), flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


def _killed(server):
    server.kill()
    server.wait()
    server.stdout.close()


def _serve(place, **env):
    """Start a server, and return it with the process ids of its nursery and its kernels."""
    specs = str(shipped("templates") / "kernels")
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVER, specs, str(place)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(place), **env},
    )
    return server, [int(pid) for pid in server.stdout.readline().split()]


def test_nothing_outlives_a_server_that_is_killed(tmp_path):
    own = tmp_path / "modules"
    own.mkdir()
    path = os.pathsep.join([str(own), os.environ.get("PYTHONPATH", "")])
    server, pids = _serve(tmp_path, ANOTHERS="sesame", PYTHONPATH=path, PYTHONSAFEPATH="1")
    try:
        assert len(pids) == 4
        for pid in pids:
            assert b"sesame" not in Path(f"/proc/{pid}/environ").read_bytes()
        eventually(lambda: all(psutil.Process(pid).cpu_times().user > 0.3 for pid in pids[2:]))
    finally:
        _killed(server)
    eventually(lambda: not any(map(lives, pids)))
    assert [place.name for place in tmp_path.iterdir() if place.is_dir()] == ["modules"]


def test_no_kernel_outlives_a_server_that_is_killed_after_its_nursery(tmp_path):
    server, (nursery, idle, busy, deep) = _serve(tmp_path)
    try:
        os.kill(nursery, signal.SIGKILL)
        assert lives(idle)
        assert lives(busy)
    finally:
        _killed(server)
    eventually(lambda: not lives(idle) and not lives(busy))
    os.kill(deep, signal.SIGKILL)  # its own watch has no turn, and nobody else is left


def test_its_place_is_private(nursery):
    place = Path(nursery._place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert {file.name for file in place.iterdir()} == {"door"}


def test_it_has_one_thread_and_holds_nothing_that_a_fork_would_break(nursery):
    assert len(list(Path(f"/proc/{nursery.pid}/task").iterdir())) == 1
    links = Path(f"/proc/{nursery.pid}/fd").iterdir()
    held = [str(link.readlink()) for link in links if int(link.name) > 2]
    kinds = {re.sub(r":\[\d+\]$", "", link) for link in held}
    # An event loop or a ZeroMQ context would be an eventpoll or an eventfd, a store a file.
    assert not [kind for kind in kinds if "event" in kind or kind.endswith((".db", "-wal", "-shm"))]
    assert psutil.Process(nursery.pid).net_connections(kind="inet") == []


def test_everything_that_pages_load_late_is_there():
    for name in waking._LATE:
        assert find_spec(name), name


def test_kernels_live_on_when_the_nursery_dies_and_the_next_one_is_born_in_another(start, nursery):
    before = start()
    crashing, ended, killed = nursery.pid, start(), start()
    os.kill(crashing, signal.SIGKILL)
    after = start()
    assert nursery.pid != crashing
    assert after.value("1") == 1
    assert before.value("2") == 2
    before.keep_busy()
    before.interrupt()
    assert before.value("'free'") == "free"
    ended.leave("import os; os._exit(7)")
    os.kill(killed.pid, signal.SIGKILL)
    # Elsewhere than on Linux nobody can ask for the exit code of a process that is no child.
    linux = sys.platform == "linux"
    assert ended.ended() == (7 if linux else 1)
    assert killed.ended() == (-9 if linux else 1)
    before.manager.shutdown_kernel()
    for pid in (crashing, before.pid, ended.pid, killed.pid):
        eventually(lambda pid=pid: not psutil.pid_exists(pid))


def test_a_server_may_end_the_nursery_and_wake_it_again(start, nursery):
    kernel, pid, place = start(), nursery.pid, nursery._place
    kernels.end()
    eventually(lambda: not lives(kernel.pid) and not psutil.pid_exists(pid))
    assert not place.exists()
    kernel.ended()  # its line is closed once its end is known
    kernel.manager.provisioner.process = None
    assert asyncio.run(kernels.warm())
    assert start().value("1") == 1


def test_another_nursery_wakes_up_when_somebody_tidied_its_place_away(start, nursery):
    before = nursery.pid
    (nursery._place / "door").unlink()
    assert start().value("1") == 1
    assert nursery.pid not in {before, None}


def test_a_wait_ends_with_the_kernel(start):
    """Neither with a look each tenth of a second, nor when the nursery is gone."""
    for orphan in (False, True):
        kernel = start()
        child = kernel.manager.provisioner.process
        if orphan:
            os.kill(psutil.Process(kernel.pid).ppid(), signal.SIGKILL)

        async def wait(child=child, pid=kernel.pid):
            waiting = [asyncio.ensure_future(child.ended()) for _ in range(2)]
            await asyncio.sleep(0.05)
            os.kill(pid, signal.SIGKILL)
            return await asyncio.gather(*waiting)

        assert asyncio.run(wait()) == [-signal.SIGKILL] * 2


def test_a_kernel_to_answer_on_has_not_read_what_draws_figures(start):
    read = "sorted({'altair', 'pandas', 'scipy'} & set(__import__('sys').modules))"
    assert start(nursery=kernels.Kind.FORMS).value(read) == []
    assert start().value(read) == ["altair", "pandas", "scipy"]
