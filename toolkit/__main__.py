"""Run the `agir` command: as `agir`, or as `python -m toolkit`.

Nothing is loaded before an interruption can be heard: Ctrl+C while modules load ends as quietly as
later.
"""

import os
import sys

__all__ = ["main"]

#: What a shell says of a command that Ctrl+C ended.
_INTERRUPTED = 130


def main() -> None:
    """Run the command."""
    try:
        from toolkit.cli import main as run  # noqa: PLC0415

        run()
    except KeyboardInterrupt:
        # At once: modules that are half loaded complain when they are put away.
        sys.stdout.flush()
        os._exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
