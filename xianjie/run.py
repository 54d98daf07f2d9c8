"""Runs audits on a database, says how each went, and keeps the findings in the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from xianjie.audits import Audit
from xianjie.macros import DATE_PARAMETER, VILLAGE_PARAMETER, is_date
from xianjie.outcome import has_findings, write_findings
from xianjie.prepared import Prepared, writable
from xianjie.probe import explained
from xianjie.sql import STANDARDS_VIEW
from xianjie.sqlrules import SqlError

FOUND = "有疑点"
CLEAN = "无疑点"
NO_DATA = "无数据"
NO_STANDARD = "缺标准"
FAILED = "出错"
STATUSES = (FOUND, CLEAN, NO_DATA, NO_STANDARD, FAILED)

# A share of fewer says nothing.
_FEWEST_FOR_A_SHARE = 10

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

    @property
    def warning(self) -> str:
        """A sentence where so much was found that the data or a standard is rather to be doubted; else empty."""
        looked_at, expected = self.population or 0, self.audit.expected_share
        if looked_at < _FEWEST_FOR_A_SHARE or 100 * len(self.findings) <= expected * looked_at:
            return ""
        share = 100 * len(self.findings) / looked_at
        return (
            f"注意：疑点是核对数的 {share:.0f}%，超过预期的 {expected}%，先看台账是否报齐、标准是否填对，再逐条核实。"
        )

    @property
    def explanation(self) -> str:
        """The message and the warning."""
        return self.message + self.warning


class UnusableError(Exception):
    """A result that must not be shown as one; the text is a Chinese sentence."""


def run_audits(
    connection: sqlite3.Connection,
    audits: Iterable[Audit],
    as_of: str,
    village: str = "",
    step: Callable[[], None] = lambda: None,
) -> list[Result]:
    """Run the audits for the day `as_of` (YYYY-MM-DD) and one village, or all when `village` is blank.

    `step` is called after each. Audits that read `findings` come last: they see those of the database where they are
    of that day, else those of this run. Never raises for what an audit does: that is its status 出错. Raises
    ValueError when `as_of` is no day.
    """
    audits = list(audits)
    if not audits:
        return []
    prepared = Prepared(connection, audits[0].workbench.package, as_of)
    results: dict[str, Result] = {}

    def run(audit: Audit) -> None:
        results[audit.name] = run_audit(connection, audit, as_of, village, prepared)
        step()

    try:
        for audit in audits:
            if not audit.comes_last:
                run(audit)
        last = [audit for audit in audits if audit.comes_last]
        if last and not has_findings(connection, as_of) and _are_all(results, last):
            with writable(connection):
                write_findings(connection, results.values(), as_of, temporary=True)
        for audit in last:
            run(audit)
    finally:
        prepared.drop()
    return [results[audit.name] for audit in audits]


def _are_all(results: Collection[str], last: Sequence[Audit]) -> bool:
    """Whether nothing is missing among the results of those that come first: what some found proves little."""
    package = last[0].workbench.package
    there = {path.stem for path in package.root.glob("audits/*/*.sql")}
    return bool(results) and there <= {*results, *(audit.name for audit in last)}


def run_audit(
    connection: sqlite3.Connection, audit: Audit, as_of: str, village: str = "", prepared: Prepared | None = None
) -> Result:
    """Run one audit; see run_audits. Without `prepared` its SQL stands on its own: better on a few rows only."""
    if not is_day(as_of):
        raise ValueError(f"“{as_of}”不是日期，请写成 2024-12-15 这样")
    population: int | None = None
    if audit.comes_last and not has_findings(connection, as_of):
        message = f"数据库里没有 {as_of} 的疑点可以对照：请用这一天生成数据库，或者在命令行用这一天运行全部审计。"
        return Result(audit, NO_DATA, None, message=message)
    try:
        missing = missing_standards(connection, audit, as_of)
        if missing:
            message = f"政策标准台账里没有这一天可用的、已确认的标准：{'、'.join(missing)}。"
            return Result(audit, NO_STANDARD, None, missing_standards=missing, message=message)
        if prepared:
            prepared.make_for(audit)
        population = count(connection, audit, as_of, village, prepared is not None)
        empty = empty_ledgers(connection, audit)
        if empty or not population:
            known = "" if empty else why_none(connection, audit, as_of, village)
            reason = f"台账没有数据：{'、'.join(empty)}。" if empty else f"{known or '没有可以核对的对象'}。"
            return Result(audit, NO_DATA, population, empty_ledgers=empty, message=reason)
        sql = audit.findings_on_views_sql if prepared else audit.findings_sql
        rows = _rows(connection, sql, {DATE_PARAMETER: as_of, VILLAGE_PARAMETER: village})
    except sqlite3.Error as error:
        return Result(audit, FAILED, population, message=f"运行出错：{explained(error)}")
    except SqlError as error:
        return Result(audit, FAILED, population, message=str(error))
    findings, faults = _sorted_out(rows)
    if faults:
        # One bad cell must not hide what is wrong elsewhere: the other findings stay.
        rest = f"其余 {len(findings)} 条疑点照列。" if findings else ""
        return Result(audit, FAILED, population, findings, message=f"{''.join(faults)}{rest}")
    status = FOUND if findings else CLEAN
    return Result(audit, status, population, findings, message=f"核对 {population}，疑点 {len(findings)}。")


def count(connection: sqlite3.Connection, audit: Audit, as_of: str, village: str = "", on_views: bool = False) -> int:
    """How many the audit looks at; `on_views`: its views have been prepared."""
    sql = audit.population_on_views_sql if on_views else audit.population_sql
    cursor = connection.execute(sql, {DATE_PARAMETER: as_of, VILLAGE_PARAMETER: village})
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
