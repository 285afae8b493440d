"""Run by Alembic, which looks for a file of this name: hands it the connection of `run_step`."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table="archive_schema",
    # SQLite's changes of tables belong to a transaction when it is begun by hand, as our connections do.
    transactional_ddl=True,
)
context.run_migrations()
