"""Grids of raw cells: what a file holds before anything is interpreted.

A raw cell is a str, or one of Number, Day and Trouble for what only a workbook can say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property


@dataclass(frozen=True)
class Number:
    """A numeric cell. Excel keeps 15 digits: a longer number has lost its last ones."""

    text: str  # plain decimal as Excel shows it, or 1.41199201101203E+17 where digits were lost
    lossy: bool = False  # more than 15 digits
    percent: bool = False  # shown with %: 0.0365 is read as 3.65%
    padded: str = ""  # as shown by a format like 0000
    unit: str = ""  # 元, 万元 … where the format shows one after the number; what is stored is in that unit

    def __str__(self) -> str:
        return self.padded or self.text


@dataclass(frozen=True)
class Day:
    """A date cell."""

    text: str  # as ISO, or 2022年5月 where the cell's format shows no day (Excel invents the 1st)
    timed: bool = False  # it has a time of day too
    month_only: bool = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Trouble:
    """A cell without a usable value: kind is excel-error or formula-without-value."""

    kind: str
    text: str

    def __str__(self) -> str:
        return self.text


Raw = str | Number | Day | Trouble


@dataclass
class Grid:
    """One table of raw cells; rows[0] is row 1 of the file. Rows may have different lengths; "" is an empty cell."""

    sheet: str | None
    rows: list[list[Raw]]
    encoding: str | None = None
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row, last row, first column, last
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)  # 1-based
    hidden_columns: set[int] = field(default_factory=set)  # 1-based
    date1904: bool = False

    @cached_property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def at(self, row: int, column: int) -> Raw:
        """The raw cell at 1-based row and column, "" beyond the edge."""
        cells = self.rows[row - 1] if 0 < row <= len(self.rows) else []
        return cells[column - 1] if 0 < column <= len(cells) else ""


def number_cell(value: float, number_format: str = "General") -> Number:
    """A numeric cell of a workbook as Excel shows it: 15 significant digits, never a binary float's tail."""
    exact = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    whole = exact == exact.to_integral_value()
    if abs(exact) >= 10**15:
        digits = format(exact, "f")
        rounded = not whole or not digits[15:].strip("0") or isinstance(value, float)
        return Number(f"{exact:.14E}" if rounded else digits, lossy=True)
    text = format(exact.to_integral_value() if whole else exact, "f")
    padded = text.zfill(len(number_format)) if whole and re.fullmatch("0{2,}", number_format) else ""
    return Number(text, percent="%" in number_format, padded=padded, unit=_shown_unit(number_format))


def _shown_unit(number_format: str) -> str:
    """The unit of money that a format writes after the number: 0.00"万元".

    0!.0,"万元" and 0,"千元" show an amount of 元 as 万元 or 千元: what is stored is then in 元.
    """
    first = re.sub(r"\[[^\]]*\]", "", number_format.split(";")[0])
    bare = re.sub(r'["\\]', "", first)
    found = re.search(r"(?:[0#?][!.,0#? ]*|General|G/通用格式)([亿万千百]?元|[亿万])\s*$", re.sub("_.", "", bare))
    if not found:
        return ""
    scaled = re.search(r"!|\\\.|[0#?],+(?![0#?,])", first)
    return "元" if scaled else found.group(1)


def day_cell(value, number_format: str) -> Day | str:
    """A date cell (datetime or date); a time of day alone becomes text."""
    if not hasattr(value, "year"):
        return str(value)
    codes = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.', "", number_format).lower()
    if "d" not in codes and "y" in codes and ("m" in codes or "年" in number_format):
        month_only = "m" in codes
        return Day(f"{value.year}年{value.month}月" if month_only else f"{value.year}年", month_only=True)
    timed = hasattr(value, "hour") and (value.hour, value.minute, value.second) != (0, 0, 0)
    return Day(f"{value.year:04d}-{value.month:02d}-{value.day:02d}", timed=timed)
