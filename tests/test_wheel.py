"""A wheel, away from the checkout, holds everything that `agir demo` needs."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.running import PATIENCE, doors_in

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel's contents in a folder of their own, found before the checkout."""
    place = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(place), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, text=True)
    wheel = next(place.glob("*.whl"))
    target = place / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", str(target), str(wheel)], check=True)
    return target


def test_a_wheel_runs_the_demo_outside_the_checkout(installed, tmp_path):
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "toolkit", "demo", "--no-browser", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONUNBUFFERED": "1"},
    )
    try:
        doors = {}
        for line in process.stdout:
            doors |= doors_in(line)
            if len(doors) == 3:
                break
        assert set(doors) == {"rate", "dashboard", "setup"}
        for name, door in doors.items():
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            with browser.open(door, timeout=PATIENCE) as reply:
                assert "agir-button" in reply.read().decode()
            page = f"{door.partition('lien/')[0]}voila/render/{name}.ipynb"
            with browser.open(page, timeout=PATIENCE) as reply:
                body = reply.read().decode()
            assert "<agir-view" in body
            assert "agir-said" not in body.split("<main")[1]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
        process.stdout.close()


def test_the_wheel_comes_from_its_own_folder(installed):
    code = "import toolkit; print(toolkit.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(installed)},
        cwd=installed,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert str(installed) in found
