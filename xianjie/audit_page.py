"""One audit asked for a date and a village: what its page, its CSV and its JSON have in common."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from datasette.utils import sqlite_timelimit

from xianjie.audits import Audit
from xianjie.pages import TIME_LIMIT_MS
from xianjie.run import Result, is_day, run_audits
from xianjie.site import Site

DATE, VILLAGE = "截止日期", "村代码"
UNITS = {"persons": "人", "households": "户", "villages": "个村"}
# Of these a list without rows would look like a clean one.
UNANSWERED = ("缺标准", "无数据", "出错")


class BadRequest(Exception):
    """The date or the village makes no sense: a Chinese sentence."""


@dataclass(frozen=True)
class Answer:
    """The complete result of one audit for one date and village."""

    audit: Audit
    as_of: str
    village: str  # 12 digits, or "" for the whole township
    result: Result
    columns: list[str]
    rows: list[tuple[Any, ...]]
    sentence: str  # what the status means, with its figures

    @property
    def answered(self) -> bool:
        return self.result.status not in UNANSWERED


def asked(site: Site, arguments: Mapping[str, str]) -> tuple[str, str]:
    """截止日期 and 村代码 as the visitor gave them, or the package's date and the whole township.

    Raises BadRequest.
    """
    as_of = (arguments.get(DATE) or "").strip() or site.package.as_of
    village = (arguments.get(VILLAGE) or "").strip()
    if not is_day(as_of):
        raise BadRequest(f"截止日期“{as_of}”不是日期，请写成 {site.package.as_of} 这样。")
    if village and village not in site.villages:
        raise BadRequest(f"没有村代码“{village}”。请在下拉框里选村，全镇留空。")
    return as_of, village


def answer(site: Site, connection: sqlite3.Connection, audit: Audit, as_of: str, village: str) -> Answer:
    """Run the audit on the connection."""
    with sqlite_timelimit(connection, TIME_LIMIT_MS):
        result = run_audits(connection, [audit], as_of, village)[0]
    columns = list(audit.columns)  # also of an empty result, so that its CSV has headings
    rows = [tuple(finding[column] for column in columns) for finding in result.findings]
    return Answer(audit, as_of, village, result, columns, rows, explain(site, audit, result))


def explain(site: Site, audit: Audit, result: Result) -> str:
    """The status of a result as a sentence with its figures; it never leaves silence to be taken for clean."""
    looked_at = f"核对了 {result.population or 0:,} {UNITS.get(audit.subject, '项')}"
    if result.status == "有疑点":
        return f"{looked_at}，发现 {len(result.findings):,} 条疑点。疑点是线索，核实以后才能下结论。"
    if result.status == "无疑点":
        return f"{looked_at}，没有发现疑点。"
    if result.status == "缺标准":
        names = "、".join(result.missing_standards)
        return f"缺少在这一天有效、已经确认的标准：{names}。请在政策标准台账里补上并确认；在此之前这项审计不能下结论。"
    if result.status == "无数据":
        empty = "、".join(site.title_of(name) for name in result.empty_ledgers)
        reason = f"台账没有数据：{empty}" if empty else result.message.removesuffix("。")
        return f"{reason}。这不等于没有问题。"
    if result.findings:
        return f"这项审计有出错的地方，下面列的不全。{result.message}"
    return f"这项审计没有跑成：{result.message or '原因不明'}"


def file_name(site: Site, reply: Answer) -> str:
    """The name of the exported file: title-村-截止日期.csv."""
    place = site.village(reply.village) if reply.village else "全镇"
    return f"{reply.audit.title}-{place}-{reply.as_of}.csv"
