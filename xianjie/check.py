"""`check`: the package's own ledgers, strictly, or files as clerks send them, after intake has normalised them."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xianjie.files import csv_text
from xianjie.identifiers import doubts_of
from xianjie.merge import Merged, MergeError, merge, read_ledger
from xianjie.notes import ERROR, Note
from xianjie.order import package_warnings, submission_warnings
from xianjie.package import Ledger, Package
from xianjie.remarks import remark_notes, row_beside
from xianjie.report import Report, Task
from xianjie.sentences import Spot, earlier_row, error_note, remedies, warning_note
from xianjie.validate import CellError, validate

if TYPE_CHECKING:
    from xianjie.intake import Submission, SubmittedRow

# Of several errors on one cell the clerk is told the first: correcting it settles the others or shows them.
PRECEDENCE = ("type-error", "constraint-error", "unique-error", "primary-key", "foreign-key")
LONGEST_CELL = 10_000_000  # the csv module's own limit is smaller than a report pasted into one cell


@dataclass
class Examination:
    """A check of submitted files with what `import` needs to go on."""

    report: Report
    submissions: list[Submission]
    merged: dict[str, Merged]  # by ledger, as it would be after the import


def check_package(package: Package, as_of: str) -> Report:
    """Check the package's CSVs exactly as Frictionless does; doubts about identifiers are warnings.

    `as_of` (YYYY-MM-DD) bounds the birth dates of identity numbers. A missing or undecodable CSV is an error.
    """
    found: dict[str, list[CellError]] = defaultdict(list)
    for error in validate(package):
        found[error.ledger].append(error)
    explain = remedies(package)
    tasks = []
    for ledger in package.ledgers.values():
        records, lines, torn = _records(ledger)
        notes = []
        for error in found[ledger.name]:
            earlier = earlier_row(error)
            spot = Spot(
                file=ledger.relative_path,
                row=error.row,
                field_number=error.field_number,
                heading=error.field_name or "",
                cell=error.cell,
                other=f"第{earlier}行" if earlier else "",
            )
            notes.append(error_note(ledger, error, spot, explain))
        notes.extend(_doubts(ledger, records, as_of))
        notes.extend(package_warnings(ledger, records))
        if torn:
            spot = Spot(ledger.relative_path, row=torn)
            notes.append(warning_note("unterminated-quote", "unterminated-quote", spot))
        labels = records[0] if records else []
        rows = max(len(records) - 1, 0)
        tasks.append(
            Task(ledger.name, ledger.title, ledger.path, ledger.relative_path, None, rows, labels, notes, lines)
        )
    return Report(tasks, submitted=False)


def check_files(package: Package, paths: Sequence[Path], ledger: str | None = None) -> Report:
    """Check files as sent (CSV, XLSX, XLS) against the package: its ledgers and the other files give the context.

    `ledger` names the ledger where file and headings do not tell. Raises MergeError where the package's own
    ledgers are in a state in which nothing can be said about the files.
    """
    return examine(package, paths, ledger).report


def examine(package: Package, paths: Sequence[Path], ledger: str | None = None) -> Examination:
    """check_files, with the normalised submissions and the ledgers as they would be with them."""
    from xianjie.intake import IntakeError, read_submissions

    outcomes: list[tuple[Path, Submission | Task]] = []
    for path in paths:
        try:
            outcomes.extend((path, submission) for submission in read_submissions(package, path, ledger))
        except IntakeError as error:
            outcomes.append((path, _unreadable(path, str(error))))
    submissions = [one for _, one in outcomes if not isinstance(one, Task)]
    merged = {}
    for one in package.ledgers.values():
        own = [submission for submission in submissions if submission.ledger.name == one.name]
        if any(not submission.refused for submission in own):
            merged[one.name] = merge(one, read_ledger(one), own)
    notes = _submission_errors(package, submissions, merged)
    for table in merged.values():
        own = [one for one in submissions if one.ledger.name == table.ledger.name]
        for number, note in remark_notes(table, own):
            notes[id(own[number])].append(note)
    tasks = [one if isinstance(one, Task) else _task(path, one, notes[id(one)]) for path, one in outcomes]
    return Examination(Report(tasks, submitted=True), submissions, merged)


def _unreadable(path: Path, sentence: str) -> Task:
    note = Note(ERROR, "unreadable", sentence, path.name)
    return Task("", "", path, path.name, notes=[note], unreadable=True)


def _task(path: Path, submission: Submission, found: list[Note]) -> Task:
    ledger = submission.ledger
    labels = [column.heading for column in submission.columns]
    notes = [*submission.notes, *found, *submission_warnings(submission)]
    lines = None
    if submission.encoding:
        lines = record_lines(path.read_bytes().decode(submission.encoding, "replace"))[1]
    rows = len(submission.rows)
    return Task(ledger.name, ledger.title, path, submission.file, submission.sheet, rows, labels, notes, lines)


def record_lines(text: str) -> tuple[list[list[str]], list[int], int | None]:
    """Records of a CSV, the physical line (1-based) of each, and the line of a quote that is never closed.

    Lines and records differ where cells hold line breaks.
    """
    csv.field_size_limit(LONGEST_CELL)
    records, lines = [], []
    reader = csv.reader(io.StringIO(text, newline=""))
    line = 1
    try:
        for record in reader:
            records.append(record)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error:  # what cannot be read is the validation's to report
        return records, lines, None
    return records, lines, lines[-1] if records and _is_torn(text, lines[-1]) else None


def _is_torn(text: str, last: int) -> bool:
    """Whether the last record, which begins on line `last`, ends inside a quoted cell."""
    if text.count('"') % 2 == 0:
        return False
    stream = io.StringIO(text, newline="")
    for _ in range(last - 1):
        stream.readline()
    try:
        list(csv.reader(stream, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _records(ledger: Ledger) -> tuple[list[list[str]], list[int], int | None]:
    try:
        return record_lines(ledger.path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return [], [], None


def _doubts(ledger: Ledger, records: list[list[str]], as_of: str) -> Iterator[Note]:
    """Warnings on the identifiers of a ledger whose headings are in order."""
    checked = [field for field in ledger.fields if field.check]
    if not checked or not records or records[0] != ledger.columns:
        return
    for number, record in enumerate(records[1:], start=2):
        row = dict(zip(ledger.columns, record, strict=False))
        for field in checked:
            value = row.get(field.name, "")
            if value and (doubt := doubts_of(field.check or "", value, row, as_of)):
                spot = Spot(
                    file=ledger.relative_path,
                    row=number,
                    field_number=ledger.columns.index(field.name) + 1,
                    heading=field.name,
                    cell=value,
                )
                yield warning_note("doubt", f"doubt-{(field.check or '').replace('_', '-')}", spot, doubt, field)


def _submission_errors(
    package: Package, submissions: list[Submission], merged: dict[str, Merged]
) -> dict[int, list[Note]]:
    """Validate the ledgers as they would be, and give each error to the submitted rows that it is about."""
    notes: dict[int, list[Note]] = defaultdict(list)
    explain = remedies(package)
    with tempfile.TemporaryDirectory(prefix="xianjie-") as folder:
        tables = {}
        for name, table in merged.items():
            tables[name] = Path(folder) / f"{name}.csv"
            tables[name].write_bytes(csv_text(table.ledger.columns, table.rows).encode("utf-8"))
        errors = validate(package, tables, only=merged.keys())
    for error in errors:
        if error.ledger not in merged:
            ledger = package[error.ledger]
            sentence = error_note(ledger, error, Spot(ledger.relative_path, row=error.row), explain).message
            raise MergeError(f"数据包自己的台账读不出来，没法核对报送文件。{sentence}")
    told: dict[tuple[int, int, str], int] = {}
    filled: dict[tuple[int, str, str], tuple[CellError, Spot]] = {}
    for error in sorted(errors, key=_precedence):
        table = merged[error.ledger]
        own = [one for one in submissions if one.ledger.name == error.ledger]
        for number, index, other in _about(table, error):
            submission = own[number]
            row = submission.rows[index]
            field = error.field_name or ""
            if (row.number, field) in submission.reported or field in submission.missing:
                continue
            if told.setdefault((id(submission), row.number, field), id(error)) != id(error):
                continue
            spot = _spot(submission, row, error, "" if other is None else row_beside(table, own, other))
            if spot.source:
                key = (id(submission), field, error.type)
                before = filled.get(key)
                filled[key] = (error, replace(spot, count=before[1].count + 1 if before else 1))
            else:
                notes[id(submission)].append(error_note(table.ledger, error, spot, explain))
    for (owner, _, _), (error, spot) in filled.items():
        notes[owner].append(error_note(package[error.ledger], error, spot, explain))
    return notes


def _precedence(error: CellError) -> int:
    return PRECEDENCE.index(error.type) if error.type in PRECEDENCE else len(PRECEDENCE)


def _about(table: Merged, error: CellError) -> Iterator[tuple[int, int, int | None]]:
    """(submission, row, index of the row it collides with) for the submitted rows that an error concerns.

    A collision is the submitted row's even where the row that was there before comes later in the ledger.
    """
    if error.row is None:
        return
    index, earlier = error.row - 2, earlier_row(error)
    other = earlier - 2 if earlier else None
    if index not in table.origins and other is not None:
        index, other = other, index
    for number, row in table.origins.get(index, ()):
        yield number, row, other


def _spot(submission: Submission, row: SubmittedRow, error: CellError, other: str) -> Spot:
    field = error.field_name or ""
    column = submission.column_of(field)
    value = row.values.get(field, "")
    if column is None and field in submission.filled:
        return Spot(
            file=submission.file,
            sheet=submission.sheet,
            row=submission.heading_rows[1],
            cell=value,
            source=submission.filled[field][1],
        )
    return Spot(
        file=submission.file,
        sheet=submission.sheet,
        row=row.number,
        field_number=column.number if column else None,
        heading=column.heading if column else field,
        cell=row.originals.get(field) or value,
        other=other,
    )
