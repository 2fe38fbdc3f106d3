"""Ratings, raters, acts, links and the signing key: the first store."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the five tables as they were on this day; later migrations change them from here."""
    op.create_table(
        "ratings",
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
        sa.Column("digest", sa.String(32), nullable=False, server_default=""),
        sa.CheckConstraint("(value IS NULL) <> (status IS NULL)", name="value_or_status"),
    )
    op.create_index("ratings_by_person", "ratings", ["wave", "rater"])
    op.create_table(
        "raters",
        sa.Column("rater", sa.String(64), primary_key=True),
        sa.Column("partner", sa.String(64), nullable=False, server_default=""),
        sa.Column("group", sa.String(32), nullable=False, server_default=""),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("digest", sa.String(32), nullable=False, server_default=""),
    )
    op.create_table(
        "acts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("wave", sa.String(64), nullable=False),
        sa.Column("rater", sa.String(64), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("detail", sa.Text, nullable=False, server_default=""),
        sa.Column("recorded_at", sa.DateTime, nullable=False),
        sa.Column("digest", sa.String(32), nullable=False, server_default=""),
    )
    op.create_index("acts_by_person", "acts", ["wave", "rater"])
    op.create_table(
        "links",
        sa.Column("link", sa.String(32), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("wave", sa.String(64)),
        sa.Column("rater", sa.String(64)),
        sa.Column("made_by", sa.String(32)),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime),
        sa.Column("revoked_at", sa.DateTime),
        sa.Column("digest", sa.String(32), nullable=False, server_default=""),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.String(128), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False, server_default=""),
    )
