"""Which registered row a submitted row is, where it has no 编号 or its table not all columns of the key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from xianjie.intake.clean import comparable
from xianjie.package import Ledger

Row = Sequence[str]


@dataclass(frozen=True)
class Sense:
    """How the rows of one table are compared with registered ones; all are positions in ledger.columns."""

    ledger: Ledger
    about: tuple[int, ...]  # the same in both rows, a blank being a value
    agreeing: tuple[int, ...] = ()  # the same, or blank in one of the rows
    proof: tuple[int, ...] = ()  # filled and the same: then `agreeing` does not matter

    @property
    def names(self) -> list[str]:
        """The columns by which rows are recognised."""
        return [self.ledger.columns[position] for position in self.about]

    def subject(self, row: Row) -> tuple[str, ...]:
        """What a row is about."""
        return said(self.ledger, row, self.about)

    def against(self, one: Row, other: Row) -> list[str]:
        """The columns that say of two rows about one subject that they are two things; none where they may be one."""
        fields = self.ledger.fields
        if any(one[position] and one[position] == other[position] for position in self.proof):
            return []
        return [
            fields[position].name
            for position in self.agreeing
            if one[position]
            and other[position]
            and comparable(fields[position], one[position]) != comparable(fields[position], other[position])
        ]


def said(ledger: Ledger, row: Row, positions: Iterable[int]) -> tuple[str, ...]:
    """Some cells of a row, for comparison."""
    return tuple(comparable(ledger.fields[position], row[position]) for position in positions)


def unnumbered(ledger: Ledger, given: Collection[int]) -> Sense | None:
    """For rows whose 编号 was made up: what the number was made of, and no contradiction elsewhere.

    A column that the table does not have is not compared, except days and months: payments and loans come again and
    again, and nothing else tells one from the next.
    """
    if not ledger.numbering:
        return None
    numbering, index = ledger.numbering, ledger.columns.index
    names = dict.fromkeys((*numbering.sources, *ledger.key))
    names.pop(numbering.field, None)
    about = tuple(
        index(name) for name in names if index(name) in given or ledger.by_name[name].type in ("date", "yearmonth")
    )
    skipped = {numbering.field, *numbering.changes, *names}
    agreeing = tuple(position for position in given if ledger.columns[position] not in skipped)
    return Sense(ledger, about, agreeing, tuple(map(index, numbering.proof)))


def half_keyed(ledger: Ledger, given: Collection[int]) -> Sense | None:
    """For tables that lack columns of the ledger's key (险种, 参保起): the key columns that they have."""
    positions = [ledger.columns.index(name) for name in ledger.key]
    about = tuple(position for position in positions if position in given)
    return Sense(ledger, about) if about and len(about) < len(positions) else None


def identical(
    ledger: Ledger, rows: Sequence[Row], submitted: dict[int, list[str]], positions: Sequence[int], used: set[int]
) -> dict[int, int]:
    """Index of a submitted row -> index of a row that says the same at `positions`; each is used once."""
    free: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in range(len(rows) - 1, -1, -1):
        if index not in used:
            free[said(ledger, rows[index], positions)].append(index)
    places = {}
    for index, row in submitted.items():
        if candidates := free.get(said(ledger, row, positions)):
            places[index] = candidates.pop()
    return places


def pairs(sense: Sense, rows: Sequence[Row], submitted: dict[int, list[str]], used: Collection[int]) -> dict[int, int]:
    """Index of a submitted row -> index of the registered row that it is, where there is no doubt about it.

    There is none where only one row may be it and it may be no other's; several registered rows that say the same
    are as good as one (two payments to be made, both then made). Everything else stays unpaired.
    """
    at: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if index not in used and any(row[position] for position in sense.about):
            at[sense.subject(row)].append(index)
    candidates: dict[int, list[int]] = {}
    wanted: dict[int, int] = defaultdict(int)
    for index, row in submitted.items():
        fitting = [place for place in at.get(sense.subject(row), ()) if not sense.against(row, rows[place])]
        if fitting:
            candidates[index] = fitting
            for place in fitting:
                wanted[place] += 1
    number = sense.ledger.numbering.field if sense.ledger.numbering else None
    content = [position for position, name in enumerate(sense.ledger.columns) if name != number]
    places: dict[int, int] = {}
    free = dict.fromkeys(wanted)
    for index, fitting in candidates.items():
        alike = len(fitting) == 1 or len({said(sense.ledger, rows[place], content) for place in fitting}) == 1
        if alike and all(wanted[place] <= len(fitting) for place in fitting):
            places[index] = next(place for place in fitting if place in free)
            del free[places[index]]
    return places
