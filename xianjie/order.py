"""Days and months that come in pairs: what ends before it begins is a doubt, in the package and in submitted files.

Which columns belong together stands in the schemas: "order": [["所属期起", "所属期止"]].
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from xianjie.notes import Note
from xianjie.package import Ledger
from xianjie.sentences import Spot, warning_note

if TYPE_CHECKING:
    from xianjie.intake import Submission

_DAY_OR_MONTH = re.compile("[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


def reversed_pairs(ledger: Ledger, row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(start, end) of the pairs in which the end lies before the start; what is no ISO date is not compared."""
    for start, end in ledger.order:
        first, last = row.get(start, ""), row.get(end, "")
        comparable = len(first) == len(last) and _DAY_OR_MONTH.fullmatch(first) and _DAY_OR_MONTH.fullmatch(last)
        if comparable and last < first:
            yield start, end


def package_warnings(ledger: Ledger, records: Sequence[Sequence[str]]) -> Iterator[Note]:
    """Warnings on the rows of a ledger whose headings are in order."""
    if not ledger.order or not records or list(records[0]) != ledger.columns:
        return
    for number, record in enumerate(records[1:], start=2):
        row = dict(zip(ledger.columns, record, strict=False))
        for start, end in reversed_pairs(ledger, row):
            place = ledger.columns.index(end) + 1
            spot = Spot(ledger.relative_path, None, number, place, end, row[end])
            yield _warning(ledger, spot, start, row[start], end)


def submission_warnings(submission: Submission) -> Iterator[Note]:
    """Warnings on the rows of a submitted table, with the values as sent."""
    for row in submission.rows:
        for start, end in reversed_pairs(submission.ledger, row.values):
            column = submission.column_of(end)
            spot = Spot(
                submission.file,
                submission.sheet,
                row.number,
                column.number if column else None,
                column.heading if column else end,
                row.originals.get(end) or row.values[end],
            )
            yield _warning(submission.ledger, spot, start, row.originals.get(start) or row.values[start], end)


def _warning(ledger: Ledger, spot: Spot, start: str, first: str, end: str) -> Note:
    # Of the two columns the more sensitive one decides whether the sentence may be repeated.
    named = max(ledger.by_name[end], ledger.by_name[start], key=lambda field: field.privacy == "sensitive")
    note = warning_note("order", "order", spot, f"比「{start}」的“{first}”还早", named)
    return replace(note, field_name=end)
