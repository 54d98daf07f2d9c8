"""Shared views as temporary tables while audits run: each is computed once, and SQLite knows how large it is.

An audit's SQL stands on its own, with its views as CTEs. Run one after the other, 176 audits would compute the
register of the township a hundred times; and of a CTE SQLite knows neither size nor indexes, so that it scans one
inside another where it guesses wrong.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from xianjie.audits import Audit
from xianjie.ddl import quoted
from xianjie.macros import DATE_PARAMETER, VILLAGE_PARAMETER
from xianjie.package import Package
from xianjie.sql import compile_on_views, output_columns, views_of

_CACHE_KIB = 65_536  # of what does not fit, SQLite keeps the rest in a file of its own


class Prepared:
    """The views made so far on one connection for one day; the tables are gone with the connection, or by drop()."""

    def __init__(self, connection: sqlite3.Connection, package: Package, as_of: str) -> None:
        self._connection = connection
        self._as_of = as_of
        self._keys = key_columns(package)
        self._made: list[str] = []

    def make_for(self, audit: Audit) -> None:
        """Make the views that the audit reads and that are not there yet. Raises sqlite3.Error."""
        views = views_of(audit.all_names, audit.library)
        missing = [view for view in views if view.name not in self._made]
        if not missing:
            return
        with writable(self._connection):
            if not self._made:
                self._connection.execute(f"pragma temp.cache_size = -{_CACHE_KIB}")
            for view in missing:
                columns = output_columns(view.query)
                sql = compile_on_views(view.query, audit.library)
                values = {DATE_PARAMETER: self._as_of, VILLAGE_PARAMETER: ""}
                self._connection.execute(f"create temp table {quoted(view.name)} as {sql}", values)
                self._made.append(view.name)
                for column in columns:
                    if column in self._keys:
                        index = quoted(f"{view.name}_{column}")
                        self._connection.execute(f"create index temp.{index} on {quoted(view.name)} ({quoted(column)})")
                self._connection.execute(f"analyze temp.{quoted(view.name)}")

    def drop(self) -> None:
        """Remove the tables: under their names the connection shows the database's own views again."""
        with writable(self._connection):
            while self._made:
                self._connection.execute(f"drop table temp.{quoted(self._made.pop())}")


def key_columns(package: Package) -> frozenset[str]:
    """Names of the columns by which rows of ledgers belong together."""
    names: set[str] = set()
    for ledger in package.ledgers.values():
        names |= set(ledger.primary_key)
        names |= {name for foreign in ledger.foreign_keys for name in foreign.fields}
        names |= {field.name for field in ledger.fields if field.check == "id_number"}
    return frozenset(names)


@contextmanager
def writable(connection: sqlite3.Connection) -> Iterator[None]:
    """Let temporary tables be made on the connection."""
    # query_only forbids temporary tables as well, though they change nothing that lasts.
    (only,) = connection.execute("pragma query_only").fetchone()
    if only:
        connection.execute("pragma query_only = off")
    try:
        yield
    finally:
        if only:
            connection.execute("pragma query_only = on")
