"""The smallest .xls that Excel 97 would know: enough records for texts, numbers, dates and merged cells."""

from __future__ import annotations

import struct

SECTOR = 512
GENERAL, DAY = 0, 1  # indexes of the two cell formats below


def _record(code: int, data: bytes) -> bytes:
    return struct.pack("<HH", code, len(data)) + data


def _text(text: str, length: str) -> bytes:
    return struct.pack(length, len(text)) + b"\x01" + text.encode("utf-16-le")


def _stream(sheet: str, cells: dict[tuple[int, int], object], merged: list[tuple[int, int, int, int]]) -> bytes:
    """Cells by 0-based (row, column): a str, a number, or (serial,) for a date."""
    globals_bof = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    font = _record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + _text("Arial", "<B"))
    formats = b"".join(_record(0xE0, struct.pack("<HH", 0, number) + bytes(16)) for number in (0, 14))
    name = _text(sheet, "<B")
    size = len(globals_bof) + len(font) + len(formats) + 4 + 6 + len(name) + 4
    bound = _record(0x85, struct.pack("<IBB", size, 0, 0) + name)
    body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    for (row, column), value in sorted(cells.items()):
        if isinstance(value, str):
            body += _record(0x204, struct.pack("<HHH", row, column, GENERAL) + _text(value, "<H"))
        else:
            form, number = (DAY, value[0]) if isinstance(value, tuple) else (GENERAL, value)
            body += _record(0x203, struct.pack("<HHHd", row, column, form, number))
    ranges = b"".join(struct.pack("<HHHH", *one) for one in merged)
    body += _record(0xE5, struct.pack("<H", len(merged)) + ranges) if merged else b""
    return globals_bof + font + formats + bound + _record(0x0A, b"") + body + _record(0x0A, b"")


def xls(
    sheet: str, cells: dict[tuple[int, int], object], merged: list[tuple[int, int, int, int]] | None = None
) -> bytes:
    """An OLE container with one stream, Workbook. `merged`: first row, last row, first column, last, all 0-based."""
    stream = _stream(sheet, cells, merged or [])
    stream += bytes(max(4096 - len(stream), 0))  # shorter streams would live in the ministream
    stream += bytes(-len(stream) % SECTOR)
    count = len(stream) // SECTOR
    end, free, fat_sector = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    fat = [fat_sector, end, *range(3, count + 2), end]
    fat += [free] * (SECTOR // 4 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
    header += struct.pack("<108I", *[free] * 108)

    def entry(name: str, kind: int, child: int, start: int, length: int) -> bytes:
        label = (name + "\0").encode("utf-16-le")
        data = label.ljust(64, b"\0") + struct.pack("<HBBIII", len(label), kind, 1, free, free, child)
        return data + bytes(36) + struct.pack("<IQ", start, length)

    directory = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, len(stream))
    return header + struct.pack(f"<{SECTOR // 4}I", *fat) + directory.ljust(SECTOR, b"\0") + stream
