"""Cells run in a real kernel, and what they show comes back in order."""

import asyncio

import pytest
from jupyter_client.manager import AsyncKernelManager

from toolkit.serve.page.run import KernelEndedError, Runner


def run(*sources, before=None):
    """Return what each cell shows, in one kernel."""

    async def scene():
        kernel = AsyncKernelManager(kernel_name="python3", transport="ipc")
        await kernel.start_kernel()
        try:
            async with Runner(kernel) as runner:
                return [await runner.run(source) for source in sources]
        finally:
            await kernel.shutdown_kernel(now=True)

    return asyncio.run(scene())


def test_what_cells_show_comes_back_in_order_and_later_cells_know_earlier_ones():
    nothing, several = run("x = 20", "display(x); print('not shown'); x + 1")
    assert nothing == []
    assert [output.data["text/plain"] for output in several] == ["20", "21"]


def test_an_error_is_an_output_too():
    [[output]] = run("1 / 0")
    assert (output.output_type, output.ename) == ("error", "ZeroDivisionError")


def test_a_kernel_that_ends_on_the_way_is_noticed():
    with pytest.raises(KernelEndedError):
        run("import os; os._exit(3)")
