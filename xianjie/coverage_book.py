"""The coverage of the work plan as an Excel workbook of one sheet."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

from xianjie.audits import Audit
from xianjie.books import HEAD, fit_to_print, new_book
from xianjie.coverage import OTHERS, Line, lines, load_clauses, needs_of
from xianjie.package import Package

HEADINGS = [  # heading, width
    ("条款", 9),
    ("标题", 22),
    ("责任专班", 17),
    ("种类", 6),
    ("内容", 36),
    ("审计", 46),
    ("没有审计的理由", 30),
    ("台账", 40),
    ("只有现场才能看清的", 36),
]
TITLE = "条款覆盖"
_NOTE = "审计后面是代码和标题；台账是这些审计读到的；最后一列是哪本台账都看不出、要到现场才能看清的。"
_HEADING_ROW = 2


def rows(package: Package, found: Iterable[Line]) -> list[list[str]]:
    """The lines as cells, in the order of HEADINGS; names of ledgers in Chinese."""
    table = []
    for line in found:
        audits = [f"{audit.code} {audit.title}" for audit in line.audits] + [f"{code}（没有）" for code in line.missing]
        item = line.item
        table.append(
            [
                line.clause.label,
                line.clause.title,
                line.clause.teams,
                item.kind if item else "",
                item.said if item else OTHERS,
                "\n".join(audits),
                item.reason if item else "",
                "、".join(package[name].title if name in package.ledgers else name for name in line.ledgers),
                item.on_site if item else "",
            ]
        )
    return table


def workbook(package: Package, audits: Mapping[str, Audit]) -> bytes:
    """The workbook; the same package gives the same bytes. Raises CoverageError."""
    return book_of(package, lines(load_clauses(package), audits, needs_of(audits)))


def book_of(package: Package, found: Iterable[Line]) -> bytes:
    """The lines as a workbook."""
    table = rows(package, found)
    clauses = len({row[0] for row in table})
    buffer = io.BytesIO()
    with new_book(buffer, title=TITLE) as book:
        sheet = book.add_worksheet(TITLE)
        head = book.add_format(HEAD)
        cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B9C5C9"})
        sheet.write_string(
            0, 0, f"工作方案逐条对照：{clauses} 条、{len(table)} 项", book.add_format({"bold": True, "font_size": 14})
        )
        sheet.write_string(1, 0, _NOTE, book.add_format({"font_color": "#5C6A71"}))
        for column, (heading, width) in enumerate(HEADINGS):
            sheet.set_column(column, column, width)
            sheet.write_string(_HEADING_ROW, column, heading, head)
        for number, row in enumerate(table, start=_HEADING_ROW + 1):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value, cell)
        sheet.freeze_panes(_HEADING_ROW + 1, 2)
        sheet.autofilter(_HEADING_ROW, 0, _HEADING_ROW + len(table), len(HEADINGS) - 1)
        sheet.set_paper(9)  # A4
        fit_to_print(sheet, _HEADING_ROW)
    return buffer.getvalue()
