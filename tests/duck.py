"""DuckDB, the second engine on which every audit must give the same rows."""

import sys

# DuckDB looks for pandas at every parameter; where it is not installed, the search takes longer than the query.
sys.modules.setdefault("pandas", None)

import duckdb  # noqa: E402

from xianjie.ddl import quoted  # noqa: E402

TYPES = {"INTEGER": "BIGINT", "REAL": "DOUBLE", "TEXT": "VARCHAR"}


def create_table(connection: duckdb.DuckDBPyConnection, name: str, kinds: dict[str, str]) -> None:
    """An empty table whose columns have SQLite's types `kinds`."""
    columns = ", ".join(f"{quoted(column)} {TYPES[kind]}" for column, kind in kinds.items())
    connection.execute(f"create table {quoted(name)} ({columns})")


def plain(rows: list[tuple]) -> list[tuple]:
    """Rows without what an engine may lawfully do otherwise: true for 1, the last digits of a sum."""
    return [tuple(round(cell, 6) if isinstance(cell, float) else cell for cell in row) for row in rows]
