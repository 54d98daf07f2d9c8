"""The tables that a build's audits fill: what they found, and how each went. Some audits read them in their turn."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xianjie.run import Result

OUTCOME = {  # table -> columns and their types
    "findings": {
        "疑点编号": "TEXT",
        "审计": "TEXT",
        "审计名称": "TEXT",
        "对象": "TEXT",
        "村代码": "TEXT",
        "问题": "TEXT",
        "证据": "TEXT",
        "截止日期": "TEXT",
    },
    "audit_results": {
        "审计": "TEXT",
        "代码": "TEXT",
        "标题": "TEXT",
        "领域": "TEXT",
        "条款": "TEXT",
        "专班": "TEXT",
        "严重程度": "TEXT",
        "对象类型": "TEXT",
        "状态": "TEXT",
        "疑点数": "INTEGER",
        "核对数": "INTEGER",
        "说明": "TEXT",
        "截止日期": "TEXT",
    },
}
INDEXES = (
    "create index findings_审计 on findings (审计)",
    "create index findings_对象 on findings (对象)",
    "create index findings_村代码 on findings (村代码)",
)


def create_outcome(name: str, temporary: bool = False) -> str:
    """CREATE TABLE of one of them; the first column is its key."""
    columns = [f"{column} {kind.lower()}" for column, kind in OUTCOME[name].items()]
    columns[0] += " primary key"
    return f"create {'temp ' if temporary else ''}table {name} ({', '.join(columns)}) strict"


def has_findings(connection: sqlite3.Connection, as_of: str) -> bool:
    """Whether there is a table of findings on this connection, and none of them is of another day than `as_of`."""
    found = "select 1 from {} where type = 'table' and name = 'findings'"
    if not any(connection.execute(found.format(name)).fetchone() for name in ("sqlite_temp_master", "sqlite_master")):
        return False
    others = " union all ".join(f"select 1 from {name} where 截止日期 <> :as_of" for name in OUTCOME)
    return connection.execute(others, {"as_of": as_of}).fetchone() is None


def finding_key(audit: str, subject: str) -> str:
    """The number of a finding, 16 hex digits: the same from build to build, whatever else is in the row."""
    return hashlib.sha256(f"{audit}|{subject}".encode()).hexdigest()[:16]


def write_findings(
    connection: sqlite3.Connection, results: Iterable[Result], as_of: str, temporary: bool = False
) -> None:
    """Make the tables findings and audit_results anew; the same results give the same rows in the same order.

    Commits nothing: the caller does. Temporary tables are gone with the connection.
    """
    for name in OUTCOME:
        # By their schemas: a temporary table hides the database's own, which must stay where only that is asked for.
        for schema in ("temp",) if temporary else ("temp", "main"):
            connection.execute(f"drop table if exists {schema}.{name}")
        connection.execute(create_outcome(name, temporary))
    for statement in () if temporary else INDEXES:
        connection.execute(statement)
    for result in results:
        audit = result.audit
        connection.executemany(
            "insert into findings values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    finding_key(audit.name, str(row["对象"])),
                    audit.name,
                    audit.title,
                    str(row["对象"]),
                    row["村代码"],
                    row["问题"],
                    evidence(row),
                    as_of,
                )
                for row in result.findings
            ],
        )
        connection.execute(
            f"insert into audit_results values ({', '.join('?' * 13)})",
            (
                audit.name,
                audit.code,
                audit.title,
                audit.area,
                audit.clause,
                audit.team,
                audit.severity,
                audit.subject,
                result.status,
                len(result.findings),
                result.population,
                result.explanation,
                as_of,
            ),
        )


def evidence(row: dict[str, Any]) -> str:
    """The columns of a finding beside 对象, 村代码 and 问题, as JSON text."""
    rest = {name: value for name, value in row.items() if name not in ("对象", "村代码", "问题")}
    return json.dumps(rest, ensure_ascii=False)
