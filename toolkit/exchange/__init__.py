"""Tidy files, in and out."""

from toolkit.exchange.codebook import codebook
from toolkit.exchange.tables import plain, write_tables
from toolkit.exchange.tidy import read_entries, read_raters, read_ratings

__all__ = ["codebook", "plain", "read_entries", "read_raters", "read_ratings", "write_tables"]
