"""What is said about a cell, a heading or a file: errors, warnings and repairs, all in one form."""

from __future__ import annotations

from dataclasses import dataclass

ERROR = "error"  # blocks
WARNING = "warning"  # a doubt; never blocks
REPAIR = "repair"  # what intake put right by itself


@dataclass(frozen=True)
class Note:
    """One error, warning or repair.

    `message` is the whole Chinese sentence, place included; the other attributes are its parts for machines.
    """

    severity: str  # ERROR, WARNING or REPAIR
    type: str  # Frictionless' error type where there is one, else ours ("damaged-ids", "doubt-id-number" …)
    message: str
    file: str
    sheet: str | None = None
    row: int | None = None  # 1-based row in the file as sent
    field_number: int | None = None  # 1-based column in the file as sent
    field_name: str | None = None  # the ledger's field
    cell: str = ""  # the value found
    address: str | None = None  # "C7"
    remedy: str = ""  # what to write instead, Chinese
    count: int = 1  # how many cells or rows an aggregated note stands for
    sensitive: bool = False  # the message repeats what stands in a column that says something about a person


def column_letters(number: int) -> str:
    """1 -> A, 27 -> AA: a column's letters in Excel."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_address(row: int | None, column: int | None) -> str | None:
    """ "C7" for row 7, column 3; None where either is not known."""
    return f"{column_letters(column)}{row}" if row and column else None


def place(
    file: str, sheet: str | None = None, row: int | None = None, column: int | None = None, heading: str = ""
) -> str:
    """The beginning of every sentence: 残疾人证.csv 第9行 F9「残疾级别」, with the sheet where the file has sheets."""
    text = f"{file}「{sheet}」" if sheet else file
    if row:
        text += f" 第{row}行"
        address = cell_address(row, column)
        if address:
            text += f" {address}"
    if heading:
        text += f"「{heading}」" if row else f" 「{heading}」"
    return text
