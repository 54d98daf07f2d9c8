"""Every audit's work grows no faster than the data: no scan inside a scan."""

import sqlite3
from pathlib import Path

import pytest

from xianjie.audits import Audit, load_audits
from xianjie.cases import Case, case_path, load_cases
from xianjie.ddl import create_table, indexes
from xianjie.package import Package, load_package
from xianjie.run import CLEAN, FOUND

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = load_package(ROOT)
AUDITS = load_audits(PACKAGE)
# Ledgers that do not grow with the township.
FIXED = {"villages", "teams", "standards"}
# Four times the rows is four times the work, and a little more for sorting; a scan in a scan would be sixteen times.
MOST = 5.5


def keys_of(package: Package, ledger: str) -> set[str]:
    """Columns by which rows of growing ledgers belong together."""
    columns = {field.name for field in package[ledger].fields if field.check == "id_number"}
    columns |= set(package[ledger].primary_key)
    for foreign in package[ledger].foreign_keys:
        columns |= set(foreign.fields) if foreign.ledger not in FIXED else set()
    return columns


def township(package: Package, cases: tuple[Case, ...], copies: int) -> sqlite3.Connection:
    """A database as the build makes it, with the cases' worlds over and over, each copy with keys of its own."""
    connection = sqlite3.connect(":memory:")
    for ledger in package.ledgers.values():
        connection.execute(create_table(ledger, keys=False))
    for copy in range(copies):
        for name, rows in cases[copy % len(cases)].world.items():
            if name in FIXED and copy:
                continue
            keys = set() if name in FIXED else keys_of(package, name)
            for row in rows:
                values = {
                    column: f"{value}~{copy}" if column in keys and value is not None else value
                    for column, value in row.items()
                }
                columns = ", ".join(f'"{column}"' for column in values)
                marks = ", ".join("?" * len(values))
                connection.execute(f'insert into "{name}" ({columns}) values ({marks})', list(values.values()))
    # As many villages as there are, or SQLite would plan for two.
    villages = [(f"1411211999{number:02d}",) for number in range(20)]
    connection.executemany("insert into villages (村代码) values (?)", villages)
    for ledger in package.ledgers.values():
        for statement in indexes(ledger, keys=False):
            connection.execute(statement)
    connection.execute("analyze main")
    return connection


def work(connection: sqlite3.Connection, sql: str, as_of: str) -> int:
    """How many hundreds of steps of SQLite's virtual machine a query takes."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.set_progress_handler(step, 100)
    connection.execute(sql, {"截止日期": as_of, "村代码": ""}).fetchall()
    connection.set_progress_handler(None, 0)
    return steps


def growth(audit: Audit, sql: str, connections: list[sqlite3.Connection]) -> float:
    few, many = (work(connection, sql, audit.library.as_of) for connection in connections)
    return many / max(few, 1)


@pytest.mark.parametrize("name", AUDITS)
def test_four_times_the_data_is_about_four_times_the_work(name: str) -> None:
    audit = AUDITS[name]
    cases = load_cases(PACKAGE, case_path(PACKAGE, audit)).cases
    usual = tuple(case for case in cases if case.status in (FOUND, CLEAN))
    # Whole rounds of the cases, and enough of them: SQLite rightly scans what is only a few rows.
    few = len(usual) * (200 // len(usual) + 1)
    connections = [township(PACKAGE, usual, copies) for copies in (few, 4 * few)]
    assert growth(audit, audit.findings_sql, connections) < MOST
    assert growth(audit, audit.population_sql, connections) < MOST


def test_a_scan_in_a_scan_would_be_noticed() -> None:
    audit = AUDITS["idle_assets"]
    cases = load_cases(PACKAGE, case_path(PACKAGE, audit)).cases
    connections = [township(PACKAGE, cases[:1], copies) for copies in (60, 240)]
    slow = "select :截止日期, :村代码 from assets a join assets b on a.资产名称 || b.资产名称 = ''"
    assert growth(audit, slow, connections) > MOST
