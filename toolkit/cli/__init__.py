"""The `agir` command: each verb is a few lines over the layer below."""

import os

# isort: off
# The help lists the verbs in this order.
from toolkit.cli import preparing
from toolkit.cli import serving
from toolkit.cli import inviting
from toolkit.cli import looking_after
from toolkit.cli import safekeeping

# isort: on
from toolkit.cli.speaking import app
from toolkit.terminal import run

__all__ = ["app", "inviting", "looking_after", "main", "preparing", "safekeeping", "serving"]


def main() -> None:
    """Run the command; what it writes is its owner's alone."""
    os.umask(0o077)
    run(app)
