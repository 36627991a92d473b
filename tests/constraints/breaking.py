"""SQL underneath the application: copies of rows, and the name of what refused a statement."""

from dataclasses import dataclass

from django.db import Error, connection, transaction
from psycopg import Error as DriverError

OWN_TABLES = "^(departments|news|indicators|assignments)_"
AUDIT = "event$"


@dataclass(frozen=True)
class Copy:
    """Insert the latest row of the table again, some columns changed to SQL expressions."""

    table: str
    changes: dict[str, str]

    @property
    def statement(self) -> str:
        with connection.cursor() as cursor:
            columns = [
                column.name
                for column in connection.introspection.get_table_description(cursor, self.table)
                if column.name != "id" or "id" in self.changes
            ]
        unknown = set(self.changes) - set(columns)
        if unknown:
            raise ValueError(f"{self.table} has no {unknown}")
        names = ", ".join(f'"{column}"' for column in columns)
        values = ", ".join(self.changes.get(column, f'"{column}"') for column in columns)
        return (
            f"INSERT INTO {self.table} ({names}) "
            f"SELECT {values} FROM {self.table} ORDER BY id DESC LIMIT 1"
        )


@dataclass(frozen=True)
class Raw:
    statement: str


def copy(table: str, **changes: str) -> Copy:
    return Copy(table, changes)


def update(table: str, changes: str) -> Raw:
    return Raw(f"UPDATE {table} SET {changes} WHERE id = (SELECT max(id) FROM {table})")


def delete(table: str) -> Raw:
    return Raw(f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})")


def refusal(step: Copy | Raw) -> str | None:
    """The name of the constraint or trigger that refuses the statement; None if none does."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(step.statement)
            if cursor.rowcount == 0:
                raise LookupError(f"no row to try it on: {step.statement}")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except Error as error:
        cause = error.__cause__
        if not isinstance(cause, DriverError):
            raise
        return cause.diag.constraint_name or trigger_in(cause.diag.context or "")
    return None


def trigger_in(context: str) -> str | None:
    """The name of our trigger in "PL/pgSQL function pgtrigger_<name>_<hash>() line …"."""
    if not context.startswith("PL/pgSQL function pgtrigger_"):
        return None
    return bare(context.split("(", maxsplit=1)[0].removeprefix("PL/pgSQL function "))


def bare(trigger: str) -> str:
    return trigger.removeprefix("pgtrigger_").rpartition("_")[0]


def existing() -> set[str]:
    """Every CHECK, UNIQUE, EXCLUDE, composite key and trigger of our tables.

    Left out: the audit tables, the tables between two models that Django makes, and the pghistory
    triggers that only record.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH own AS (
                SELECT oid FROM pg_class
                WHERE relkind = 'r' AND relname ~ '{OWN_TABLES}' AND relname !~ '{AUDIT}'
            )
            SELECT conname FROM pg_constraint JOIN own ON conrelid = own.oid
            WHERE contype IN ('c', 'u', 'x') AND conname !~ '_[0-9a-f]{{8}}_uniq$'
                OR contype = 'f' AND cardinality(conkey) > 1
            UNION
            SELECT relname FROM pg_index JOIN own ON indrelid = own.oid
            JOIN pg_class ON pg_class.oid = indexrelid
            WHERE indisunique AND NOT indisprimary
                AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
            """
        )
        names = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            f"""
            SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
            WHERE NOT tgisinternal AND relname ~ '{OWN_TABLES}'
                AND tgname !~ '^pgtrigger_(insert_insert|update_update)_'
            """
        )
        return names | {bare(trigger) for (trigger,) in cursor.fetchall()}
