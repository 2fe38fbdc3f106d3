"""Find the notebook templates and sample data, in a checkout or in an installed wheel."""

from pathlib import Path

__all__ = ["shipped"]


def shipped(name: str) -> Path:
    """Return the folder `templates` or `sample_data` that came with this program."""
    package = Path(__file__).parent
    installed = package / "_shipped" / name
    return installed if installed.is_dir() else package.parent / name
