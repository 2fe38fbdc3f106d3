"""Which processes belong to a server, what memory they hold together, and how they end."""

import asyncio
import ctypes
import signal
import time
from pathlib import Path

import psutil

__all__ = ["MARK", "adopt_orphans", "available", "below", "end", "family", "pss", "rest", "worked"]

#: Set in a server's environment: what it starts and what those start carry it too.
MARK = "AGIR_BENCHMARK_SIDE"
#: Seconds of work in one second that are no work.
_IDLE = 0.1
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of <linux/prctl.h>


def adopt_orphans():
    """Become the parent of every process below that loses its own, so that none gets away."""
    ctypes.CDLL(None, use_errno=True).prctl(_SUBREAPER, 1, 0, 0, 0)


def below():
    """Return every process that this one started, or adopted."""
    return psutil.Process().children(recursive=True)


def family(root, mark):
    """Return the processes of a server: its tree, and whatever else carries its mark.

    A kernel may have been handed to another parent, and a fork keeps its parent's environment as
    /proc shows it, so the two ways together find all of them.
    """
    found = {}
    for process in below():
        if _mark(process.pid) == mark:
            found[process.pid] = process
    for pid in [root, *found]:
        try:
            process = psutil.Process(pid)
            tree = [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            continue
        found |= {member.pid: member for member in tree}
    return list(found.values())


def _mark(pid):
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return ""
    for entry in environment.split(b"\0"):
        name, _, value = entry.partition(b"=")
        if name == MARK.encode():
            return value.decode()
    return ""


def pss(processes):
    """Return the proportional memory of processes in bytes: a shared page counts once in all."""
    total = 0
    for process in processes:
        try:
            lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue  # it ended meanwhile
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


def worked(processes):
    """Return the seconds that processes have computed; one that ended takes its own with it."""
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


async def rest(find, patience=120):
    """Return once none of the processes works that a function finds."""
    until, before = time.monotonic() + patience, None
    while time.monotonic() < until:
        now = worked(find())
        if before is not None and abs(now - before) < _IDLE:
            return
        before = now
        await asyncio.sleep(1)


def available():
    """Return the bytes that new processes may take without pushing others out."""
    return psutil.virtual_memory().available


def end(processes, patience=10):
    """End processes politely, then for good; return how many would not end."""
    for sent in (signal.SIGTERM, signal.SIGKILL):
        for process in processes:
            try:
                process.send_signal(sent)
            except psutil.NoSuchProcess:
                continue
        _, processes = psutil.wait_procs(processes, timeout=patience)
        if not processes:
            break
    return len(processes)
