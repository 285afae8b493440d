"""The tables of the archive's database, on SQLite and PostgreSQL: one for each kind of record, and the log.

A record's fields are the columns of its table, by the same names; a test compares them. `Headline` has no table: it
is some columns of `articles`, and those stand first there, so that reading a list does not pass over the texts.

Whoever changes a table adds a step to `migrations/versions/` and raises `NUMBER`; a test compares the two.
"""
# ruff: noqa: ARG002 — SQLAlchemy gives every type the dialect, whether it needs it or not.

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.types import TypeDecorator, TypeEngine

from rawi.adapters import kinds
from rawi.model import (
    Alert,
    Article,
    Capture,
    Credit,
    Day,
    Fate,
    Feed,
    Host,
    Image,
    Link,
    Publisher,
    Revision,
    Said,
    Search,
    Visit,
)

NUMBER = 4
"""The number of this schema; the database says in `archive_schema` which one it has."""


class Time(TypeDecorator[datetime]):
    """An aware time; SQLite keeps it as text in UTC, of one length, so that texts order as times do."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Texts(TypeDecorator[tuple[str, ...]]):
    """A tuple of texts, as a JSON array."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> Any:
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        return tuple(value)


class Images(TypeDecorator[tuple[Image, ...]]):
    """A tuple of images, as a JSON array of objects."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[Image, ...] | None, dialect: Dialect) -> Any:
        return [{name: getattr(image, name) for name in kinds.fields(Image)} for image in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Image, ...]:
        return tuple(Image(**image) for image in value)


class Credits(TypeDecorator[tuple[Credit, ...]]):
    """A tuple of credits, as a JSON array of objects."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[Credit, ...] | None, dialect: Dialect) -> Any:
        return [{name: getattr(credit, name) for name in kinds.fields(Credit)} for credit in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Credit, ...]:
        return tuple(Credit(**credit) for credit in value)


# Texts order by their characters' numbers everywhere, whatever language the server was set up in.
text = Text().with_variant(TEXT(collation="C"), "postgresql")
# SQLite counts up only where the type is called INTEGER.
counter = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData()


def _table(name: str, *parts: Column[Any] | Index) -> Table:
    return Table(name, metadata, Column("id", text, primary_key=True), *parts)


def _has(name: str, type_: TypeEngine[Any] | type[TypeEngine[Any]]) -> Column[Any]:
    return Column(name, type_, nullable=False)


def _may_have(name: str, type_: TypeEngine[Any] | type[TypeEngine[Any]]) -> Column[Any]:
    return Column(name, type_, nullable=True)


# ------------------------------------------------------------------------------------------- evidence

publishers = _table(
    "publishers",
    _has("name", text),
    _has("home", text),
    _has("language", text),
    _has("country", text),
    _has("hosts", Texts),
    _has("added_at", Time),
)

feeds = _table(
    "feeds",
    _has("url", text),
    _has("publisher", text),
    _has("kind", text),
    _has("title", text),
    _has("added_at", Time),
    Index("feeds_of_publisher", "publisher", "id"),
)

links = _table(
    "links",
    _has("url", text),
    _has("feed", text),
    _has("publisher", text),
    _has("purpose", text),
    _has("title", text),
    _may_have("published_at", Time),
    _has("found_at", Time),
    Index("links_of_publisher", "publisher", "found_at", "id"),
)

captures = _table(
    "captures",
    _has("address", text),
    _has("url", text),
    _has("at", Time),
    _has("status", BigInteger),
    _has("media_type", text),
    _has("digest", text),
    _has("length", BigInteger),
    _has("truncated", text),
    _has("purpose", text),
    _has("publisher", text),
    _has("source", text),
    _has("place", text),
    _has("revisit_of", text),
    Index("captures_of_address", "address", "at", "id"),
    Index("captures_of_digest", "digest", "id"),
)

fates = _table(
    "fates",
    _has("address", text),
    _has("url", text),
    _has("at", Time),
    _has("event", text),
    _has("note", text),
    Index("fates_of_address", "address", "at", "id"),
)

# ---------------------------------------------------------------------------------------- conclusions

articles = _table(
    "articles",
    _has("url", text),
    _has("publisher", text),
    _has("publisher_name", text),
    _has("title", text),
    _may_have("published_on", Date),
    _has("language", text),
    _may_have("topic", text),
    _has("dated_at", Time),
    _has("canonical_url", text),
    _has("authors", Texts),
    _may_have("published_at", Time),
    _has("date_text", text),
    _may_have("modified_at", Time),
    _may_have("section", text),
    _may_have("credit", text),
    _has("capture", text),
    _has("captured_at", Time),
    _has("notes", Texts),
    _has("made_by", text),
    _has("images", Images),
    _has("credits", Credits),
    _has("text", text),
    Index("articles_by_date", "dated_at", "id"),
    Index("articles_of_publisher", "publisher", "dated_at", "id"),
    Index("articles_of_topic", "topic", "dated_at", "id"),
    Index("articles_of_language", "language", "dated_at", "id"),
    Index("articles_of_day", "published_on", "dated_at", "id"),
)

revisions = _table(
    "revisions",
    _has("article", text),
    _has("capture", text),
    _has("number", BigInteger),
    _has("at", Time),
    _has("title", text),
    _has("made_by", text),
    _has("text", text),
    Index("revisions_of_article", "article", "number", "id"),
)

# ------------------------------------------------------------------------------------------- notebook

visits = _table(
    "visits",
    _has("url", text),
    _has("purpose", text),
    _has("publisher", text),
    _has("feed", text),
    _may_have("due_at", Time),
    _may_have("asked_at", Time),
    _has("status", BigInteger),
    _has("etag", text),
    _has("last_modified", text),
    _has("digest", text),
    _has("visits", BigInteger),
    _has("failures", BigInteger),
    _has("host", text),
    _has("hops", BigInteger),
    _has("capture", text),
    _has("habit", text),
    Index("visits_by_due_time", "due_at", "id"),
    Index("visits_of_host", "host", "due_at", "id"),
)

hosts = _table(
    "hosts",
    _may_have("asked_at", Time),
    _may_have("rest_until", Time),
    _has("why", text),
    _has("failures", BigInteger),
)

days = _table(
    "days",
    _has("publisher", text),
    _has("host", text),
    _has("day", Date),
    _has("asked", BigInteger),
    _has("answered", BigInteger),
    _has("failed", BigInteger),
    _has("found", BigInteger),
    Index("days_of_publisher", "publisher", "day", "id"),
)

searches = _table(
    "searches",
    _has("name", text),
    _has("query", text),
    _has("language", text),
    _has("exact", Boolean),
    _has("names", Boolean),
    _has("mails", Texts),
    _has("webhook", text),
    _has("is_paused", Boolean),
    _has("created_at", Time),
    _has("begins_at", Time),
)

said = _table(
    "said",
    _has("search", text),
    _has("article", text),
    _has("at", Time),
    Index("said_of_search", "search", "at", "id"),
)

alerts = _table(
    "alerts",
    _has("search", text),
    _has("target", text),
    _has("articles", Texts),
    _has("more", BigInteger),
    _may_have("due_at", Time),
    _has("failures", BigInteger),
    _has("why", text),
    _may_have("told_at", Time),
    _has("told", BigInteger),
    Index("alerts_of_search", "search", "id"),
)

# ---------------------------------------------------------------------------------- the log, the schema

changes = Table(
    "changes",
    metadata,
    Column("seq", counter, primary_key=True, autoincrement=True),
    _has("kind", text),
    _has("id", text),
    sqlite_autoincrement=True,
)

cursors = Table("cursors", metadata, Column("follower", text, primary_key=True), _has("seq", BigInteger))

leases = Table("leases", metadata, Column("name", text, primary_key=True), _has("holder", text), _has("until", Time))

# Alembic writes this table, in the transaction of each step; its names are Alembic's, its value is ours ("0001").
archive_schema = Table("archive_schema", metadata, Column("version_num", String(32), primary_key=True))

TABLES: dict[type, Table] = {
    Alert: alerts,
    Article: articles,
    Capture: captures,
    Day: days,
    Fate: fates,
    Feed: feeds,
    Host: hosts,
    Link: links,
    Publisher: publishers,
    Revision: revisions,
    Said: said,
    Search: searches,
    Visit: visits,
}
