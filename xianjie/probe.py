"""SQLite itself says whether a query can run, and which columns of which ledgers it reads."""

from __future__ import annotations

import re
import sqlite3
from threading import Lock

from xianjie.ddl import create_table
from xianjie.macros import DATE_PARAMETER, VILLAGE_PARAMETER
from xianjie.outcome import OUTCOME, create_outcome
from xianjie.package import Package
from xianjie.sqlrules import SqlError


class Probe:
    """An empty database with every ledger of a package."""

    def __init__(self, package: Package) -> None:
        self._ledgers = package.ledgers
        self._lock = Lock()  # a site asks from the threads of its pages
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        for ledger in package.ledgers.values():
            self._connection.execute(create_table(ledger, keys=False))
        for name in OUTCOME:
            self._connection.execute(create_outcome(name))

    def reads(self, sql: str) -> frozenset[tuple[str, str]]:
        """(ledger, column) of all that the query reads; the column is "" where only rows are counted.

        Raises SqlError for an unknown column and whatever else SQLite refuses.
        """
        seen: set[tuple[str, str]] = set()

        def observe(action: int, table: str | None, column: str | None, *_: object) -> int:
            # A CTE is reported under its own name as well.
            if action == sqlite3.SQLITE_READ and table in self._ledgers:
                seen.add((table, column or ""))
            return sqlite3.SQLITE_OK

        with self._lock:
            self._connection.set_authorizer(observe)
            try:
                self._connection.execute(f"EXPLAIN {sql}", {DATE_PARAMETER: "", VILLAGE_PARAMETER: ""})
            except sqlite3.Error as error:
                raise SqlError(f"SQL 不能运行：{explained(error)}") from None
            finally:
                self._connection.set_authorizer(None)
        return frozenset(seen)


_SQLITE_SAYS = (
    (r"no such column: (.+)", "没有“{0}”这一列。"),
    (r"no such table: (.+)", "没有“{0}”这本台账或视图。"),
    (r"ambiguous column name: (.+)", "“{0}”在几张表里都有，前面要写明是哪张表。"),
    (r"no such function: (.+)", "没有函数“{0}”。"),
    (r"misuse of aggregate(?: function|:) ?(\w+)\(\)", "聚合函数“{0}”不能用在这里。"),
)


def explained(error: sqlite3.Error) -> str:
    """SQLite's message as a Chinese sentence, where it is one of the usual ones."""
    for pattern, sentence in _SQLITE_SAYS:
        found = re.fullmatch(pattern, str(error))
        if found:
            return sentence.format(*found.groups())
    return f"{error}。"
