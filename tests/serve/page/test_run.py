"""Cells run in a real kernel, and what they show comes back in order."""

import asyncio

import pytest
from jupyter_client.manager import AsyncKernelManager

from toolkit.serve.page.run import KernelEndedError, Runner


def run(*sources, **options):
    """Return what each cell shows, in one kernel."""

    async def scene():
        kernel = AsyncKernelManager(kernel_name="python3", transport="ipc")
        await kernel.start_kernel()
        try:
            async with Runner(kernel, **options) as runner:
                return [await runner.run(source) for source in sources]
        finally:
            await kernel.shutdown_kernel(now=True)

    return asyncio.run(scene())


def test_what_cells_show_comes_back_in_order_and_later_cells_know_earlier_ones():
    nothing, several = run("x = 20", "display(x); print('shown'); print('too'); x + 1")
    assert nothing == []
    assert several[1].text == "shown\ntoo\n"
    assert [several[at].data["text/plain"] for at in (0, 2)] == ["20", "21"]


def test_what_is_cleared_or_shown_anew_is_put_together_as_in_a_notebook():
    [[output]] = run(
        "from IPython.display import clear_output\n"
        "print('old'); clear_output(wait=True)\n"
        "handle = display(1, display_id=True); handle.update(2)"
    )
    assert output.data["text/plain"] == "2"


def test_an_output_widget_keeps_what_a_cell_shows_while_it_listens():
    source = (
        "import ipywidgets, sys\nout = ipywidgets.Output()\n"
        "with out:\n    print('inside'); display(3)\n"
        "print('outside'); print('warned', file=sys.stderr)"
    )
    shown, kept = run(source, "print([one.get('text') or one['data'] for one in out.outputs])")
    assert [output.text for output in shown] == ["outside\n"]
    assert kept[0].text == "['inside\\n', {'text/plain': '3'}]\n"


def test_of_an_error_in_an_output_widget_only_what_may_be_said_is_kept():
    source = "import ipywidgets\nout = ipywidgets.Output()\nwith out:\n    1 / 0"
    said = {"ename": "", "evalue": "said", "traceback": ["said"]}
    _, kept = run(source, "print(out.outputs)", failed=lambda _: said)
    assert "said" in kept[0].text
    assert "ZeroDivision" not in kept[0].text


def test_an_error_is_an_output_too():
    [[output]] = run("1 / 0")
    assert (output.output_type, output.ename) == ("error", "ZeroDivisionError")


def test_a_kernel_that_ends_on_the_way_is_noticed():
    with pytest.raises(KernelEndedError):
        run("import os; os._exit(3)")
