"""public.db: what may be published, and nothing else.

Each public/*.sql is one table. A table of kind `rows` is copied column by column and may read nothing but columns
that the schemas mark as public; a table of kind `counts` may read anything but hand out only counts of distinct
things, none under five, beside texts of public columns. Both are enforced where the database is made: what a
SELECT says by mistake stops the build instead of getting out.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from xianjie.compile import ProgressCall, new_database, no_progress
from xianjie.ddl import quoted, stored_type
from xianjie.package import Package
from xianjie.public_guard import Guard, check_rows, published, selected
from xianjie.public_tables import PublicError, PublicTable, load_public

__all__ = ["PublicError", "PublicTable", "compile_public", "load_public"]


def compile_public(
    package: Package, internal: Path, path: Path, progress: ProgressCall = no_progress
) -> dict[str, list[str]]:
    """Write a new public.db at `path` from internal.db; returns the columns of each of its tables.

    :截止日期 in a SELECT is the package's as_of. Raises PublicError with a Chinese sentence where something would
    get out that must not; `path` is then of no use.
    """
    tables = load_public(package)
    guard = Guard(package)
    source = sqlite3.connect(f"{internal.resolve().as_uri()}?mode=ro", uri=True)
    target = new_database(path)
    try:
        source.create_function("published", -1, published, deterministic=True)
        source.set_authorizer(guard)
        columns, contents = {}, {}
        for done, table in enumerate(tables):
            progress("生成公开库", done, len(tables))
            names, rows = selected(package, source, guard, table)
            check_rows(source, guard, table, names, rows)
            columns[table.name], contents[table.name] = names, rows
        target.execute("BEGIN")
        for table in tables:
            target.execute(_create_table(table, tables, columns))
            marks = ", ".join("?" * len(columns[table.name]))
            target.executemany(f"INSERT INTO {quoted(table.name)} VALUES ({marks})", contents[table.name])
        target.execute("ANALYZE main")
        target.execute("COMMIT")
        progress("生成公开库", len(tables), len(tables))
        return columns
    except sqlite3.IntegrityError as error:  # a join that repeats rows
        raise PublicError(f"public/ 里的表不能写入公开库：{error}。") from None
    finally:
        source.close()
        target.close()


def _create_table(table: PublicTable, tables: list[PublicTable], columns: dict[str, list[str]]) -> str:
    """The CREATE TABLE of a public table: keys and links as the ledgers have them, as far as they are public."""
    types = {field.name: stored_type(field) for field in table.fields}
    own = columns[table.name]
    lines = [f"{quoted(name)} {types.get(name, 'INTEGER')}" for name in own]
    key = _key(table, columns)
    if key:
        lines.append(f"PRIMARY KEY ({quoted(key)})")
    targets = {other.ledger.name: other for other in tables if other.ledger is not None and other is not table}
    for column, parent in _links(table):
        # Datasette finds the row that a link leads to only by its primary key.
        if column in own and parent in targets and _key(targets[parent], columns) == column:
            lines.append(f"FOREIGN KEY ({quoted(column)}) REFERENCES {quoted(targets[parent].name)} ({quoted(column)})")
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {quoted(table.name)} (\n  {body}\n) STRICT"


def _key(table: PublicTable, columns: dict[str, list[str]]) -> str | None:
    """The column that identifies a row of a copied ledger; counts have none."""
    key = table.ledger.primary_key if table.ledger is not None else ()
    return key[0] if len(key) == 1 and key[0] in columns[table.name] else None


def _links(table: PublicTable) -> list[tuple[str, str]]:
    """Columns that name a row of another ledger by a column of the same name, with that ledger."""
    if table.ledger is None:
        return [(column, ledger.name) for column, ledger in table.sources.items()]
    return [
        (foreign.fields[0], foreign.ledger)
        for foreign in table.ledger.foreign_keys
        if foreign.fields == foreign.reference_fields and len(foreign.fields) == 1
    ]
