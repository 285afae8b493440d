"""Schema 1: publishers, feeds, links, captures, fates, articles, revisions, visits, the log and its cursors."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0001"
down_revision = None

TEXT_ = sa.Text().with_variant(TEXT(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def has(name: str, type_: Any) -> "sa.Column[Any]":
    return sa.Column(name, type_, nullable=False)


def may_have(name: str, type_: Any) -> "sa.Column[Any]":
    return sa.Column(name, type_, nullable=True)


def key(name: str) -> "sa.Column[Any]":
    return sa.Column(name, TEXT_, primary_key=True)


def upgrade() -> None:
    op.create_table(
        "publishers",
        key("id"),
        has("name", TEXT_),
        has("home", TEXT_),
        has("language", TEXT_),
        has("country", TEXT_),
        has("hosts", sa.JSON),
        has("added_at", TIME),
    )
    op.create_table(
        "feeds",
        key("id"),
        has("url", TEXT_),
        has("publisher", TEXT_),
        has("kind", TEXT_),
        has("title", TEXT_),
        has("added_at", TIME),
    )
    op.create_index("feeds_of_publisher", "feeds", ["publisher", "id"])
    op.create_table(
        "links",
        key("id"),
        has("url", TEXT_),
        has("feed", TEXT_),
        has("publisher", TEXT_),
        has("purpose", TEXT_),
        has("title", TEXT_),
        may_have("published_at", TIME),
        has("found_at", TIME),
    )
    op.create_table(
        "captures",
        key("id"),
        has("address", TEXT_),
        has("url", TEXT_),
        has("at", TIME),
        has("status", sa.BigInteger),
        has("media_type", TEXT_),
        has("digest", TEXT_),
        has("length", sa.BigInteger),
        has("truncated", TEXT_),
        has("purpose", TEXT_),
        has("publisher", TEXT_),
        has("source", TEXT_),
        has("place", TEXT_),
    )
    op.create_index("captures_of_address", "captures", ["address", "at", "id"])
    op.create_index("captures_of_digest", "captures", ["digest", "id"])
    op.create_table(
        "fates",
        key("id"),
        has("address", TEXT_),
        has("url", TEXT_),
        has("at", TIME),
        has("event", TEXT_),
        has("note", TEXT_),
    )
    op.create_index("fates_of_address", "fates", ["address", "at", "id"])
    create_articles()
    op.create_table(
        "revisions",
        key("id"),
        has("article", TEXT_),
        has("capture", TEXT_),
        has("number", sa.BigInteger),
        has("at", TIME),
        has("title", TEXT_),
        has("made_by", TEXT_),
        has("text", TEXT_),
    )
    op.create_index("revisions_of_article", "revisions", ["article", "number", "id"])
    op.create_table(
        "visits",
        key("id"),
        has("url", TEXT_),
        has("purpose", TEXT_),
        has("publisher", TEXT_),
        has("feed", TEXT_),
        may_have("due_at", TIME),
        may_have("asked_at", TIME),
        has("status", sa.BigInteger),
        has("etag", TEXT_),
        has("last_modified", TEXT_),
        has("digest", TEXT_),
        has("visits", sa.BigInteger),
        has("failures", sa.BigInteger),
    )
    op.create_index("visits_by_due_time", "visits", ["due_at", "id"])
    op.create_table(
        "changes",
        sa.Column("seq", COUNTER, primary_key=True, autoincrement=True),
        has("kind", TEXT_),
        has("id", TEXT_),
        sqlite_autoincrement=True,
    )
    op.create_table("cursors", key("follower"), has("seq", sa.BigInteger))


def create_articles() -> None:
    op.create_table(
        "articles",
        key("id"),
        has("url", TEXT_),
        has("publisher", TEXT_),
        has("publisher_name", TEXT_),
        has("title", TEXT_),
        may_have("published_on", sa.Date),
        has("language", TEXT_),
        may_have("topic", TEXT_),
        has("dated_at", TIME),
        has("canonical_url", TEXT_),
        has("authors", sa.JSON),
        may_have("published_at", TIME),
        has("date_text", TEXT_),
        may_have("modified_at", TIME),
        may_have("section", TEXT_),
        may_have("credit", TEXT_),
        has("capture", TEXT_),
        has("captured_at", TIME),
        has("notes", sa.JSON),
        has("made_by", TEXT_),
        has("images", sa.JSON),
        has("text", TEXT_),
    )
    op.create_index("articles_by_date", "articles", ["dated_at", "id"])
    op.create_index("articles_of_publisher", "articles", ["publisher", "dated_at", "id"])
    op.create_index("articles_of_topic", "articles", ["topic", "dated_at", "id"])
    op.create_index("articles_of_language", "articles", ["language", "dated_at", "id"])
    op.create_index("articles_of_day", "articles", ["published_on", "dated_at", "id"])


def downgrade() -> None:
    raise NotImplementedError("an archive is not taken back to an older schema")
