"""The work plan clause by clause: which audits and ledgers show it, and what only a visit can show.

coverage/clauses.csv lists the clauses, coverage/items.csv the failures and duties that each one names. An audit belongs
to the clause that its front matter names, whether or not an item lists its code.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from xianjie.audits import Audit
from xianjie.frontmatter import names_in
from xianjie.package import Package

FOLDER = "coverage"
CLAUSES, ITEMS = "clauses.csv", "items.csv"
# What the plan calls a problem, a measure or a duty; the last is not in its words, but follows from the policies.
KINDS = ("问题", "措施", "职责", "延伸")
OTHERS = "本条的其他审计"

_CLAUSE_COLUMNS = ["条款", "标题", "责任专班"]
_ITEM_COLUMNS = ["条款", "种类", "内容", "审计", "台账", "现场核实", "没有审计的理由"]


class CoverageError(Exception):
    """The list of clauses cannot be used; the text is a Chinese sentence."""


@dataclass(frozen=True)
class Item:
    """One failure or duty that a clause names."""

    kind: str  # one of KINDS
    said: str  # a short summary
    codes: tuple[str, ...]  # of the audits that look for it
    ledgers: tuple[str, ...]  # that show it beside those which the audits read
    on_site: str  # what no ledger can show
    reason: str  # why there is no audit; blank where there is one


@dataclass(frozen=True)
class Clause:
    """One clause of the work plan."""

    label: str  # 一(一)1
    title: str
    teams: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Line:
    """One item with what looks for it, ready to be shown."""

    clause: Clause
    item: Item | None  # None: audits of the clause that no item lists
    audits: tuple[Audit, ...]
    missing: tuple[str, ...]  # codes that the item lists and the package does not have
    ledgers: tuple[str, ...]  # that the audits read, and the item's own


def has_coverage(package: Package) -> bool:
    """Whether the package brings the list of clauses."""
    return (package.root / FOLDER / CLAUSES).is_file()


def _table(path: Path, columns: list[str], place: str) -> list[dict[str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CoverageError(f"找不到 {place}，条款覆盖情况要靠它。") from None
    except UnicodeDecodeError:
        raise CoverageError(f"{place} 不是 UTF-8 编码，请另存为 UTF-8。") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if reader.fieldnames != columns:
        raise CoverageError(f"{place} 的表头要是：{'、'.join(columns)}。")
    rows = []
    for number, row in enumerate(reader, start=2):
        if None in row or None in row.values():
            raise CoverageError(f"{place} 第{number}行的列数与表头不符。")
        rows.append({name: value.strip() for name, value in row.items()})
    return rows


def load_clauses(package: Package) -> list[Clause]:
    """The clauses in the order of the document; raises CoverageError where the files are missing or contradictory."""
    folder = package.root / FOLDER
    clauses = _table(folder / CLAUSES, _CLAUSE_COLUMNS, f"{FOLDER}/{CLAUSES}")
    items: dict[str, list[Item]] = {}
    for row in clauses:
        if row["条款"] in items:
            raise CoverageError(f"{FOLDER}/{CLAUSES} 里条款“{row['条款']}”写了两遍。")
        items[row["条款"]] = []
    for number, row in enumerate(_table(folder / ITEMS, _ITEM_COLUMNS, f"{FOLDER}/{ITEMS}"), start=2):
        if row["条款"] not in items:
            raise CoverageError(f"{FOLDER}/{ITEMS} 第{number}行的条款“{row['条款']}”不在 {CLAUSES} 里。")
        if row["种类"] not in KINDS:
            raise CoverageError(f"{FOLDER}/{ITEMS} 第{number}行的种类只能填 {'、'.join(KINDS)}。")
        codes, ledgers = tuple(names_in(row["审计"])), tuple(names_in(row["台账"]))
        item = Item(row["种类"], row["内容"], codes, ledgers, row["现场核实"], row["没有审计的理由"])
        items[row["条款"]].append(item)
    return [Clause(row["条款"], row["标题"], row["责任专班"], tuple(items[row["条款"]])) for row in clauses]


def gaps(clauses: Iterable[Clause], audits: Mapping[str, Audit], ledgers: Collection[str]) -> list[str]:
    """What is not accounted for, one Chinese sentence each; none when every clause and every audit has its place.

    `ledgers` are the names of the package's.
    """
    clauses = list(clauses)
    by_code = {audit.code: audit for audit in audits.values()}
    known = {clause.label for clause in clauses}
    found = [
        f"审计 {audit.code}（{audit.name}）的条款“{audit.clause}”不在 {FOLDER}/{CLAUSES} 里。"
        for audit in audits.values()
        if audit.clause not in known
    ]
    for clause in clauses:
        shown = any(item.ledgers or set(item.codes) & by_code.keys() for item in clause.items)
        if not shown and not any(audit.clause == clause.label for audit in audits.values()):
            found.append(f"条款{clause.label}（{clause.title}）既没有审计，也没有台账。")
        for item in clause.items:
            found += [f"条款{clause.label}的“{item.said}”{fault}" for fault in _faults(item, by_code, ledgers)]
    return found


def _faults(item: Item, known: Collection[str], ledgers: Collection[str]) -> list[str]:
    found = [f"列的审计 {code} 不存在。" for code in item.codes if code not in known]
    found += [f"列的台账 {name} 不存在。" for name in item.ledgers if name not in ledgers]
    if not item.codes and not item.reason:
        found.append("既没有审计，也没有写理由。")
    if item.codes and item.reason:
        found.append("有审计，又写了没有审计的理由，请删去一样。")
    if not item.said or not item.on_site:
        found.append("没有写内容，或者没有写只有现场才能看清什么。")
    return found


def needs_of(audits: Mapping[str, Audit]) -> dict[str, list[str]]:
    """Name of each audit -> the ledgers in its SQL, those of its views included."""
    return {audit.name: list(audit.needs) for audit in audits.values()}


def lines(clauses: Iterable[Clause], audits: Mapping[str, Audit], reads: Mapping[str, Collection[str]]) -> list[Line]:
    """Each item with its audits and ledgers; then, by clause, the audits that no item lists.

    `reads` gives the ledgers that an audit reads, by its name.
    """
    by_code = {audit.code: audit for audit in audits.values()}

    def read(chosen: Iterable[Audit], others: Iterable[str] = ()) -> tuple[str, ...]:
        return tuple(sorted({*others, *(name for audit in chosen for name in reads.get(audit.name, ()))}))

    found = []
    for clause in clauses:
        listed = {code for item in clause.items for code in item.codes}
        for item in clause.items:
            chosen = tuple(by_code[code] for code in item.codes if code in by_code)
            missing = tuple(code for code in item.codes if code not in by_code)
            found.append(Line(clause, item, chosen, missing, read(chosen, item.ledgers)))
        rest = tuple(a for a in audits.values() if a.clause == clause.label and a.code not in listed)
        if rest:
            found.append(Line(clause, None, rest, (), read(rest)))
    return found
