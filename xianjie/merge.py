"""What a ledger looks like once submissions have been put into it; `check` validates it and `import` writes it."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xianjie.intake.clean import comparable
from xianjie.intake.dates import deadline_date
from xianjie.package import Ledger

if TYPE_CHECKING:
    from xianjie.intake.submission import Submission


class MergeError(Exception):
    """The package's own ledger is in a state into which nothing can be put; a Chinese sentence."""


@dataclass
class Counts:
    """How many rows of a submission are new, change a row that was there, or are there already."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass
class Merged:
    """A ledger's rows after the submissions, and where each came from."""

    ledger: Ledger
    rows: list[list[str]]  # in the order of ledger.columns
    origins: dict[int, list[tuple[int, int]]] = field(default_factory=dict)  # index in rows -> (submission, row)
    counts: list[Counts] = field(default_factory=list)  # one a submission

    @property
    def is_changed(self) -> bool:
        return any(counts.new or counts.changed for counts in self.counts)


def read_ledger(ledger: Ledger) -> list[list[str]]:
    """The data rows of the package's own CSV; none if there is no file yet.

    Raises MergeError where a rewrite would lose something: another encoding, other columns, rows too long or short.
    """
    try:
        text = ledger.path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError:
        raise MergeError(f"{ledger.relative_path} 不是 UTF-8 编码，请先另存为“CSV UTF-8”再登记。") from None
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if not rows or rows[0] != ledger.columns:
        raise MergeError(f"{ledger.relative_path} 的表头与 schemas 里的列不一致，请先运行 check 并改正，再登记。")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(ledger.columns):
            raise MergeError(f"{ledger.relative_path} 第{number}行的列数不对，请先运行 check 并改正，再登记。")
    return rows[1:]


def merge(ledger: Ledger, existing: Iterable[Sequence[str]], submissions: Sequence[Submission]) -> Merged:
    """Put the submissions' rows into the ledger's, in file order.

    A row that is there already stays as it is. A row whose primary key is there changes that row in place. Without a
    primary key the ledger's `key` serves, where it is there exactly once and the submissions give it to one row only.
    All others are appended; so is a second row for a row that was spoken for, and validation finds the double key.
    Columns that a submission does not have keep their value in a changed row and are empty in a new one.
    """
    merged = Merged(ledger, [list(row) for row in existing])
    positions = [ledger.columns.index(name) for name in ledger.primary_key or ledger.key]
    at_key: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(merged.rows):
        at_key[_part(row, positions)].append(index)
    wanted = Counter(
        key for key, _ in {(_part(row, positions), tuple(row)) for each in submissions for row in _rows(ledger, each)}
    )

    def known(key: tuple[str, ...]) -> int | None:
        """Index of the row that a key stands for."""
        rows = at_key.get(key, ())
        sure = bool(ledger.primary_key) or (len(rows) == 1 and wanted[key] == 1)
        return rows[0] if rows and sure and any(key) else None

    for number, submission in enumerate(submissions):
        counts = Counts()
        given = _given(ledger, submission)
        rows = _rows(ledger, submission)
        places = _identical(ledger, merged.rows, rows, given)
        taken = {*places.values(), *merged.origins}
        for index, row in enumerate(rows):
            place = known(_part(row, positions))
            if index in places:
                place = places[index]
                counts.same += 1
            elif place is not None and place not in taken:
                merged.rows[place] = _updated(ledger, merged.rows[place], row, given)
                taken.add(place)
                counts.changed += 1
            else:
                place = len(merged.rows)
                merged.rows.append(row)
                counts.new += 1
            merged.origins.setdefault(place, []).append((number, index))
        merged.counts.append(counts)
    return merged


def _part(row: Sequence[str], positions: Sequence[int]) -> tuple[str, ...]:
    return tuple(row[position] for position in positions)


def _rows(ledger: Ledger, submission: Submission) -> list[list[str]]:
    return [[row.values.get(name, "") for name in ledger.columns] for row in submission.rows]


def _given(ledger: Ledger, submission: Submission) -> list[int]:
    """Positions of the columns that the submission says something about."""
    names = {column.field.name for column in submission.columns if column.field} | set(submission.filled)
    # Numbers that were assigned and dates that were derived have no column of their own.
    names |= {name for row in submission.rows for name, value in row.values.items() if value}
    return [position for position, name in enumerate(ledger.columns) if name in names]


def _identical(ledger: Ledger, rows: list[list[str]], submitted: list[list[str]], given: list[int]) -> dict[int, int]:
    """Index of a submitted row -> index of a row that says the same already, each used once."""

    def said(row: list[str]) -> tuple[str, ...]:
        return tuple(comparable(ledger.fields[position], row[position]) for position in given)

    free: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in range(len(rows) - 1, -1, -1):
        free[said(rows[index])].append(index)
    places = {}
    for index, row in enumerate(submitted):
        if candidates := free.get(said(row)):
            places[index] = candidates.pop()
    return places


def _updated(ledger: Ledger, old: list[str], new: list[str], given: list[int]) -> list[str]:
    row = list(old)
    for position in given:
        row[position] = new[position]
    for item in ledger.fields:
        if item.derive and "deadline" in item.derive:
            own, source, told = map(ledger.columns.index, (item.name, item.derive["deadline"], item.derive["year"]))
            if row[source] != old[source] and row[own] == old[own]:
                # The date of the old deadline must not stand beside the new words.
                row[own] = deadline_date(row[source], row[told]) or ""
    return row
