"""What merging found out about submitted rows, as sentences. The words stand in messages.json."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from xianjie.merge import ALIKE, RECOGNISED, Merged, Remark
from xianjie.notes import REPAIR, WARNING, Note, cell_address
from xianjie.sentences import messages, shown

if TYPE_CHECKING:
    from xianjie.intake import Submission


def row_beside(table: Merged, own: Sequence[Submission], index: int) -> str:
    """A row of the merged ledger as the person who sent a file finds it."""
    if index in table.origins:
        number, row = table.origins[index][0]
        submission = own[number]
        return f"{submission.place(submission.rows[row].number)} "
    return registered_row(table, index)


def registered_row(table: Merged, index: int) -> str:
    """A row of the ledger's file."""
    return f"已登记的 {table.ledger.relative_path} 第{index + 2}行"


def remark_notes(table: Merged, own: Sequence[Submission]) -> Iterator[tuple[int, Note]]:
    """(submission, note): a warning for each doubtful row, one note for all rows that were recognised."""
    recognised: dict[int, list[Remark]] = defaultdict(list)
    for remark in table.remarks:
        if remark.kind == RECOGNISED:
            recognised[remark.submission].append(remark)
        else:
            yield remark.submission, _doubt(table, own, remark)
    for number, found in recognised.items():
        yield number, _recognised(table, own[number], found)


def _doubt(table: Merged, own: Sequence[Submission], remark: Remark) -> Note:
    submission, ledger = own[remark.submission], table.ledger
    row = submission.rows[remark.row]
    new = dict(zip(ledger.columns, table.rows[remark.place], strict=True))
    other = dict(zip(ledger.columns, table.rows[remark.other], strict=True))
    field = ledger.numbering.field if ledger.numbering else ledger.key[0]
    differing = "、".join(
        f"「{name}」（这一行是“{shown(new[name])}”，那一行是“{shown(other[name])}”）" for name in remark.differing
    )
    at = remark.differing[0] if remark.kind == ALIKE else field
    column = submission.column_of(at)
    template = messages()["remarks"][remark.kind]
    words = {
        "place": submission.place(row.number, at if column else None),
        "other": row_beside(table, own, remark.other).strip(),
        "same": "、".join(name for name in remark.names if other[name]),
        "differing": differing,
        "field": field,
        "number": new[field],
        "theirs": other[field],
    }
    remedy = template["remedy"].format(**words)
    return Note(
        severity=WARNING,
        type=remark.kind,
        message=template["message"].format(**words, remedy=remedy),
        file=submission.file,
        sheet=submission.sheet,
        row=row.number,
        field_number=column.number if column else None,
        field_name=at,
        cell=new[at],
        address=cell_address(row.number, column.number if column else None),
        remedy=remedy,
        sensitive=True,  # two whole rows stand in it
    )


def _recognised(table: Merged, submission: Submission, found: list[Remark]) -> Note:
    from xianjie.intake.say import row_list

    ledger, first = table.ledger, found[0]
    rows = [submission.rows[one.row].number for one in found]
    absent = "、".join(f"「{name}」" for name in ledger.key if name not in first.names) or f"「{ledger.key[0]}」"
    words = {
        "place": submission.place(),
        "rows": row_list(rows),
        "count": len(rows),
        "absent": absent,
        "same": "、".join(first.names),
        "first": rows[0],
        "other": registered_row(table, first.other),
    }
    message = messages()["recognised"].format(**words)
    return Note(REPAIR, RECOGNISED, message, submission.file, submission.sheet, rows[0], count=len(rows))
