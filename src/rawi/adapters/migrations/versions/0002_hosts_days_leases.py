"""Schema 2: hosts and how they want to be asked, days and what asking came to, leases; revisits among the captures."""

from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0002"
down_revision = "0001"

TEXT_ = sa.Text().with_variant(TEXT(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)


def has(name: str, type_: Any) -> "sa.Column[Any]":
    return sa.Column(name, type_, nullable=False)


def may_have(name: str, type_: Any) -> "sa.Column[Any]":
    return sa.Column(name, type_, nullable=True)


def key(name: str) -> "sa.Column[Any]":
    return sa.Column(name, TEXT_, primary_key=True)


def upgrade() -> None:
    add_columns()
    fill_hosts()
    op.create_index("visits_of_host", "visits", ["host", "due_at", "id"])
    op.create_index("links_of_publisher", "links", ["publisher", "found_at", "id"])
    op.create_table(
        "hosts",
        key("id"),
        may_have("asked_at", TIME),
        may_have("rest_until", TIME),
        has("why", TEXT_),
        has("failures", sa.BigInteger),
    )
    op.create_table(
        "days",
        key("id"),
        has("publisher", TEXT_),
        has("host", TEXT_),
        has("day", sa.Date),
        has("asked", sa.BigInteger),
        has("answered", sa.BigInteger),
        has("failed", sa.BigInteger),
        has("found", sa.BigInteger),
    )
    op.create_index("days_of_publisher", "days", ["publisher", "day", "id"])
    op.create_table("leases", key("name"), has("holder", TEXT_), has("until", TIME))


def add_columns() -> None:
    for table, name, type_ in (
        ("captures", "revisit_of", TEXT_),
        ("visits", "host", TEXT_),
        ("visits", "hops", sa.BigInteger),
        ("visits", "capture", TEXT_),
        ("visits", "habit", TEXT_),
    ):
        nothing = "0" if type_ is sa.BigInteger else ""
        op.add_column(table, sa.Column(name, type_, nullable=False, server_default=nothing))


def fill_hosts() -> None:
    """The host of each visit's address: they are in canonical form, without a port that is the scheme's own."""
    connection = op.get_bind()
    visits = sa.table("visits", sa.column("id", sa.Text), sa.column("url", sa.Text), sa.column("host", sa.Text))
    last = ""
    while found := connection.execute(
        sa.select(visits.c.id, visits.c.url).where(visits.c.id > last).order_by(visits.c.id).limit(10_000)
    ).all():
        rows = [{"this_id": id_, "netloc": urlsplit(url).netloc[:260]} for id_, url in found]
        update = sa.update(visits).where(visits.c.id == sa.bindparam("this_id"))
        connection.execute(update.values(host=sa.bindparam("netloc")), rows)
        last = found[-1].id


def downgrade() -> None:
    raise NotImplementedError("an archive is not taken back to an older schema")
