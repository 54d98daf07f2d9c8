"""Reads a package's CSV into rows of typed values, as the database keeps them."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TextIO

from xianjie.package import Field, Ledger

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_LARGEST = 2**63 - 1
# One cell may hold a whole report; the csv module's own limit is smaller.
_LONGEST_CELL = 10_000_000


class CompileError(Exception):
    """The ledgers cannot become a database; the text is a Chinese sentence."""


def _whole(text: str) -> int:
    value = int(text)
    if not -_LARGEST <= value <= _LARGEST:
        raise ValueError
    return value


def _real(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):  # SQLite would turn NaN into an empty cell without a word
        raise ValueError
    return value


def _day(text: str) -> str:
    # The validator takes 2024-7-5 for a date; only 2024-07-05 compares rightly as text.
    if _DAY.fullmatch(text):
        return text
    try:
        return datetime.strptime(text, "%Y-%m-%d").date().isoformat()
    except ValueError:
        return text


def _month(text: str) -> str:
    if _MONTH.fullmatch(text):
        return text
    try:
        year, month = (int(part) for part in text.split("-"))
    except ValueError:
        return text
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 and 0 <= year <= 9999 else text


# What a cell of a type becomes, and the word for it. A date or month that is none stays as it was written: it is
# text in the database, and audits cope with it.
_BY_TYPE: dict[str, tuple[Callable[[str], object], str]] = {
    "integer": (_whole, "整数"),
    "year": (_whole, "四位数的年份"),
    "number": (_real, "数字"),
    "date": (_day, "日期"),
    "yearmonth": (_month, "月份"),
}


def rows(ledger: Ledger, path: Path | None = None) -> Iterator[tuple]:
    """The rows of a ledger's CSV (or of another file in its place), in file order, values in the schema's order.

    Columns are found by their headings: one that is missing is empty throughout, an unknown one is left out.
    Blank lines are left out. Raises CompileError with file, row and column for what cannot be a row of this ledger.
    """
    path = path or ledger.path
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            yield from _typed_rows(ledger, handle)
    except FileNotFoundError:
        raise CompileError(f"缺少台账文件 {ledger.relative_path}。没有内容的台账也要有标题行。") from None
    except UnicodeDecodeError:
        raise CompileError(f"{ledger.relative_path} 不是 UTF-8 编码，请另存为 UTF-8 编码的 CSV。") from None
    except csv.Error as error:
        raise CompileError(f"{ledger.relative_path} 不是完好的 CSV：{error}。请检查引号是否成对。") from None


def _typed_rows(ledger: Ledger, handle: TextIO) -> Iterator[tuple]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(handle, strict=True)
    heading = [label.strip() for label in next(reader, [])]
    if not heading:
        raise CompileError(f"{ledger.relative_path} 是空的，连标题行也没有。")
    repeated = sorted({label for label in heading if label in ledger.by_name and heading.count(label) > 1})
    if repeated:
        raise CompileError(f"{ledger.relative_path} 的标题行有两个“{repeated[0]}”，请只留一个。")
    if not set(heading) & set(ledger.columns):
        raise CompileError(f"{ledger.relative_path} 的标题行里没有一个“{ledger.title}”台账的列。")
    positions = [heading.index(field.name) if field.name in heading else None for field in ledger.fields]
    converters = [_BY_TYPE[field.type][0] if field.type in _BY_TYPE else None for field in ledger.fields]
    for number, cells in enumerate(reader, start=2):
        if not any(cells):
            continue
        if len(cells) > len(heading):
            raise CompileError(
                f"{ledger.relative_path} 第{number}行有{len(cells)}格，标题行只有{len(heading)}格，"
                "分不清哪一格属于哪一列。"
            )
        cells += [""] * (len(heading) - len(cells))
        values: list[object] = []
        for field, position, convert in zip(ledger.fields, positions, converters, strict=True):
            text = "" if position is None else cells[position]
            if text == "":
                values.append(None)
            elif convert is None:
                values.append(text)
            else:
                try:
                    values.append(convert(text))
                except ValueError:
                    raise CompileError(_wrong_type(ledger, field, number, text)) from None
        yield tuple(values)


def _wrong_type(ledger: Ledger, field: Field, number: int, text: str) -> str:
    # A sensitive value does not belong on a screen or into a log.
    found = "" if field.privacy == "sensitive" else f"填的是“{text}”，"
    return f"{ledger.relative_path} 第{number}行「{field.name}」{found}不是{_BY_TYPE[field.type][1]}，无法编译。"
