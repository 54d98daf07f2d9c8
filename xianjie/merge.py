"""What a ledger looks like once submissions have been put into it; `check` validates it and `import` writes it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xianjie.intake.dates import deadline_date
from xianjie.matching import Sense, half_keyed, identical, pairs, unnumbered
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


RECOGNISED = "recognised"  # a row without its key was taken for the row `other`
ANOTHER = "another"  # appended: about the same as `other`, but `differing` says that it is another one
UNCLEAR = "unclear"  # appended: `other` and further ones may be it, or another row claims `other` too
ALIKE = "alike"  # appended: the same as `other` but for `differing`, which belongs to the key


@dataclass(frozen=True)
class Remark:
    """What the person who sends a row should know about how it was put in."""

    kind: str
    submission: int
    row: int  # index in the submission's rows
    place: int  # where that row stands now, as an index in the merged rows
    other: int  # the row that it resembles; with "recognised", where it stands
    names: tuple[str, ...]  # the columns that are the same
    differing: tuple[str, ...] = ()


@dataclass
class Merged:
    """A ledger's rows after the submissions, and where each came from."""

    ledger: Ledger
    rows: list[list[str]]  # in the order of ledger.columns
    origins: dict[int, list[tuple[int, int]]] = field(default_factory=dict)  # index in rows -> (submission, row)
    counts: list[Counts] = field(default_factory=list)  # one a submission
    remarks: list[Remark] = field(default_factory=list)

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
    Rows without a 编号 of their own, and those of tables without all columns of the key, change the row that they
    are beyond doubt (see matching). All others are appended; so is a second row for a row that was spoken for, and
    validation finds the double key. Columns that a submission does not have keep their value in a changed row and
    are empty in a new one.
    """
    merged = Merged(ledger, [list(row) for row in existing])
    positions = [ledger.columns.index(name) for name in ledger.primary_key or ledger.key]
    at_key: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(merged.rows):
        at_key[_part(row, positions)].append(index)
    tables = [_Table(ledger, submission) for submission in submissions]
    wanted = Counter(
        key for key, _ in {(_part(row, positions), tuple(row)) for table in tables for row in table.own.values()}
    )

    def known(key: tuple[str, ...]) -> int | None:
        """Index of the row that a key stands for."""
        rows = at_key.get(key, ())
        sure = bool(ledger.primary_key) or (len(rows) == 1 and wanted[key] == 1)
        return rows[0] if rows and sure and any(key) else None

    for number, table in enumerate(tables):
        same = identical(ledger, merged.rows, table.own, table.given, set())
        same |= identical(ledger, merged.rows, table.loose, table.compared, set(same.values()))
        taken = {*same.values(), *merged.origins}
        places: dict[int, int] = {}
        for index, row in table.own.items():
            place = known(_part(row, positions))
            if index not in same and place is not None and place not in taken:
                places[index] = place
                taken.add(place)
        for sense, rows in ((table.unnumbered, table.loose), (table.half_keyed, table.own)):
            if sense:
                unknown = {index: row for index, row in rows.items() if index not in same and index not in places}
                found = pairs(sense, merged.rows, unknown, taken)
                merged.remarks += [
                    Remark(RECOGNISED, number, index, place, place, tuple(sense.names))
                    for index, place in found.items()
                ]
                places |= found
                taken |= {*found.values()}
        _put(merged, number, table, same, places)
    _find_alike(merged)
    return merged


class _Table:
    """A submission's rows: `own` name their key themselves, for `loose` ones the 编号 was made up."""

    def __init__(self, ledger: Ledger, submission: Submission) -> None:
        rows = [[row.values.get(name, "") for name in ledger.columns] for row in submission.rows]
        loose = [row.number in submission.numbered for row in submission.rows]
        self.rows = rows
        self.own = {index: row for index, row in enumerate(rows) if not loose[index]}
        self.loose = {index: row for index, row in enumerate(rows) if loose[index]}
        self.given = _given(ledger, submission)
        self.unnumbered = unnumbered(ledger, self.given) if self.loose else None
        self.half_keyed = half_keyed(ledger, self.given)
        # What loose rows say; the 编号 that was made for them is not theirs.
        made = ledger.columns.index(ledger.numbering.field) if ledger.numbering else None
        self.told = [position for position in self.given if position != made]
        about = self.unnumbered.about if self.unnumbered else ()
        self.compared = sorted({*self.told, *about})


def _put(merged: Merged, number: int, table: _Table, same: dict[int, int], places: dict[int, int]) -> None:
    """Change and append rows, in file order, and note where each row stands."""
    ledger = merged.ledger
    counts = Counts()
    numbers = Numbers(merged) if table.loose and ledger.primary_key else None
    rivals: dict[tuple[str, ...], list[int]] = defaultdict(list)
    if table.unnumbered:
        # A row that another row of the same table speaks for is told apart by the table itself.
        spoken_for = {*same.values(), *places.values()}
        for index, row in enumerate(merged.rows):
            if index not in spoken_for:
                rivals[table.unnumbered.subject(row)].append(index)
    for index, row in enumerate(table.rows):
        if index in same:
            place = same[index]
            counts.same += 1
        elif index in places:
            place = places[index]
            told = table.told if index in table.loose else table.given
            merged.rows[place] = _updated(ledger, merged.rows[place], row, told)
            counts.changed += 1
        else:
            place = len(merged.rows)
            if index in table.loose and numbers:
                row = numbers.free(row)
            merged.rows.append(row)
            counts.new += 1
            if index in table.loose and table.unnumbered and (others := rivals.get(table.unnumbered.subject(row))):
                kind, other = _rival(merged, table.unnumbered, row, others)
                names, differing = table.unnumbered.names, table.unnumbered.against(row, merged.rows[other])
                merged.remarks.append(Remark(kind, number, index, place, other, tuple(names), tuple(differing)))
        merged.origins.setdefault(place, []).append((number, index))
    merged.counts.append(counts)


def _rival(merged: Merged, sense: Sense, row: Sequence[str], others: Sequence[int]) -> tuple[str, int]:
    """Why a new row is none of the rows that were there and are about the same, and the first of those."""
    unclear = [place for place in others if not sense.against(row, merged.rows[place])]
    return (UNCLEAR, unclear[0]) if unclear else (ANOTHER, others[0])


class Numbers:
    """The 编号 of a ledger, to keep those that are made up apart."""

    def __init__(self, merged: Merged) -> None:
        self.position = merged.ledger.columns.index(merged.ledger.primary_key[0])
        self.used = {row[self.position] for row in merged.rows}

    def free(self, row: list[str]) -> list[str]:
        """The row with a number that no other has: H0a…, H0a…-2, H0a…-3."""
        made = row[self.position]
        base, last = re.fullmatch(r"(.*?)(?:-([0-9]+))?", made).groups()
        following = int(last or 1)
        while made in self.used:
            following += 1
            made = f"{base}-{following}"
        self.used.add(made)
        return [*row[: self.position], made, *row[self.position + 1 :]]


def _find_alike(merged: Merged) -> None:
    """New rows that agree with an earlier one in what two things never share, and differ in the key."""
    ledger = merged.ledger
    if not ledger.alike:
        return
    alike = [ledger.columns.index(name) for name in ledger.alike]
    key = [ledger.columns.index(name) for name in ledger.key]
    first: dict[tuple[str, ...], int] = {}
    new = len(merged.rows) - sum(counts.new for counts in merged.counts)
    for place, row in enumerate(merged.rows):
        shared = _part(row, alike)
        other = first.setdefault(shared, place) if all(shared) else place
        differing = [position for position in key if row[position] != merged.rows[other][position]]
        if place >= new and differing:
            names = tuple(ledger.columns[position] for position in differing)
            number, index = merged.origins[place][0]
            merged.remarks.append(Remark(ALIKE, number, index, place, other, ledger.alike, names))


def _part(row: Sequence[str], positions: Sequence[int]) -> tuple[str, ...]:
    return tuple(row[position] for position in positions)


def _given(ledger: Ledger, submission: Submission) -> list[int]:
    """Positions of the columns that the submission says something about."""
    names = {column.field.name for column in submission.columns if column.field} | set(submission.filled)
    filled = {name for row in submission.rows for name, value in row.values.items() if value}
    # A column of the key in which nothing stands says nothing: nobody means to empty the 险种 of all lines.
    names -= {name for name in ledger.key if not ledger.by_name[name].required and len(ledger.key) > 1}
    names |= filled  # numbers that were assigned and dates that were derived have no column of their own
    return [position for position, name in enumerate(ledger.columns) if name in names]


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
