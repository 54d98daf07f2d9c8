"""Audit results for people and programs: table, csv, json, xlsx.

Every form says how each audit went. One that could not run, or found nothing, has a line of its own: silence would be
taken for clean.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from xianjie.books import fill, new_book
from xianjie.files import csv_text
from xianjie.outcome import evidence
from xianjie.run import FAILED, STATUSES, Result

FORMATS = ("table", "csv", "json", "xlsx")

_COLUMNS = ("代码", "审计", "标题", "状态", "核对数", "疑点数", "对象", "村代码", "问题", "证据", "说明")
_SUMMARY = ("代码", "审计", "标题", "领域", "条款", "专班", "严重程度", "状态", "核对数", "疑点数", "说明")
# Excel files carry the time of their making; a fixed one keeps the same results the same bytes.
_MADE = datetime(2000, 1, 1)
_WIDTHS = {"对象": 22, "村代码": 14, "问题": 80, "标题": 48, "说明": 48}
_WIDTH = 14
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


def render(results: Sequence[Result], form: str) -> str | bytes:
    """The results as one of FORMATS; xlsx gives bytes, the others text. Raises ValueError for another format."""
    if form == "table":
        return _table(results)
    if form == "csv":
        # The mark lets Excel see that it is UTF-8.
        return "\ufeff" + csv_text(_COLUMNS, [line for result in results for line in _lines(result)])
    if form == "json":
        return json.dumps([_object(result) for result in results], ensure_ascii=False, indent=2) + "\n"
    if form == "xlsx":
        return _workbook(results)
    raise ValueError(f"不认识的格式：{form}；可以用 {'、'.join(FORMATS)}")


def _village(row: dict[str, Any]) -> str:
    return row["村代码"] or "不在册"


def _table(results: Sequence[Result]) -> str:
    lines = []
    for result in results:
        audit = result.audit
        lines.append(f"{audit.code} {audit.title}（{audit.name}）：{result.status}。{result.explanation}")
        lines += [f"  {row['对象']}  {_village(row)}  {row['问题']}" for row in result.findings]
    counts = [(status, sum(result.status == status for result in results)) for status in STATUSES]
    lines.append(f"共 {len(results)} 项审计：" + "，".join(f"{status} {count}" for status, count in counts if count))
    return "\n".join(lines) + "\n"


def _lines(result: Result) -> list[list[Any]]:
    audit = result.audit
    head = [audit.code, audit.name, audit.title, result.status, result.population, len(result.findings)]
    rows = [[*head, row["对象"], row["村代码"], row["问题"], evidence(row), ""] for row in result.findings]
    if rows and result.status != FAILED:
        return rows
    return [[*head, None, None, None, None, result.message], *rows]


def _object(result: Result) -> dict[str, Any]:
    return {
        "name": result.name,
        "code": result.audit.code,
        "title": result.audit.title,
        "status": result.status,
        "population": result.population,
        "message": result.message,
        "warning": result.warning,
        "missing_standards": result.missing_standards,
        "empty_ledgers": result.empty_ledgers,
        "findings": result.findings,
    }


def _workbook(results: Sequence[Result]) -> bytes:
    buffer = io.BytesIO()
    summary = [
        [
            result.audit.code,
            result.name,
            result.audit.title,
            result.audit.area,
            result.audit.clause,
            result.audit.team,
            result.audit.severity,
            result.status,
            result.population,
            len(result.findings),
            result.explanation,
        ]
        for result in results
    ]
    with new_book(buffer, title="审计结果", created=_MADE) as book:
        bold = book.add_format({"bold": True})
        fill(book.add_worksheet("汇总"), _SUMMARY, summary, bold, _WIDTHS, _WIDTH)
        for result in results:
            if result.findings:
                rows = (row.values() for row in result.findings)
                fill(book.add_worksheet(_sheet_name(result)), result.audit.columns, rows, bold, _WIDTHS, _WIDTH)
    return buffer.getvalue()


def _sheet_name(result: Result) -> str:
    # Excel allows 31 characters and none of these; the code in front keeps the names apart.
    return f"{result.audit.code} {_NOT_IN_SHEET_NAMES.sub(' ', result.audit.title)}"[:31]
