"""Many rows in one statement, made of other rows by the database itself."""

from typing import Any

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import UUIDField
from django.db.models.sql.compiler import SQLCompiler

Columns = dict[str, models.expressions.Combinable]


class NewUUID(models.Func):
    """A random UUID, made by the database for each row."""

    output_field = UUIDField()
    template = "GEN_RANDOM_UUID()"

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="LOWER(HEX(RANDOMBLOB(16)))", **extra)


def insert(
    model: type[models.Model],
    columns: Columns,
    rows: models.QuerySet[Any],
    *,
    once: list[str],
) -> None:
    """INSERT … SELECT; of rows that agree in `once` the first stays."""
    query, parameters = rows.values_list(*columns.values()).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) {query}"
            f" ON CONFLICT ({', '.join(once)}) DO NOTHING",
            parameters,
        )
