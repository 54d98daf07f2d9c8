"""Notes about a submission: one sentence each, repairs gathered by column and kind."""

from __future__ import annotations

from dataclasses import dataclass

from xianjie.intake.cells import REPAIRS
from xianjie.intake.submission import Submission
from xianjie.notes import ERROR, REPAIR, WARNING, Note, cell_address, column_letters, place

LISTED = 8  # row numbers named in one sentence


def shorten(text: str, length: int = 40) -> str:
    """A value inside a sentence."""
    flat = text.replace("\n", " ")
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def row_list(rows: list[int]) -> str:
    """第3、5行, or 第3、5、…等20行."""
    listed = "、".join(str(row) for row in rows[:LISTED])
    return f"第{listed}行" if len(rows) <= LISTED else f"第{listed}…等{len(rows)}行"


def _say(
    submission: Submission,
    severity: str,
    kind: str,
    message: str,
    row: int | None = None,
    number: int | None = None,
    field_name: str | None = None,
    cell: str = "",
    remedy: str = "",
    count: int = 1,
    sensitive: bool = False,
) -> None:
    submission.notes.append(
        Note(
            severity=severity,
            type=kind,
            message=message,
            file=submission.file,
            sheet=submission.sheet,
            row=row,
            field_number=number,
            field_name=field_name,
            cell=cell,
            address=cell_address(row, number),
            remedy=remedy,
            count=count,
            sensitive=sensitive,
        )
    )


def _is_sensitive(submission: Submission, field_name: str) -> bool:
    return submission.ledger.by_name[field_name].privacy == "sensitive"


def _number(submission: Submission, field_name: str) -> int | None:
    column = submission.column_of(field_name)
    return column.number if column else None


def cell_error(submission: Submission, row: int, field_name: str, value: str, why: tuple[str, str, str]) -> None:
    """An error of intake's own on a cell; the engine's errors on it are then left out."""
    kind, cause, remedy = why
    message = f"{submission.place(row, field_name)}填的是“{shorten(value)}”，{cause}，{remedy}。"
    sensitive = _is_sensitive(submission, field_name)
    number = _number(submission, field_name)
    _say(submission, ERROR, kind, message, row, number, field_name, value, remedy, sensitive=sensitive)
    submission.reported.add((row, field_name))


def row_error(submission: Submission, row: int, number: int, kind: str, value: str, cause: str, remedy: str) -> None:
    """An error on a row as a whole, pointing at column `number`."""
    message = f"{place(submission.file, submission.sheet, row, number)} {cause}，{remedy}。"
    _say(submission, ERROR, kind, message, row, number, None, value, remedy, sensitive=bool(value))


def cell_warning(submission: Submission, kind: str, row: int, field_name: str, value: str, doubt: str) -> None:
    """A doubt about a value: never blocks."""
    message = f"{submission.place(row, field_name)}“{shorten(value)}”{doubt}。"
    remedy = "请核对；确实无误的可以照此登记"
    sensitive = _is_sensitive(submission, field_name)
    number = _number(submission, field_name)
    _say(submission, WARNING, kind, message, row, number, field_name, value, remedy, sensitive=sensitive)


def heading_note(
    submission: Submission,
    severity: str,
    kind: str,
    text: str,
    remedy: str = "",
    *,
    column: tuple[int, str] | None = None,
    field_name: str | None = None,
    count: int = 1,
) -> None:
    """A note on the heading: of a column (its number and heading), or (None) of one that is not there.

    `text` and `remedy` have no full stop.
    """
    number, heading = column or (None, "")
    row = submission.heading_rows[1]
    where = place(submission.file, submission.sheet, row, number, heading)
    message = f"{where}{'' if heading else ' '}{text}{'，' + remedy if remedy else ''}。"
    _say(submission, severity, kind, message, row, number, field_name, heading, remedy, count)


def table_note(submission: Submission, severity: str, kind: str, text: str, rows: list[int] | None = None) -> None:
    """A note on the whole table or on some of its rows."""
    message = f"{place(submission.file, submission.sheet)} {text}。"
    _say(submission, severity, kind, message, rows[0] if rows else None, count=len(rows) if rows else 1)


@dataclass
class Repair:
    """All repairs of one kind in one column."""

    count: int
    row: int  # of the first
    before: str
    after: str


class Repairs:
    """Gathers repairs while a table is normalised."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], Repair] = {}

    def add(self, field_name: str, kind: str, row: int, before: str, after: str) -> None:
        """Count one more; only the first is shown."""
        known = self.found.get((field_name, kind))
        if known:
            known.count += 1
        else:
            self.found[field_name, kind] = Repair(1, row, before, after)

    def say(self, submission: Submission, details: dict[str, str]) -> None:
        """One note per column and kind, in the order of the columns. `details` adds words to a kind's text."""
        numbers = {column.field.name: column.number for column in submission.columns if column.field}
        for (name, kind), one in sorted(self.found.items(), key=lambda item: (numbers.get(item[0][0], 0), item[0][1])):
            number = numbers.get(name)
            column = submission.column_of(name)
            heading = column.heading if column else name
            address = cell_address(one.row, number)
            where = place(submission.file, submission.sheet)
            letters = f" {column_letters(number)}列" if number else " "
            what = REPAIRS[kind] + details.get(f"{name}/{kind}", "")
            shown = f"“{shorten(one.before)}”→“{shorten(one.after)}”" if one.after else f"“{shorten(one.before)}”→空"
            if kind == "merged":
                shown = f"“{shorten(one.after)}”"
            message = f"{where}{letters}「{heading}」{one.count}处{what}，首处 {address}：{shown}。"
            _say(submission, REPAIR, kind, message, one.row, number, name, one.before, "", one.count)
