"""A submitted table after it was read and normalised: what would stand in csv/, and where each value came from."""

from __future__ import annotations

from dataclasses import dataclass, field

from xianjie.notes import ERROR, Note, place
from xianjie.package import Field, Ledger


class IntakeError(Exception):
    """The file cannot be read, or nobody can tell which ledger it is; the text is a Chinese sentence."""


@dataclass(frozen=True)
class SubmittedColumn:
    """One column of the file; `field` is None for 序号 and other columns that the ledger does not know."""

    field: Field | None
    heading: str  # as the clerk wrote it, spaces and line breaks removed; the parts of a merged heading joined by /
    number: int  # 1-based column in the file


@dataclass(frozen=True)
class SubmittedRow:
    """One row of data."""

    number: int  # 1-based row in the file; in a CSV the record's number, as Excel counts it
    values: dict[str, str]  # every field of the ledger -> normalised value; "" is missing
    originals: dict[str, str]  # fields that have a column in the file -> the value as sent


@dataclass
class Submission:
    """One table: a CSV, or one sheet of a workbook."""

    file: str  # the file's name, without folders
    sheet: str | None  # None for CSV
    ledger: Ledger
    encoding: str | None  # of a CSV: utf-8, gb18030 …
    heading_rows: tuple[int, int]  # first and last row of the heading
    columns: list[SubmittedColumn] = field(default_factory=list)
    rows: list[SubmittedRow] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)  # what intake itself found
    skipped: dict[str, list[int]] = field(default_factory=dict)  # kind in Chinese (空行, 合计 …) -> row numbers
    filled: dict[str, tuple[str, str]] = field(default_factory=dict)  # field -> (value, where it came from)
    numbered: set[int] = field(default_factory=set)  # rows (by number) whose 编号 was made up
    refused: bool = False  # as a whole: `notes` says why, `rows` is empty
    missing: set[str] = field(default_factory=set)
    """Required fields without a column, already reported once on the heading: no more errors on their cells."""
    reported: set[tuple[int, str]] = field(default_factory=set)
    """(row, field) of cells on which intake has already reported an error: the engine's error would repeat it."""

    def column_of(self, field_name: str) -> SubmittedColumn | None:
        """The column that a field was read from, None where it has none."""
        return next((column for column in self.columns if column.field and column.field.name == field_name), None)

    def place(self, row: int | None = None, field_name: str | None = None) -> str:
        """The beginning of a sentence about a row or cell of this table, with the heading as the clerk wrote it."""
        column = self.column_of(field_name) if field_name else None
        heading = column.heading if column else (field_name or "")
        return place(self.file, self.sheet, row, column.number if column else None, heading)

    @property
    def errors(self) -> list[Note]:
        return [note for note in self.notes if note.severity == ERROR]
