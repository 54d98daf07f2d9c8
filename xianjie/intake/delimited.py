"""Delimited text -> a grid: any encoding and delimiter that Excel, WPS or a system writes."""

from __future__ import annotations

import csv
import io
import re

from xianjie.intake.grid import Grid
from xianjie.intake.submission import IntakeError


def decode(name: str, data: bytes) -> tuple[str, str]:
    """Bytes -> (text, encoding): UTF-8 with or without BOM, UTF-16 (Excel's Unicode text), GBK/GB18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        order = ["utf-16"]
    elif data.startswith(b"\xef\xbb\xbf"):
        order = ["utf-8-sig"]
    elif data[:200].count(b"\x00") > len(data[:200]) // 8:
        order = ["utf-16-le" if data[1:200:2].count(0) >= data[0:200:2].count(0) else "utf-16-be"]
    else:
        order = ["utf-8", "gb18030"]
    line = 1
    for encoding in order:
        try:
            return data.decode(encoding).replace("\x00", ""), encoding
        except UnicodeDecodeError as error:
            line = max(line, data[: error.start].count(b"\n") + 1)  # the encoding that got furthest is the likely one
    raise IntakeError(
        f"{name} 第{line}行附近有认不出的字节，既不是 UTF-8 也不是 GBK 编码。"
        "请用 Excel 打开，“另存为”Excel 工作簿（.xlsx）再提交。"
    )


def _records(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _delimiter(text: str) -> str:
    """The one that cuts the first lines into the most cells."""
    head = "".join(text.splitlines(keepends=True)[:60])

    def cells(delimiter: str) -> int:
        try:
            return sum(len(record) for record in _records(head, delimiter))
        except csv.Error:
            return 0

    return max((",", "\t", ";", "|", "，"), key=cells)


def _unterminated(text: str, delimiter: str) -> int | None:
    """The line on which a quote opens that is never closed: all lines after it would vanish into one cell."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    while True:
        try:
            next(reader)
        except StopIteration:
            return None
        except csv.Error as error:
            # Other complaints of the strict reader (a"b) are things that the lenient one reads as they stand.
            if "unexpected end" in str(error):
                return start
        start = reader.line_num + 1


def read_text(name: str, data: bytes) -> Grid:
    """A delimited text file: comma, tab, semicolon or | (also a full-width comma)."""
    text, encoding = decode(name, data)
    separator = re.match(r'"?sep=(.)"?\r?\n', text)  # Excel's own hint
    delimiter = separator.group(1) if separator else _delimiter(text)
    try:
        rows = _records(text, delimiter)
    except csv.Error as error:
        raise IntakeError(f"{name} 不是有效的 CSV（{error}）。请用 Excel 打开检查后另存为 .xlsx 再提交。") from None
    line = _unterminated(text, delimiter) if text.count('"') % 2 else None
    if line:
        raise IntakeError(
            f"{name} 第{line}行有一个双引号没有配对，后面的内容会全部并进一个单元格。请补上或删去这个引号再提交。"
        )
    if separator:
        rows[0] = []
    return Grid(None, rows, encoding=encoding)
