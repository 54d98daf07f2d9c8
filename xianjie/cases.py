"""Case files, tests/audits/<area>/<name>.yml: a small world, and what an audit must find in it after each change."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from xianjie.audits import Audit
from xianjie.ddl import create_table, stored_type
from xianjie.outcome import OUTCOME, create_outcome
from xianjie.package import Package
from xianjie.run import CLEAN, FOUND, STATUSES, Result

Row = dict[str, Any]
World = dict[str, list[Row]]

# libyaml's loader where there is one: the same, ten times faster.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CASE_KEYS = {"name", "why", "change", "expect", "as_of", "village", "status", "population", "says"}
# Most cases need a standard's value only; a case about the rest writes it out.
_STANDARD = {"生效日期": "2000-01-01", "性质": "约定", "已确认": "是"}


class CaseError(Exception):
    """A case file is wrong; the text is a Chinese sentence that names the file."""


@dataclass(frozen=True)
class Case:
    """One case: a world, a day, and the complete list of what the audit finds."""

    name: str
    why: str
    as_of: str
    village: str
    world: World
    expect: tuple[str, ...]
    status: str
    population: int | None  # None: not looked at
    says: dict[str, str]  # 对象 -> words that its 问题 must contain


@dataclass(frozen=True)
class CaseFile:
    """The cases of one audit."""

    path: Path
    cases: tuple[Case, ...]
    equivalent: dict[str, str]  # a mutant that changes nothing -> why


def case_path(package: Package, audit: Audit) -> Path:
    """Where the cases of an audit stand."""
    return package.root / "tests" / "audits" / audit.area / f"{audit.name}.yml"


def load_cases(package: Package, path: Path) -> CaseFile:
    """Read a case file; raises CaseError."""
    place = path.name
    try:
        # Every scalar stays text: YAML itself would turn 2024-12-15 into a date and 014… into an octal number.
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except FileNotFoundError:
        raise CaseError(f"找不到用例文件 {path}。") from None
    except yaml.YAMLError as error:
        raise CaseError(f"{place} 不是有效的 YAML：{error}") from None
    try:
        _known(raw, {"as_of", "world", "cases", "equivalent"}, place)
        world = _world(package, raw["world"], place)
        cases = tuple(_case(package, raw, world, case, f"{place}“{case.get('name')}”") for case in raw["cases"])
        equivalent = {entry["condition"]: entry["why"] for entry in raw.get("equivalent") or []}
    except (KeyError, TypeError, AttributeError) as error:
        raise CaseError(f"{place}：缺 {error}，或写法不对。") from None
    names = [case.name for case in cases]
    for name in names:
        if names.count(name) > 1:
            raise CaseError(f"{place}：用例“{name}”有两个。")
    return CaseFile(path, cases, equivalent)


def _known(entry: dict[str, Any], keys: set[str], place: str) -> None:
    for key in entry:
        if key not in keys:
            raise CaseError(f"{place}：不认识 {key}；可以写 {'、'.join(sorted(keys))}。")


def _case(package: Package, raw: dict[str, Any], world: World, entry: dict[str, Any], place: str) -> Case:
    _known(entry, _CASE_KEYS, place)
    expect = tuple(entry["expect"] or ())
    status = entry.get("status") or (FOUND if expect else CLEAN)
    if status not in STATUSES:
        raise CaseError(f"{place}：status 只能写 {'、'.join(STATUSES)}。")
    if not entry["why"]:
        raise CaseError(f"{place}：why 要写理由。")
    return Case(
        name=entry["name"],
        why=entry["why"],
        as_of=entry.get("as_of") or raw["as_of"],
        village=entry.get("village") or "",
        world=_changed(package, world, entry.get("change") or {}, place),
        expect=expect,
        status=status,
        population=int(entry["population"]) if entry.get("population") else None,
        says=entry.get("says") or {},
    )


def _row(package: Package, ledger: str, row: dict[str, str], place: str) -> Row:
    """A row with its values typed as the database keeps them; a blank is None."""
    if ledger not in package.ledgers and ledger not in OUTCOME:
        raise CaseError(f"{place}：没有“{ledger}”这本台账。")
    kinds = OUTCOME.get(ledger) or {field.name: stored_type(field) for field in package[ledger].fields}
    values: Row = {}
    for name, text in row.items():
        if name not in kinds:
            raise CaseError(f"{place}：{ledger} 没有“{name}”这一列。")
        kind = kinds[name]
        try:
            values[name] = None if text == "" else {"INTEGER": int, "REAL": float}.get(kind, str)(text)
        except (ValueError, TypeError):
            raise CaseError(f"{place}：{ledger} 的“{name}”要填数字，现在是“{text}”。") from None
        if not isinstance(text, str):
            raise CaseError(f"{place}：{ledger} 的“{name}”只能填一个值。")
    return values


def _world(package: Package, raw: dict[str, list[dict[str, str]]], place: str) -> World:
    return {ledger: [_new(package, ledger, row, place) for row in rows or []] for ledger, rows in (raw or {}).items()}


def _new(package: Package, ledger: str, row: dict[str, str], place: str) -> Row:
    values = _row(package, ledger, row, place)
    return {**_STANDARD, **values} if ledger == "standards" else values


def _changed(package: Package, world: World, changes: dict[str, list[dict[str, Any]]], place: str) -> World:
    """A copy of the world after the changes; a change that meets no row is an error, not a case that proves nothing."""
    world = {ledger: [dict(row) for row in rows] for ledger, rows in world.items()}
    for ledger, entries in changes.items():
        rows = world.setdefault(ledger, [])
        for entry in entries:
            _known(entry, {"where", "set", "add", "delete"}, place)
            if "add" in entry:
                rows.append(_new(package, ledger, entry["add"], place))
                continue
            condition = _row(package, ledger, entry["delete"] if "delete" in entry else entry["where"], place)
            met = [row for row in rows if all(row.get(name) == value for name, value in condition.items())]
            if not met:
                raise CaseError(f"{place}：{ledger} 里没有符合 {condition} 的行，这个改动什么也没有改。")
            if "delete" in entry:
                rows[:] = [row for row in rows if row not in met]
            else:
                for row in met:
                    row.update(_row(package, ledger, entry["set"], place))
    return world


def columns_of(package: Package, name: str) -> list[str]:
    """The columns of a ledger, or of a table that the audits fill."""
    return list(OUTCOME.get(name) or package[name].columns)


class Stage:
    """An in-memory database that shows one case's world after another.

    One connection for all cases, for SQLite takes longer to plan an audit's query than to run it on so few rows.
    Without keys: a repeated 编号 is something that an audit may have to look at.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._shown: World = {}
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        for ledger in package.ledgers.values():
            self._connection.execute(create_table(ledger, keys=False))
        for name in OUTCOME:
            self._connection.execute(create_outcome(name))

    def show(self, case: Case) -> sqlite3.Connection:
        """The database with the case's rows, and every other ledger empty, until the next case is shown."""
        for name in sorted({*self._shown, *case.world}):
            rows = case.world.get(name, [])
            if rows == self._shown.get(name, []):
                continue
            columns = columns_of(self._package, name)
            values = [tuple(row.get(column) for column in columns) for row in rows]
            self._connection.execute(f'delete from "{name}"')
            self._connection.executemany(f'insert into "{name}" values ({", ".join("?" * len(columns))})', values)
        self._shown = case.world
        return self._connection


def difference(result: Result, case: Case) -> str | None:
    """How a result differs from what the case expects; None when it does not."""
    if result.status != case.status:
        found = [row["对象"] for row in result.findings]
        return f"应为{case.status}，实为{result.status}（{result.message}）；查出 {found}"
    if case.population is not None and result.population != case.population:
        return f"应核对 {case.population}，实际核对 {result.population}"
    return findings_difference(result.findings, case)


def findings_difference(findings: list[Row], case: Case) -> str | None:
    """How an audit's rows differ from what the case expects; None when they do not."""
    found = {str(row["对象"]): row["问题"] for row in findings}
    if sorted(found) != sorted(case.expect):
        return f"应查出 {sorted(case.expect)}，实际查出 {sorted(found)}"
    for subject, words in case.says.items():
        if words not in found.get(subject, ""):
            return f"{subject} 的问题里没有“{words}”：{found.get(subject, '')}"
    return None
