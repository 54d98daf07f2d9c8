"""Excel workbooks: how all of ours are opened and filled, so that text stays text and the same input the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any

# A workbook states when it was made; a fixed day keeps its bytes the same.
MADE = datetime(2024, 1, 1)
HEAD = {"bold": True, "bg_color": "#EEF2F2", "border": 1, "border_color": "#B9C5C9"}  # of a heading
# Without these, a value that looks like a formula, an address or a number would become one.
_TEXT_STAYS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@contextmanager
def new_book(target: IO[bytes], **about: Any) -> Iterator[Any]:
    """An xlsxwriter.Workbook that is written to `target` at the end; `about` are its properties, title above all."""
    import xlsxwriter

    with xlsxwriter.Workbook(target, _TEXT_STAYS_TEXT) as book:
        book.set_properties({"created": MADE, **about})
        yield book


def fill(
    sheet: Any,
    columns: Sequence[str],
    rows: Iterable[Iterable[Any]],
    bold: Any,
    widths: Mapping[str, int],
    width: int,
) -> None:
    """A table from the first row on: headings that stay in view and filter, then the rows; `width` where none is given.

    Text stays text: an ID number as a number would lose its last digits.
    """
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, widths.get(column, width))
        sheet.write_string(0, place, column, bold)
    line = 0
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, place, value)
            elif value is not None:
                sheet.write_number(line, place, value)
    sheet.autofilter(0, 0, line, len(columns) - 1)


def fit_to_print(sheet: Any, heading_row: int = 0) -> None:
    """Across one page, lying, with the heading again on each."""
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading_row)
