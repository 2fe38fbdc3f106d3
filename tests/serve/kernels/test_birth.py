"""What a kernel from the nursery has is its own."""

import os
import re
from collections import Counter
from pathlib import Path

import psutil

#: What IPython sets in each of its kernels.
_IPYTHON = {
    *("TERM", "CLICOLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "PAGER", "GIT_PAGER", "MPLBACKEND"),
}


def test_its_environment_is_the_one_of_its_request_and_no_more(start):
    wanted = {"QUERY_STRING": "lang=fr", "TZ": "America/Montreal", "ACCENT": "é\udce9"}
    kernel = start(env=wanted)
    kernel.run("import os, subprocess, time")
    found = kernel.value("dict(os.environ)")
    assert {name: found[name] for name in wanted} == wanted
    assert set(found) - {*os.environ, *wanted} <= _IPYTHON
    assert "QUERY_STRING=lang=fr" in kernel.value("subprocess.check_output('env').decode('latin1')")
    assert kernel.value("time.tzname[0]") == "EST"


def test_two_visits_at_once_do_not_see_each_other(start):
    kernels = [start(env={"QUERY_STRING": text}) for text in ("a", "b")]
    for kernel in kernels:
        kernel.run("import os")
    assert [kernel.value("os.environ['QUERY_STRING']") for kernel in kernels] == ["a", "b"]
    _, shown = kernels[0].run("print('for a alone')")
    assert [m["content"]["text"] for m in shown if m["msg_type"] == "stream"] == ["for a alone\n"]
    _, shown = kernels[1].run("1")
    assert "stream" not in [m["msg_type"] for m in shown]


def test_it_starts_in_its_own_folder(start, tmp_path):
    kernel = start(cwd=str(tmp_path))
    kernel.run("import os")
    assert kernel.value("os.getcwd()") == str(tmp_path)
    assert kernel.value("[str(place) for place in _dh]") == [str(tmp_path)]
    (tmp_path / "beside_the_notebook.py").write_text("found = 1")
    assert kernel.run("import beside_the_notebook")[0]["status"] == "ok"


def test_nobody_types_into_it(start):
    kernel = start()
    kernel.run("import subprocess, sys")
    assert kernel.value("subprocess.run(['cat'], stdin=0, capture_output=True).stdout") == b""
    assert kernel.value("sys.argv[1:]") == ["-f", kernel.manager.connection_file]


def test_its_random_numbers_are_its_own(start):
    draw = "[random.random(), numpy.random.random(), uuid.uuid4().hex, secrets.token_hex()]"
    draw += "+ [uuid.uuid1().hex, numpy.random.default_rng().random()]"
    draw += "+ [next(tempfile._get_candidate_names()), get_ipython().kernel.session.session]"
    drawn = []
    for kernel in (start(), start()):
        kernel.run("import numpy.random, random, secrets, tempfile, uuid")
        drawn.append(kernel.value(draw))
    assert all(mine != yours for mine, yours in zip(*drawn, strict=True))
    idents = [kernel.value("get_ipython().kernel.ident") for kernel in (start(), start())]
    assert len(set(idents)) == 2


def test_it_leads_a_session_of_its_own(kernel, nursery):
    assert os.getsid(kernel.pid) == os.getpgid(kernel.pid) == kernel.pid
    assert os.getsid(nursery.pid) == nursery.pid != os.getsid(0)


def test_it_inherits_no_open_files(start):
    """Compared with an ordinary kernel: one pipe, which ends with the server, and no input."""
    warm, stock = (_open(start(name=name).pid) for name in ("agir", "python3"))
    assert warm - stock <= Counter({"pipe": 1, "/dev/null": 1})


def _open(pid):
    links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    return Counter(re.sub(r":?\[?\d+\]?$", "", link) for link in links)


def test_a_page_opens_no_port(kernel):
    assert psutil.Process(kernel.pid).net_connections(kind="inet") == []


def test_nothing_of_the_rehearsal_is_left(kernel):
    kernel.run("import ipywidgets.widgets.widget as w\nkernel = get_ipython().kernel")
    assert kernel.value("[len(w._instances), len(kernel.comm_manager.comms)]") == [0, 0]
    names = set(kernel.value("[name for name in globals() if not name.startswith('_')]"))
    assert names <= {"In", "Out", "exit", "quit", "open", "get_ipython", "w", "kernel"}
    assert kernel.value("get_ipython().history_manager.db.__class__.__name__") == "DummyDB"


def test_widgets_reach_the_browser(kernel):
    _, shown = kernel.run("import ipywidgets; ipywidgets.IntSlider()")
    assert "comm_open" in [message["msg_type"] for message in shown]
    targets = kernel.value("sorted(get_ipython().kernel.comm_manager.targets)")
    assert {"jupyter.widget", "jupyter.widget.control"} <= set(targets)
