"""Schema 4: saved searches, what they have found, and whom they still have to tell."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0004"
down_revision = "0003"

TEXT_ = sa.Text().with_variant(TEXT(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)


def has(name: str, type_: Any) -> "sa.Column[Any]":
    return sa.Column(name, type_, nullable=False)


def may_have(name: str, type_: Any) -> "sa.Column[Any]":
    return sa.Column(name, type_, nullable=True)


def key(name: str) -> "sa.Column[Any]":
    return sa.Column(name, TEXT_, primary_key=True)


def upgrade() -> None:
    op.create_table(
        "searches",
        key("id"),
        has("name", TEXT_),
        has("query", TEXT_),
        has("language", TEXT_),
        has("exact", sa.Boolean),
        has("names", sa.Boolean),
        has("mails", sa.JSON),
        has("webhook", TEXT_),
        has("is_paused", sa.Boolean),
        has("created_at", TIME),
        has("begins_at", TIME),
    )
    op.create_table("said", key("id"), has("search", TEXT_), has("article", TEXT_), has("at", TIME))
    op.create_index("said_of_search", "said", ["search", "at", "id"])
    op.create_table(
        "alerts",
        key("id"),
        has("search", TEXT_),
        has("target", TEXT_),
        has("articles", sa.JSON),
        has("more", sa.BigInteger),
        may_have("due_at", TIME),
        has("failures", sa.BigInteger),
        has("why", TEXT_),
        may_have("told_at", TIME),
        has("told", sa.BigInteger),
    )
    op.create_index("alerts_of_search", "alerts", ["search", "id"])


def downgrade() -> None:
    raise NotImplementedError("an archive is not taken back to an older schema")
