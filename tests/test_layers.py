"""The shape of the house: floors, sizes, public names, and what is loaded when."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import toolkit

ROOT = Path(toolkit.__file__).parent.parent
MODULES = sorted((ROOT / "toolkit").rglob("*.py"))


def lines(file):
    return len(file.read_text(encoding="utf-8").splitlines())


def test_imports_only_go_down():
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    done = subprocess.run(
        [command or "lint-imports", "--no-cache"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    kept = len(contracts["tool"]["importlinter"]["contracts"])
    assert done.returncode == 0, done.stdout + done.stderr
    assert kept >= 5
    assert f"{kept} kept, 0 broken" in done.stdout


def test_a_module_has_at_most_400_lines():
    assert [(file.name, lines(file)) for file in MODULES if lines(file) > 400] == []


def test_a_widgets_script_has_at_most_150_lines():
    scripts = list((ROOT / "toolkit" / "widgets").glob("*.js"))
    assert len(scripts) > 3
    assert [(file.name, lines(file)) for file in scripts if lines(file) > 150] == []


def test_no_module_is_named_after_nothing():
    vague = {"utils", "helpers", "common", "manager", "handler", "data", "info", "misc"}
    assert [file.name for file in MODULES if file.stem in vague or file.parent.name in vague] == []


@pytest.mark.parametrize(
    "statement",
    [
        "import toolkit",
        "from toolkit import RatingPage",
        "from toolkit import SetupPage",
        "from toolkit import ConsensusPage",
        "from toolkit import StrategyPage",
    ],
)
def test_a_rating_page_carries_neither_pandas_nor_altair(statement):
    script = (
        f"{statement}\nimport sys\nprint([n for n in ('pandas', 'altair') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("needs", ["toolkit.serve.server", "altair"])
def test_what_is_served_never_reads_in_the_grammar_of_addresses(needs):
    told = f"import sys, toolkit.serve, {needs}; print('lark' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "False"


def test_every_public_name_is_there():
    assert sorted(toolkit.__all__) == toolkit.__all__
    for name in toolkit.__all__:
        assert getattr(toolkit, name) is not None, name


def test_a_name_that_does_not_exist_is_an_attribute_error():
    with pytest.raises(AttributeError, match="RatingPag"):
        _ = toolkit.RatingPag


def test_every_name_that_a_module_offers_is_there():
    from importlib import import_module

    for file in MODULES:
        if "migrations" in file.parts or file.stem == "__main__":
            continue
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        module = import_module(name)
        missing = [name for name in getattr(module, "__all__", ()) if not hasattr(module, name)]
        assert missing == [], name
