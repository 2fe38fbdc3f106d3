"""Voilà configured in one place: which notebooks it opens, for whom, and nothing else."""

import sys

# jsonschema reads in the grammar of web addresses, a third of a server's start, where it is
# installed; no schema of a server, a kernel or a chart asks for that check.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
