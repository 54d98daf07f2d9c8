"""Method sheets as files: XLSX and DOCX for each audit, one CSV catalogue of all; the same sheets, the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from xianjie.audits import Audit
from xianjie.books import new_book
from xianjie.files import csv_text
from xianjie.method_steps import INDENT
from xianjie.methods import CODE, ELEMENTS, Sheet, sheets
from xianjie.package import Package

CATALOGUE = "methods.csv"
HEADING = "计算机审计方法"
_AUTHOR = "xianjie"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can state
_TEXT_FONT, _CODE_FONT = "宋体", "Consolas"
_LABEL_CM, _TEXT_CM, _INDENT_CM = 2.4, 14.6, 0.6


def files(package: Package, audits: Mapping[str, Audit], names: Collection[str] = ()) -> dict[str, bytes]:
    """Name of each file -> its bytes: XLSX and DOCX of each of these audits, or of those named.

    The catalogue comes with all of them only: a catalogue of some would take the place of the whole one.
    """
    made = sheets(package, [audit for audit in audits.values() if not names or audit.name in names])
    day = datetime.fromisoformat(package.as_of)
    found = {}
    for sheet in made:
        found[f"{sheet.name}.xlsx"] = workbook(sheet, day)
        found[f"{sheet.name}.docx"] = document(sheet, day)
    return found if names else found | {CATALOGUE: catalogue(made).encode("utf-8")}


def catalogue(made: Iterable[Sheet]) -> str:
    """One line for each audit, one column for each element; the mark lets Excel see that it is UTF-8."""
    return "\ufeff" + csv_text(ELEMENTS, [sheet.cells for sheet in made])


def workbook(sheet: Sheet, day: datetime) -> bytes:
    """The form in Excel. Each line of an element has a row of its own: a cell would hide what is below 409 points."""
    buffer = io.BytesIO()
    with new_book(buffer, title=sheet.audit.title, author=_AUTHOR, created=day) as book:
        page = book.add_worksheet(HEADING)
        page.set_column(0, 0, 12)
        page.set_column(1, 1, 100)
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.merge_range(0, 0, 0, 1, HEADING, book.add_format({"bold": True, "font_size": 16, "align": "center"}))
        row = 1
        for name in ELEMENTS:
            for number, line in enumerate(sheet.elements[name]):
                first = {"top": 1} if number == 0 else {}
                label = book.add_format({"bold": True, "valign": "top", "left": 1, "right": 1, **first})
                font = {"font_name": _CODE_FONT, "font_size": 9} if name == CODE and number else {}
                bare, depth = _indented(line)
                look = {"text_wrap": True, "valign": "top", "right": 1, "indent": depth, **first, **font}
                page.write_string(row, 0, name if number == 0 else "", label)
                page.write_string(row, 1, bare, book.add_format(look))
                row += 1
        page.write_blank(row, 0, None, book.add_format({"top": 1}))
        page.write_blank(row, 1, None, book.add_format({"top": 1}))
    return buffer.getvalue()


def document(sheet: Sheet, day: datetime) -> bytes:
    """The form as a Word document, A4, one table."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = word.styles["Normal"]
    _set_font(normal, _TEXT_FONT, Pt(10.5))
    normal.paragraph_format.space_after = Pt(0)
    title = word.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(HEADING)
    run.bold, run.font.size = True, Pt(18)
    title.paragraph_format.space_after = Pt(6)
    table = word.add_table(rows=len(ELEMENTS), cols=2)
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, (_LABEL_CM, _TEXT_CM), strict=True):
        column.width = Cm(width)  # LibreOffice and WPS go by the columns, Word by the cells
    for row, name in zip(table.rows, ELEMENTS, strict=True):
        label, text = row.cells
        label.width, text.width = Cm(_LABEL_CM), Cm(_TEXT_CM)
        label.paragraphs[0].add_run(name).bold = True
        for number, line in enumerate(sheet.elements[name]):
            paragraph = text.paragraphs[0] if number == 0 else text.add_paragraph()
            bare, depth = _indented(line)
            if depth:
                paragraph.paragraph_format.left_indent = Cm(_INDENT_CM * depth)
            written = paragraph.add_run(bare)
            if name == CODE and number:
                _set_font(written, _CODE_FONT, Pt(8))
    about = word.core_properties
    about.title, about.subject = sheet.audit.title, HEADING
    about.author = about.last_modified_by = _AUTHOR
    about.comments, about.revision = "", 1
    about.created = about.modified = day
    buffer = io.BytesIO()
    word.save(buffer)
    return same_bytes(buffer.getvalue())


def _indented(line: str) -> tuple[str, int]:
    """A line without the marks of its indent, and how many they were: a wrapped line then stays below itself."""
    bare = line.lstrip(INDENT)
    return bare, len(line) - len(bare)


def _set_font(styled: Any, name: str, size: Any) -> None:
    from docx.oxml.ns import qn

    styled.font.name, styled.font.size = name, size
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), _TEXT_FONT)  # Chinese characters have a font of their own


def same_bytes(data: bytes) -> bytes:
    """A zip file with the times of its parts put to one fixed moment."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _ZIP_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0  # the same on Windows and on Linux
            new.writestr(part, old.read(name))
    return buffer.getvalue()
