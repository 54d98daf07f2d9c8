"""Compiles the ledgers into one SQLite database: typed, keyed, indexed, searchable; the same bytes every time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from xianjie.audits import view_sqls
from xianjie.ddl import create_table, indexes, listed, quoted
from xianjie.fulltext import TOKENIZER, spaced
from xianjie.ledgercsv import CompileError, rows
from xianjie.package import Ledger, Package

__all__ = ["CompileError", "compile_internal", "load", "new_database", "no_progress", "searchable"]

ProgressCall = Callable[[str, float, float], None]

# Larger pages than SQLite's default: fewer of them for long Chinese rows, and faster bulk loading.
_PAGE_SIZE = 8192
_CACHE_KIB = 64 * 1024


def no_progress(_label: str, _done: float, _total: float) -> None:
    """The progress call of who does not watch."""


def new_database(path: Path | str) -> sqlite3.Connection:
    """An empty database set for one bulk load: no journal, no waiting for the disk.

    A crash leaves it useless, so it is made beside its place and renamed (the caller flushes it before). The path
    "" gives a temporary database that nobody else sees.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return connection


def compile_internal(
    package: Package, path: Path, tables: dict[str, Path] | None = None, progress: ProgressCall = no_progress
) -> None:
    """Write the package's ledgers into a new database at `path`; `tables` names other CSVs for some ledgers.

    Raises CompileError with a Chinese sentence; `path` is then of no use.
    """
    connection = new_database(path)
    try:
        load(connection, package, tables, progress=progress)
    finally:
        connection.close()


def load(
    connection: sqlite3.Connection,
    package: Package,
    tables: dict[str, Path] | None = None,
    keys: bool = True,
    progress: ProgressCall = no_progress,
) -> None:
    """Fill an empty database: tables, rows, indexes, full-text indexes, views, statistics.

    `keys=False` is for data that is looked at though it is invalid: repeated and empty keys load as well.
    """
    ledgers = list(package.ledgers.values())
    connection.execute("BEGIN")
    for done, ledger in enumerate(ledgers):
        progress("编译台账", done, len(ledgers))
        connection.execute(create_table(ledger, keys))
        _load_ledger(connection, ledger, (tables or {}).get(ledger.name), keys)
        for statement in indexes(ledger, keys):
            connection.execute(statement)
        _index_text(connection, ledger)
    for name, sql in view_sqls(package):
        try:
            connection.execute(f"CREATE VIEW {quoted(name)} AS {sql}")
            connection.execute(f"SELECT * FROM {quoted(name)} LIMIT 0")
        except sqlite3.Error as error:
            raise CompileError(f"views/{name}.sql 不能建成视图：{error}。") from None
    # Only `main`: without a name, attached and temporary databases are analysed too.
    connection.execute("ANALYZE main")
    connection.execute("COMMIT")
    progress("编译台账", len(ledgers), len(ledgers))


def _load_ledger(connection: sqlite3.Connection, ledger: Ledger, path: Path | None, keys: bool) -> None:
    values = rows(ledger, path)
    key = [ledger.columns.index(name) for name in ledger.primary_key]
    if keys and key:
        # In key order the key's own index grows at its end, several times faster than by random inserts.
        values = iter(sorted(values, key=lambda row: [(row[place] is not None, row[place] or "") for place in key]))
    marks = ", ".join("?" * len(ledger.fields))
    try:
        connection.executemany(f"INSERT INTO {quoted(ledger.name)} VALUES ({marks})", values)
    except sqlite3.IntegrityError as error:
        problem, _, columns = str(error).partition(" constraint failed: ")
        names = "、".join(column.rpartition(".")[2] for column in columns.split(", "))
        fault = "空着" if problem == "NOT NULL" else "重复"
        raise CompileError(f"{ledger.relative_path} 有的行{names}{fault}，无法编译。") from None


def searchable(ledger: Ledger) -> list[str]:
    """The columns of a ledger's full-text index.

    Never identifiers, whatever the schema says: an index is a second copy of its text.
    """
    return [field.name for field in ledger.fields if field.search and field.check is None]


def _index_text(connection: sqlite3.Connection, ledger: Ledger) -> None:
    columns = searchable(ledger)
    if not columns:
        return
    table = quoted(f"{ledger.name}_fts")
    connection.create_function("spaced", 1, spaced, deterministic=True)
    # Contentless: the text stands in the ledger, the index finds its rowid.
    connection.execute(
        f"CREATE VIRTUAL TABLE {table} USING fts5({listed(columns)}, content='', tokenize='{TOKENIZER}')"
    )
    cut = ", ".join(f"spaced({quoted(column)})" for column in columns)
    connection.execute(
        f"INSERT INTO {table} (rowid, {listed(columns)}) SELECT rowid, {cut} FROM {quoted(ledger.name)} ORDER BY rowid"
    )
    connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
