"""Schema 3: the credits of articles as data; empty until the articles are read again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("articles", sa.Column("credits", sa.JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    raise NotImplementedError("an archive is not taken back to an older schema")
