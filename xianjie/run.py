"""Runs audits on a database, says how each went, and keeps the findings in the database."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from xianjie.audits import Audit
from xianjie.macros import DATE_PARAMETER, VILLAGE_PARAMETER, is_date
from xianjie.probe import explained
from xianjie.sql import STANDARDS_VIEW

FOUND = "有疑点"
CLEAN = "无疑点"
NO_DATA = "无数据"
NO_STANDARD = "缺标准"
FAILED = "出错"
STATUSES = (FOUND, CLEAN, NO_DATA, NO_STANDARD, FAILED)

is_day = is_date


@dataclass(frozen=True)
class Result:
    """How one audit went."""

    audit: Audit
    status: str  # one of STATUSES
    population: int | None  # how many were looked at; None where that could not be counted
    findings: list[dict[str, Any]] = field(default_factory=list)  # rows as the SQL gives them; of 出错 those usable
    missing_standards: list[str] = field(default_factory=list)
    empty_ledgers: list[str] = field(default_factory=list)
    message: str = ""  # a Chinese sentence

    @property
    def name(self) -> str:
        return self.audit.name


class UnusableError(Exception):
    """A result that must not be shown as one; the text is a Chinese sentence."""


def run_audits(connection: sqlite3.Connection, audits: Iterable[Audit], as_of: str, village: str = "") -> list[Result]:
    """Run the audits for the day `as_of` (YYYY-MM-DD) and one village, or all when `village` is blank.

    Never raises for what an audit does: that is its status 出错. Raises ValueError when `as_of` is no day.
    """
    return [run_audit(connection, audit, as_of, village) for audit in audits]


def run_audit(connection: sqlite3.Connection, audit: Audit, as_of: str, village: str = "") -> Result:
    """Run one audit; see run_audits."""
    if not is_day(as_of):
        raise ValueError(f"“{as_of}”不是日期，请写成 2024-12-15 这样")
    population: int | None = None
    try:
        missing = missing_standards(connection, audit, as_of)
        if missing:
            message = f"政策标准台账里没有这一天可用的、已确认的标准：{'、'.join(missing)}。"
            return Result(audit, NO_STANDARD, None, missing_standards=missing, message=message)
        population = count(connection, audit, as_of, village)
        empty = empty_ledgers(connection, audit)
        if empty or not population:
            known = "" if empty else why_none(connection, audit, as_of, village)
            reason = f"台账没有数据：{'、'.join(empty)}。" if empty else f"{known or '没有可以核对的对象'}。"
            return Result(audit, NO_DATA, population, empty_ledgers=empty, message=reason)
        rows = _rows(connection, audit.findings_sql, {DATE_PARAMETER: as_of, VILLAGE_PARAMETER: village})
    except sqlite3.Error as error:
        return Result(audit, FAILED, population, message=f"运行出错：{explained(error)}")
    findings, faults = _sorted_out(rows)
    if faults:
        # One bad cell must not hide what is wrong elsewhere: the other findings stay.
        rest = f"其余 {len(findings)} 条疑点照列。" if findings else ""
        return Result(audit, FAILED, population, findings, message=f"{''.join(faults)}{rest}")
    status = FOUND if findings else CLEAN
    return Result(audit, status, population, findings, message=f"核对 {population}，疑点 {len(findings)}。")


def count(connection: sqlite3.Connection, audit: Audit, as_of: str, village: str = "") -> int:
    """How many the audit looks at."""
    cursor = connection.execute(audit.population_sql, {DATE_PARAMETER: as_of, VILLAGE_PARAMETER: village})
    (number,) = tuple(cursor.fetchone())
    return int(number)


def why_none(connection: sqlite3.Connection, audit: Audit, as_of: str, village: str = "") -> str:
    """Why the audit looks at nothing, in its own words without a full stop; "" where it does not say."""
    if audit.why_none_sql is None:
        return ""
    values = {DATE_PARAMETER: as_of, VILLAGE_PARAMETER: village}
    row = connection.execute(audit.why_none_sql, values).fetchone()
    return str(next(iter(row)) or "") if row else ""


def find(connection: sqlite3.Connection, audit: Audit, as_of: str, village: str = "") -> list[dict[str, Any]]:
    """The audit's rows, whatever the standards and ledgers; raises UnusableError when they cannot be findings."""
    rows = _rows(connection, audit.findings_sql, {DATE_PARAMETER: as_of, VILLAGE_PARAMETER: village})
    findings, faults = _sorted_out(rows)
    if faults:
        raise UnusableError("".join(faults))
    return findings


def missing_standards(connection: sqlite3.Connection, audit: Audit, as_of: str) -> list[str]:
    """The standards that the audit needs and that cannot be used on the day, by name; empty when it can run.

    One that is used as a parameter must be confirmed, in force on the day and unambiguous; one that is joined through
    confirmed_standards must have a confirmed row that began by then.
    """
    values = {DATE_PARAMETER: as_of, VILLAGE_PARAMETER: ""}
    missing = []
    parameters = audit.parameter_standards
    if audit.standards_sql:
        found = _rows(connection, audit.standards_sql, values)[0]
        missing += [name for name in parameters if found[name] is None]
    joined = [name for name in audit.standards if name not in parameters]
    if joined:
        view = audit.library.views[STANDARDS_VIEW].query.sql("sqlite", comments=False)
        sql = f"select distinct s.项目 from ({view}) s where s.生效日期 <= :{DATE_PARAMETER}"
        known = {row["项目"] for row in _rows(connection, sql, values)}
        missing += [name for name in joined if name not in known]
    return sorted(missing)


def empty_ledgers(connection: sqlite3.Connection, audit: Audit) -> list[str]:
    """The ledgers that the audit reads and that have no rows although they should."""
    needed = [name for name in audit.needs if name not in audit.may_be_empty]
    return [name for name in needed if connection.execute(f'select 1 from "{name}" limit 1').fetchone() is None]


def _rows(connection: sqlite3.Connection, sql: str, values: dict[str, str]) -> list[dict[str, Any]]:
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, tuple(row), strict=True)) for row in cursor]


def _sorted_out(rows: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows that can be findings, and a Chinese sentence for each way in which the others cannot."""
    findings: list[dict[str, Any]] = []
    seen: set[Any] = set()
    nameless = 0
    repeated: dict[Any, None] = {}
    silent: dict[Any, None] = {}
    for row in rows:
        subject = row["对象"]
        if subject is None or subject == "":
            nameless += 1
        elif subject in seen:
            repeated[subject] = None
        elif not row["问题"]:
            silent[subject] = None
        else:
            findings.append(row)
        seen.add(subject)
    faults = []
    if nameless:
        faults.append(f"结果里有 {nameless} 行没有对象，请在台账里补上编号或身份证号。")
    if repeated:
        named = f"对象“{next(iter(repeated))}”{_and_others(repeated)}"
        faults.append(f"{named}出现了不止一行，一个对象只能有一行，只列第一行。")
    if silent:
        named = f"对象“{next(iter(silent))}”{_and_others(silent)}"
        faults.append(f"{named}的问题是空白：句子里接了空白或写错的列，请改正台账，审计里请用 coalesce。")
    return findings, faults


def _and_others(subjects: dict[Any, None]) -> str:
    return f"等 {len(subjects)} 个" if len(subjects) > 1 else ""


def finding_key(audit: str, subject: str) -> str:
    """The number of a finding, 16 hex digits: the same from build to build, whatever else is in the row."""
    return hashlib.sha256(f"{audit}|{subject}".encode()).hexdigest()[:16]


_TABLES = (
    "create table findings (疑点编号 text primary key, 审计 text, 审计名称 text, 对象 text, 村代码 text, 问题 text, "
    "证据 text, 截止日期 text) strict",
    "create table audit_results (审计 text primary key, 代码 text, 标题 text, 领域 text, 条款 text, 专班 text, "
    "严重程度 text, 对象类型 text, 状态 text, 疑点数 integer, 核对数 integer, 说明 text, 截止日期 text) strict",
    "create index findings_审计 on findings (审计)",
    "create index findings_对象 on findings (对象)",
    "create index findings_村代码 on findings (村代码)",
)


def write_findings(connection: sqlite3.Connection, results: Iterable[Result], as_of: str) -> None:
    """Make the tables findings and audit_results anew; the same results give the same rows in the same order.

    Commits nothing: the caller does.
    """
    connection.execute("drop table if exists findings")
    connection.execute("drop table if exists audit_results")
    for statement in _TABLES:
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
                result.message,
                as_of,
            ),
        )


def evidence(row: dict[str, Any]) -> str:
    """The columns of a finding beside 对象, 村代码 and 问题, as JSON text."""
    rest = {name: value for name, value in row.items() if name not in ("对象", "村代码", "问题")}
    return json.dumps(rest, ensure_ascii=False)
