"""What leaves an evaluation as a file."""

from toolkit.reports.export import export_tables

__all__ = ["export_tables"]
