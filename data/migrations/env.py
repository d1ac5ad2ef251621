"""What Alembic runs: on the connection that ``data.schema`` hands over."""

from alembic import context

import models
from models.base import Record

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Record.metadata if models.TABLES else None,
    transaction_per_migration=False,
    render_as_batch=False,
)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
