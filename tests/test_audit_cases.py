"""Every audit against its case file, on SQLite and with the same rows on DuckDB."""

import math
import sqlite3
from pathlib import Path

import duckdb
import pytest

from xianjie.audits import Audit, compile_population, compile_sql, load_audits
from xianjie.cases import Case, case_path, difference, load_cases, open_world
from xianjie.ddl import stored_type
from xianjie.package import load_package
from xianjie.run import CLEAN, FOUND, run_audit

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = load_package(ROOT)
AUDITS = load_audits(PACKAGE)
CASES = [
    pytest.param(audit, case, id=f"{audit.name}-{case.name}")
    for audit in AUDITS.values()
    for case in load_cases(PACKAGE, case_path(PACKAGE, audit)).cases
]
DUCKDB_TYPES = {"INTEGER": "BIGINT", "REAL": "DOUBLE", "TEXT": "VARCHAR"}


@pytest.fixture(scope="module")
def duck():
    connection = duckdb.connect()
    for ledger in PACKAGE.ledgers.values():
        columns = ", ".join(f'"{field.name}" {DUCKDB_TYPES[stored_type(field)]}' for field in ledger.fields)
        connection.execute(f'create table "{ledger.name}" ({columns})')
    yield connection
    connection.close()


def rows_on_duckdb(connection, case: Case, sql: str) -> list[tuple]:
    for name, ledger in PACKAGE.ledgers.items():
        connection.execute(f'delete from "{name}"')
        rows = [[row.get(column) for column in ledger.columns] for row in case.world.get(name, [])]
        if rows:
            connection.executemany(f'insert into "{name}" values ({", ".join("?" * len(ledger.columns))})', rows)
    values = {"截止日期": case.as_of, "村代码": case.village}
    return connection.execute(sql, {name: value for name, value in values.items() if f"${name}" in sql}).fetchall()


def plain(rows: list[tuple]) -> list[tuple]:
    """Rows without what an engine may lawfully do otherwise: true for 1, the last digits of a sum."""
    return [tuple(round(cell, 6) if isinstance(cell, float) else cell for cell in row) for row in rows]


@pytest.mark.parametrize(("audit", "case"), CASES)
def test_case(audit: Audit, case: Case, duck) -> None:
    connection = open_world(PACKAGE, case)
    result = run_audit(connection, audit, case.as_of, case.village)
    assert difference(result, case) is None, f"{case.name}：{case.why}"
    if result.status in (FOUND, CLEAN):
        found = [tuple(row.values()) for row in result.findings]
        assert plain(rows_on_duckdb(duck, case, compile_sql(audit, "duckdb"))) == plain(found)
        assert rows_on_duckdb(duck, case, compile_population(audit, "duckdb")) == [(result.population,)]
    connection.close()


@pytest.mark.parametrize("audit", AUDITS.values(), ids=AUDITS)
def test_cases_fire_and_stay_silent(audit: Audit) -> None:
    cases = load_cases(PACKAGE, case_path(PACKAGE, audit)).cases
    assert any(case.expect for case in cases), "没有一个用例查得出疑点"
    assert any(case.status == CLEAN for case in cases), "没有一个用例是无疑点"


def test_every_case_file_belongs_to_an_audit() -> None:
    known = {case_path(PACKAGE, audit) for audit in AUDITS.values()}
    assert {path for path in (ROOT / "tests" / "audits").glob("**/*.yml")} == known


def test_engines_really_differ_without_the_macros(duck) -> None:
    """The comparison would notice: plain SQLite date arithmetic does not give the same on DuckDB."""
    assert sqlite3.connect(":memory:").execute("select 7 / 2").fetchone() == (3,)
    assert not math.isclose(duck.execute("select 7 / 2").fetchone()[0], 3)
