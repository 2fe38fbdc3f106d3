"""What is imported is declared, and no lower than where known faults were mended."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
FLOORS = {
    "jupyter-server": (2, 21),
    "tornado": (6, 5, 8),
    "pyyaml": (6, 0, 2),
    "jinja2": (3, 1, 6),
    "nbconvert": (7, 17, 1),
}


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirements):
    """Return the lowest version of each distribution, by its name."""
    found = {}
    for one in requirements:
        name, floor = re.match(r"([\w.-]+)(?:\[[^]]*\])?(?:>=([\d.]+))?", one).groups()
        found[canonical(name)] = tuple(map(int, floor.split("."))) if floor else None
    return found


def imported():
    """Return each package that a module of ours imports, with the module."""
    found = {}
    for file in sorted((ROOT / "toolkit").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module]
            else:
                continue
            for name in names:
                found.setdefault(name.partition(".")[0], file.relative_to(ROOT))
    return found


def test_every_package_that_is_imported_is_declared_with_a_floor():
    distributions = packages_distributions()
    declared = named(DECLARED["dependencies"])
    optional = named(one for extra in DECLARED["optional-dependencies"].values() for one in extra)
    for package, module in imported().items():
        if package in sys.stdlib_module_names or package == "toolkit":
            continue
        names = {canonical(name) for name in distributions.get(package, [package])}
        assert names & {*declared, *optional}, f"{module} imports {package}"
    assert [name for name, floor in declared.items() if not floor] == []


@pytest.mark.parametrize("name", FLOORS)
def test_no_floor_is_below_a_known_fix(name):
    assert named(DECLARED["dependencies"])[name] >= FLOORS[name]
