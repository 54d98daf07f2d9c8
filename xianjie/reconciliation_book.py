"""The national system against the ledgers as a file: a workbook with a sheet for each group, or a CSV."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from xianjie.books import HEAD, fill, fit_to_print, new_book
from xianjie.files import csv_text
from xianjie.reconciliation import COLUMNS, GROUPS, Comparison, Filters, ReconciliationError

TITLE = "线上线下核对"
COUNTS = ("村代码", "村名", *GROUPS, "无编号")
_FIELDS = ("对象类型", "字段", "核对", "不一致")
_WIDTHS = {"村代码": 15, "对象": 21, "系统值": 24, "线下值": 24, "系统更新日期": 13, "字段": 16, "名称": 12, "村名": 12}
_WIDTH = 9
_MOST_ROWS = 1_048_575  # of a sheet, beside its heading


def as_csv(comparison: Comparison, filters: Filters) -> str:
    """All rows that the filters leave; the mark lets Excel see that it is UTF-8."""
    return "\ufeff" + csv_text(COLUMNS, comparison.rows(filters))


def workbook(comparison: Comparison, villages: tuple[str, ...] = ()) -> bytes:
    """Counts by village and by field, then a sheet for each group with all its rows, of these villages or of all.

    Raises ReconciliationError where a group has more rows than a sheet can hold.
    """
    chosen = Filters(villages)
    counts = [row for row in comparison.by_village() if not villages or (row["村代码"] or "不详") in villages]
    buffer = io.BytesIO()
    with new_book(buffer, title=TITLE) as book:
        bold = book.add_format(HEAD)
        total = {name: sum(row[name] for row in counts) for name in COUNTS[2:]} | {"村代码": None, "村名": "合计"}
        _sheet(book, "各村", COUNTS, [[row[name] for name in COUNTS] for row in [*counts, total]], bold)
        if not villages:
            _sheet(book, "各字段", _FIELDS, [list(row.values()) for row in comparison.by_field()], bold)
            left = [[one.kind, one.field, one.count] for one in comparison.uncompared()]
            _sheet(book, "没有核对的字段", ("对象类型", "字段", "条数"), left, bold)
        for group in GROUPS:
            asked = replace(chosen, group=group)
            number = comparison.count(asked)
            if number > _MOST_ROWS:
                raise ReconciliationError(f"“{group}”有 {number:,} 行，一张工作表放不下；请按村导出，或者导出 CSV。")
            _sheet(book, group, COLUMNS, comparison.rows(asked), bold)
    return buffer.getvalue()


def _sheet(book: Any, name: str, columns: tuple[str, ...], rows: Iterable[Iterable[Any]], bold: Any) -> None:
    sheet = book.add_worksheet(name)
    fill(sheet, columns, rows, bold, _WIDTHS, _WIDTH)
    fit_to_print(sheet)
