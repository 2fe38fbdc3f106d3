"""Keep small groups, and the people in them, from being recognised in what is shown."""

from toolkit.scoring.suppression.audit import Finding, audit
from toolkit.scoring.suppression.groups import EVERYBODY
from toolkit.scoring.suppression.protect import Protected, protect
from toolkit.scoring.suppression.verdict import REASONS

__all__ = ["EVERYBODY", "REASONS", "Finding", "Protected", "audit", "protect"]
