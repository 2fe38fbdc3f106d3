"""The tables, the same on SQLite and PostgreSQL."""

import sqlalchemy as sa

from toolkit.storage import digests

__all__ = ["REVISION", "acts", "entries", "links", "metadata", "raters", "ratings", "secrets"]

#: The newest migration; a file that says more than this was made by a newer program.
REVISION = "0002"

metadata = sa.MetaData()

# The newest row of a (wave, rater, mode, indicator, aspect) is the answer; older ones are its
# history. No row is ever updated or deleted in daily use.
ratings = sa.Table(
    "ratings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("wave", sa.String(64), nullable=False),
    sa.Column("rater", sa.String(64), nullable=False),
    sa.Column("mode", sa.String(16), nullable=False),
    sa.Column("indicator", sa.String(32), nullable=False),
    sa.Column("aspect", sa.String(16), nullable=False),
    sa.Column("instrument", sa.String(64), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("scale", sa.String(32), nullable=False),
    sa.Column("value", sa.Integer),
    sa.Column("status", sa.String(16)),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
    sa.Column("recorded_at", sa.DateTime, nullable=False),
    digests.column(),
    sa.CheckConstraint("(value IS NULL) <> (status IS NULL)", name="value_or_status"),
)
sa.Index("ratings_by_person", ratings.c.wave, ratings.c.rater)

# Who a pseudonym stands for, as far as the evaluation needs: never a name.
raters = sa.Table(
    "raters",
    metadata,
    sa.Column("rater", sa.String(64), primary_key=True),
    sa.Column("partner", sa.String(64), nullable=False, server_default=""),
    sa.Column("group", sa.String(32), nullable=False, server_default=""),
    sa.Column("created_at", sa.DateTime, nullable=False),
    digests.column(),
)

# Consent given, form finished: with the wording that was agreed to.
acts = sa.Table(
    "acts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("wave", sa.String(64), nullable=False),
    sa.Column("rater", sa.String(64), nullable=False),
    sa.Column("act", sa.String(16), nullable=False),
    sa.Column("detail", sa.Text, nullable=False, server_default=""),
    sa.Column("recorded_at", sa.DateTime, nullable=False),
    digests.column(),
)
sa.Index("acts_by_person", acts.c.wave, acts.c.rater)

# What a signed token stands for. Nobody can guess the id, and the signature proves who made it.
links = sa.Table(
    "links",
    metadata,
    sa.Column("link", sa.String(32), primary_key=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("wave", sa.String(64)),
    sa.Column("rater", sa.String(64)),
    # The group's link that a device's own link was handed out for.
    sa.Column("made_by", sa.String(32)),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("expires_at", sa.DateTime),
    sa.Column("revoked_at", sa.DateTime),
    digests.column(),
)

secrets = sa.Table(
    "secrets",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.String(128), nullable=False),
    digests.column(),
)

# What is said beside the ratings: ties, examples, votes, notes, plans, releases. The newest row of
# a (kind, wave, subject, author) stands, `null` being a row that was taken back.
entries = sa.Table(
    "entries",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("wave", sa.String(64), nullable=False),
    sa.Column("subject", sa.String(128), nullable=False),
    sa.Column("author", sa.String(64), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("recorded_at", sa.DateTime, nullable=False),
    digests.column(),
)
sa.Index("entries_by_key", entries.c.kind, entries.c.wave, entries.c.subject, entries.c.author)
