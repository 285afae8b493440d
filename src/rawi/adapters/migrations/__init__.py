"""The steps from each schema of the database to the next; `run_step` takes one.

A step is a file of `versions/`, named by the number of the schema it makes. It must work on SQLite and on
PostgreSQL with records in place, and runs inside one transaction: all of it happens or nothing. A step that was
released is never changed; it says what it makes in its own words and imports nothing of `schema`, which moves on.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

HERE = Path(__file__).parent


def run_step(connection: Connection, number: int, folder: Path = HERE) -> None:
    """Brings the database to the schema of this number, from the one before, in the transaction under way."""
    config = Config()
    # Alembic expands % in its settings.
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision_name(number))


def revision_name(number: int) -> str:
    """What Alembic calls the schema of this number."""
    return f"{number:04d}"
