"""The data dictionary as an Excel workbook: an overview, a sheet for each ledger, and the audits by their codes."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from xianjie.books import HEAD, fit_to_print, new_book
from xianjie.dictionary import MUST, PRIVACY, UNUSED, Column, Page
from xianjie.metadata import read_words
from xianjie.package import Package

HEADINGS = [  # heading, width
    ("列名", 18),
    ("填什么", 46),
    ("例", 22),
    ("单位", 7),
    ("只填", 30),
    ("必填", 8),
    ("类型", 16),
    ("表头也可以写", 30),
    ("隐私", 7),
    ("用到它的审计", 46),
    ("其他用处", 32),
]
OVERVIEW, AUDITS = "目录", "审计"
AUDIT_HEADINGS = [("编号", 10), ("审计", 80), ("名称", 44), ("读几本台账", 12)]
OVERVIEW_HEADINGS = [
    ("领域", 14),
    ("台账", 26),
    ("名称", 26),
    ("说明", 62),
    ("列数", 7),
    ("必填", 7),
    ("审计", 7),
    (UNUSED, 9),
    ("没有用到的列", 44),
]
NOTE = (
    "用到它的审计是程序运行审计时实际读到的列，不是人写的；经过几项审计共用的定义读到的，可能多列，不会少列。"
    "“没有用到”指没有一项审计、附表、编号、对应关系或公开表用到，只供核实时看：填它费工夫，可以考虑不收。"
)
_MOST_TITLES = 5  # of audits in a cell; where there are more, their codes: rows stay low enough to read
_LONGEST_NAME = 31
_HEADING_ROW = 3


def workbook(package: Package, pages: Mapping[str, Page]) -> bytes:
    """The workbook; raises MetadataError where metadata.yml, which names the areas, cannot be used."""
    areas = read_words(package).get("plugins", {}).get("xianjie", {}).get("areas") or {}

    buffer = io.BytesIO()
    with new_book(buffer, title="数据字典") as book:
        looks = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "note": book.add_format({"font_color": "#5C6A71"}),
            "head": book.add_format(HEAD),
            "cell": book.add_format({"text_wrap": True, "valign": "top"}),
            "name": book.add_format({"text_wrap": True, "valign": "top", "bold": True}),
            "unused": book.add_format({"text_wrap": True, "valign": "top", "font_color": "#A8481C"}),
            "link": book.add_format({"valign": "top", "font_color": "#17607C", "underline": 1}),
        }
        sheets = sheet_names(pages)
        _overview(book.add_worksheet(OVERVIEW), pages, areas, sheets, looks)
        for name, page in pages.items():
            _ledger(book.add_worksheet(sheets[name]), page, looks)
        _audit_list(book.add_worksheet(AUDITS), pages, looks)
    return buffer.getvalue()


def sheet_names(pages: Mapping[str, Page]) -> dict[str, str]:
    """Ledger -> the name of its sheet: its title where Excel takes it, else its own name."""
    taken = {OVERVIEW, AUDITS}
    names = {}
    for name, page in pages.items():
        title = page.ledger.title
        usable = len(title) <= _LONGEST_NAME and not re.search(r"[\[\]:*?/\\']", title) and title not in taken
        names[name] = title if usable else name[:_LONGEST_NAME]
        taken.add(names[name])
    return names


def _overview(
    sheet: Any, pages: Mapping[str, Page], areas: Mapping[str, str], sheets: Mapping[str, str], looks: dict[str, Any]
) -> None:
    columns = sum(len(page.columns) for page in pages.values())
    unused = sum(len(page.unused) for page in pages.values())
    sheet.write_string(0, 0, f"数据字典：{len(pages)} 本台账，{columns} 列，其中 {unused} 列没有用到", looks["title"])
    sheet.write_string(1, 0, NOTE, looks["note"])
    _head(sheet, OVERVIEW_HEADINGS, looks)
    for row, (name, page) in enumerate(pages.items(), start=_HEADING_ROW + 1):
        ledger = page.ledger
        sheet.write_string(row, 0, areas.get(ledger.area, ledger.area), looks["cell"])
        sheet.write_url(row, 1, f"internal:'{sheets[name]}'!A1", looks["link"], ledger.title)
        sheet.write_string(row, 2, name, looks["cell"])
        sheet.write_string(row, 3, ledger.description, looks["cell"])
        sheet.write_number(row, 4, len(page.columns), looks["cell"])
        sheet.write_number(row, 5, sum(column.must == MUST for column in page.columns), looks["cell"])
        sheet.write_number(row, 6, len(page.audits), looks["cell"])
        sheet.write_number(row, 7, len(page.unused), looks["unused" if page.unused else "cell"])
        sheet.write_string(row, 8, "、".join(page.unused), looks["unused"])
    _finish(sheet, len(pages), OVERVIEW_HEADINGS, frozen=2)


def _ledger(sheet: Any, page: Page, looks: dict[str, Any]) -> None:
    sheet.write_string(0, 0, f"{page.ledger.title}（{page.ledger.name}）", looks["title"])
    sheet.write_string(1, 0, page.ledger.description, looks["note"])
    sheet.write_url(2, 0, f"internal:'{OVERVIEW}'!A1", looks["link"], "回到目录")
    _head(sheet, HEADINGS, looks)
    for row, column in enumerate(page.columns, start=_HEADING_ROW + 1):
        for place, text in enumerate(cells(column)):
            look = "name" if place == 0 else "unused" if text == UNUSED else "cell"
            sheet.write_string(row, place, text, looks[look])
    _finish(sheet, len(page.columns), HEADINGS, frozen=1)


def cells(column: Column) -> list[str]:
    """The cells of a column's row, in the order of HEADINGS."""
    field = column.field
    return [
        field.name,
        field.description if field.title == field.name else f"{field.title}。{field.description}",
        field.example,
        field.unit or "",
        "、".join(field.enum or ()),
        column.must,
        column.kind,
        "、".join(field.aliases),
        PRIVACY[field.privacy],
        _audits(column) if column.used else UNUSED,
        "；".join(column.other_uses),
    ]


def _audits(column: Column) -> str:
    if len(column.audits) <= _MOST_TITLES:
        return "\n".join(f"{audit.code} {audit.title}" for audit in column.audits)
    return f"{len(column.audits)} 项：" + " ".join(audit.code for audit in column.audits)


def _audit_list(sheet: Any, pages: Mapping[str, Page], looks: dict[str, Any]) -> None:
    """Every audit that reads a ledger, by code: what the codes in the other sheets stand for."""
    readers = {audit.code: audit for page in pages.values() for audit in page.audits}
    sheet.write_string(0, 0, f"读台账的 {len(readers)} 项审计", looks["title"])
    sheet.write_url(2, 0, f"internal:'{OVERVIEW}'!A1", looks["link"], "回到目录")
    _head(sheet, AUDIT_HEADINGS, looks)
    for row, code in enumerate(sorted(readers), start=_HEADING_ROW + 1):
        audit = readers[code]
        for place, text in enumerate((code, audit.title, audit.name)):
            sheet.write_string(row, place, text, looks["cell"])
        sheet.write_number(row, 3, sum(audit in page.audits for page in pages.values()), looks["cell"])
    _finish(sheet, len(readers), AUDIT_HEADINGS, frozen=1)


def _head(sheet: Any, headings: list[tuple[str, int]], looks: dict[str, Any]) -> None:
    for place, (heading, width) in enumerate(headings):
        sheet.set_column(place, place, width)
        sheet.write_string(_HEADING_ROW, place, heading, looks["head"])


def _finish(sheet: Any, rows: int, headings: list[tuple[str, int]], frozen: int) -> None:
    sheet.freeze_panes(_HEADING_ROW + 1, frozen)
    sheet.autofilter(_HEADING_ROW, 0, _HEADING_ROW + rows, len(headings) - 1)
    fit_to_print(sheet, _HEADING_ROW)
