"""Finding the heading in a grid, joining its merged rows, and telling which field each column is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from xianjie.intake.clean import UNITS, clean, half_width
from xianjie.intake.grid import Grid
from xianjie.package import Field, Ledger

_UNIT_TAIL = re.compile(r"[/,:]?(?:单位:?)?[亿万千百]?元$|[/,:](?:单位:?)?[亿万]$")
_BARE_UNIT = re.compile(r"(?:单位:?)?(?:[亿万千百]?元|[亿万])")
SEARCHED_ROWS = 40  # a heading stands under its title lines, not further down
MAX_DEPTH = 3


@dataclass(frozen=True)
class Match:
    """One column's heading matched to a field; a weak match is by the lowest part of a merged heading alone."""

    field: Field
    weak: bool


@dataclass(frozen=True)
class Outline:
    """1 to 3 rows of a grid read as a heading, before any ledger is asked."""

    first: int  # 1-based rows
    last: int
    parts: dict[int, tuple[str, ...]]  # column -> its heading from the top down
    whole: tuple[int, int]  # its rows, and those above and below with which its cells are merged


@dataclass(frozen=True)
class Heading:
    """A heading found for one ledger."""

    first: int  # 1-based rows
    last: int
    parts: dict[int, tuple[str, ...]]  # column -> its heading from the top down
    matches: dict[int, Match]  # column -> field

    @property
    def matched(self) -> int:
        """How many different fields were recognised."""
        return len({match.field.name for match in self.matches.values()})


@lru_cache(maxsize=20_000)
def spelled(text: str) -> str:
    """A heading for comparison: half-width, without spaces, line breaks, stars and a leading number."""
    plain = re.sub(r"\s+", "", half_width(clean(text)[0])).strip("*★☆:")
    return re.sub(r"^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[.、)](?=\D)", "", plain)


@lru_cache(maxsize=20_000)
def _variants(text: str) -> tuple[str, ...]:
    """A heading as it stands, without its （…）, and without the unit after it."""
    bare = text
    while True:
        shorter = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】", "", bare)
        if shorter == bare:
            break
        bare = shorter
    bare = bare.strip("*★☆:")
    found = [text, bare, _UNIT_TAIL.sub("", bare)]
    return tuple(dict.fromkeys(variant for variant in found if variant))


def lookup(ledger: Ledger) -> dict[str, Field]:
    """What a column may be called -> field: names first, then titles, then aliases."""
    table: dict[str, Field] = {}
    for spellings in (
        lambda field: [field.name],
        lambda field: [field.title],
        lambda field: field.aliases,
    ):
        for field in ledger.fields:
            for spelling in spellings(field):
                table.setdefault(spelled(spelling), field)
    return table


def match(parts: tuple[str, ...], table: dict[str, Field]) -> Match | None:
    """The field of a heading given from the top down: all parts joined, the last two, the last."""
    texts = [text for text in map(spelled, parts) if _named(text)]
    for size in dict.fromkeys((len(texts), min(2, len(texts)), min(1, len(texts)))):
        if not size:
            continue
        for variant in _variants("".join(texts[-size:])):
            if variant in table:
                return Match(table[variant], weak=size < len(texts))
    return None


@lru_cache(maxsize=20_000)
def _named(text: str) -> bool:
    """Whether a part of a heading names something: a unit in a row of its own （万元） does not."""
    return bool(re.sub(r"\([^()]*\)", "", text)) and not _BARE_UNIT.fullmatch(text)


def factor_in(parts: tuple[str, ...]) -> Decimal | None:
    """元 per unit of the amounts under a heading that names its unit (万元 -> 10000, （元） -> 1), else None."""
    text = "".join(spelled(part) for part in parts)
    found = re.search(r"([亿万千百])元", text) or re.search(r"[(/,:]([亿万])(?:\)|$)", text)
    if found:
        return Decimal(UNITS[found.group(1)])
    alone = next((part for part in map(spelled, parts) if part in ("亿", "万")), None)  # in a row of units
    if alone:
        return Decimal(UNITS[alone])
    return Decimal(1) if re.search(r"[(/,:]元|^元$", text) else None


def unit_line(text: str) -> Decimal | None:
    """元 per unit where a line above the heading says 单位：万元, or a title ends with （万元）."""
    plain = re.sub(r"\s+", "", half_width(text))
    found = re.search(r"(?<!填报)(?<!牵头)(?:金额)?单位:[^:;；]{0,12}?([亿万千百])元", plain) or re.search(
        r"^([亿万千百])元$|\(([亿万千百])元\)$|(?:\(|(?<!填报)单位:)([亿万])\)?$", plain
    )
    return Decimal(UNITS[next(filter(None, found.groups()))]) if found else None


def _texts(grid: Grid, first: int, depth: int) -> list[list[str]]:
    """The rows of a possible heading as texts, merged ranges spread out."""
    width = grid.width
    rows = [
        [clean(str(grid.at(row, column)))[0] for column in range(1, width + 1)] for row in range(first, first + depth)
    ]
    for top, bottom, left, right in grid.merged:
        if top < first + depth and bottom >= first:
            text = clean(str(grid.at(top, left)))[0]
            for row in range(max(top, first), min(bottom, first + depth - 1) + 1):
                for column in range(left, min(right, width) + 1):
                    rows[row - first][column - 1] = text
    # In a CSV nothing is merged: a group's name stands over its first column, the others are blank beside it.
    for index in range(depth - 1):
        group = ""
        for column in range(width):
            text, below = rows[index][column], rows[index + 1][column]
            if text:
                group = text if below and below != text else ""
            elif group and below:
                rows[index][column] = group
            else:
                group = ""
    return rows


def outlines(grid: Grid) -> list[Outline]:
    """Every possible heading in a grid's first rows: 1 to 3 rows each."""
    found: list[Outline] = []
    last = min(SEARCHED_ROWS, len(grid.rows))
    for first in range(1, last + 1):
        if any(cell != "" for cell in grid.rows[first - 1]):
            found += [_outline(grid, first, depth) for depth in range(1, min(MAX_DEPTH, last - first + 1) + 1)]
    return found


def _outline(grid: Grid, first: int, depth: int) -> Outline:
    rows = _texts(grid, first, depth)
    parts: dict[int, tuple[str, ...]] = {}
    for column in range(1, grid.width + 1):
        texts = [re.sub(r"\s+", "", rows[index][column - 1]) for index in range(depth)]
        parts[column] = tuple(dict.fromkeys(text for text in texts if text))
    last = first + depth - 1
    touching = [(top, bottom) for top, bottom, _, _ in grid.merged if top <= last and bottom >= first]
    whole = min([first, *(top for top, _ in touching)]), max([last, *(bottom for _, bottom in touching)])
    return Outline(first, last, parts, whole)


def _heading(outline: Outline, table: dict[str, Field]) -> Heading:
    found = {column: one for column, parts in outline.parts.items() if (one := match(parts, table))}
    return Heading(outline.first, outline.last, outline.parts, found)


def find_heading(candidates: list[Outline], ledger: Ledger) -> Heading | None:
    """The rows that name the most of a ledger's fields: the fewest rows, the earliest; None where under two do."""
    table = lookup(ledger)
    best: tuple[tuple[int, int, int], Heading, Outline] | None = None
    for outline in candidates:
        found = _heading(outline, table)
        rank = (found.matched, outline.first - outline.last, sum(not one.weak for one in found.matches.values()))
        if best is None or rank > best[0]:
            best = (rank, found, outline)
    if best is None or best[1].matched < min(2, len(ledger.fields)):
        return None
    _, heading, chosen = best
    for outline in candidates:
        # Rows merged with the heading's belong to it, whatever they name.
        if (outline.first, outline.last) == chosen.whole != (chosen.first, chosen.last):
            heading = _heading(outline, table)
    return _without_rivals(heading)


def _without_rivals(heading: Heading) -> Heading:
    """A weak match gives way where another column names the same field in full; a name (村名) gives way to its code."""
    strong = {one.field.name for one in heading.matches.values() if not one.weak}
    coded = {
        one.field.name: column
        for column, one in heading.matches.items()
        if one.field.name.endswith("代码") and spelled(heading.parts[column][-1]) == spelled(one.field.name)
    }
    kept = {
        column: one
        for column, one in heading.matches.items()
        if (not one.weak or one.field.name not in strong) and coded.get(one.field.name, column) == column
    }
    return Heading(heading.first, heading.last, heading.parts, kept)
