"""Real kernels, through Jupyter's own kernel manager, and one nursery for all tests."""

import asyncio
import os
import tempfile
from pathlib import Path

import pytest
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager

from tests.serve.kernels.living import Kernel
from toolkit.serve import kernels
from toolkit.serve.kernels.parent import NURSERIES
from toolkit.shipped import shipped


@pytest.fixture(scope="package")
def nursery():
    if not hasattr(os, "fork"):
        pytest.skip("this system does not fork")
    assert asyncio.run(kernels.warm())
    yield NURSERIES[kernels.Kind.FIGURES]
    kernels.end()


@pytest.fixture
def start(nursery, tmp_path):
    """Start a kernel: `start(env=…, cwd=…, transport=…)`."""
    started, talkers = [], []
    specs = KernelSpecManager(kernel_dirs=[str(shipped("templates") / "kernels")])

    def begin(*, name=kernels.KERNEL, transport="ipc", env=None, **more):
        place = Path(tempfile.mkdtemp(dir=tmp_path))  # short: a socket's path may have 100 letters
        manager = KernelManager(
            kernel_name=name,
            transport=transport,
            connection_file=str(place / "k.json"),
            **({"kernel_spec_manager": specs} if name == kernels.KERNEL else {}),
        )
        started.append(manager)
        manager.start_kernel(env={**os.environ, **(env or {})}, **more)
        kernel = Kernel(manager)
        talkers.append(kernel.client)
        return kernel

    yield begin
    for client in talkers:
        client.stop_channels()
    for manager in started:
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)
        manager.context.destroy()


@pytest.fixture
def kernel(start):
    return start()
