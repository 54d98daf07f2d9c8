"""Every audit against its case file, on SQLite and with the same rows on DuckDB."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb
import pytest

from xianjie.audits import Audit, compile_population, compile_sql, load_audits
from xianjie.cases import Case, Stage, case_path, difference, load_cases
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
def stage() -> Stage:
    return Stage(PACKAGE)


@pytest.fixture(scope="module")
def duck():
    # On so few rows, planning well takes longer than running badly.
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("pragma disable_optimizer")
    for ledger in PACKAGE.ledgers.values():
        columns = ", ".join(f'"{field.name}" {DUCKDB_TYPES[stored_type(field)]}' for field in ledger.fields)
        connection.execute(f'create table "{ledger.name}" ({columns})')
    yield connection
    connection.close()


@cache
def duckdb_sql(name: str) -> tuple[str, str]:
    return compile_sql(AUDITS[name], "duckdb"), compile_population(AUDITS[name], "duckdb")


@contextmanager
def world_on_duckdb(connection, case: Case) -> Iterator[None]:
    for name, rows in case.world.items():
        columns = PACKAGE[name].columns
        if rows:
            marks = ", ".join(f"({', '.join('?' * len(columns))})" for _ in rows)
            cells = [row.get(column) for row in rows for column in columns]
            connection.execute(f'insert into "{name}" values {marks}', cells)
    try:
        yield
    finally:
        for name, rows in case.world.items():
            if rows:
                connection.execute(f'truncate "{name}"')


def rows_on_duckdb(connection, case: Case, sql: str) -> list[tuple]:
    values = {"截止日期": case.as_of, "村代码": case.village}
    return connection.execute(sql, {name: value for name, value in values.items() if f"${name}" in sql}).fetchall()


def plain(rows: list[tuple]) -> list[tuple]:
    """Rows without what an engine may lawfully do otherwise: true for 1, the last digits of a sum."""
    return [tuple(round(cell, 6) if isinstance(cell, float) else cell for cell in row) for row in rows]


@pytest.mark.parametrize(("audit", "case"), CASES)
def test_case(audit: Audit, case: Case, stage: Stage, duck) -> None:
    result = run_audit(stage.show(case), audit, case.as_of, case.village)
    assert difference(result, case) is None, f"{case.name}：{case.why}"
    if result.status in (FOUND, CLEAN):
        found = [tuple(row.values()) for row in result.findings]
        findings_sql, population_sql = duckdb_sql(audit.name)
        with world_on_duckdb(duck, case):
            assert plain(rows_on_duckdb(duck, case, findings_sql)) == plain(found)
            assert rows_on_duckdb(duck, case, population_sql) == [(result.population,)]


@pytest.mark.parametrize("audit", AUDITS.values(), ids=AUDITS)
def test_cases_fire_and_stay_silent(audit: Audit) -> None:
    cases = load_cases(PACKAGE, case_path(PACKAGE, audit)).cases
    assert any(case.expect for case in cases), "没有一个用例查得出疑点"
    assert any(case.status == CLEAN for case in cases), "没有一个用例是无疑点"


def test_every_case_file_belongs_to_an_audit() -> None:
    known = {case_path(PACKAGE, audit) for audit in AUDITS.values()}
    assert {path for path in (ROOT / "tests" / "audits").glob("**/*.yml")} == known


def test_the_engines_really_differ(duck) -> None:
    """The comparison compares two engines: a plain division already tells them apart."""
    assert sqlite3.connect(":memory:").execute("select 7 / 2").fetchone() == (3,)
    assert duck.execute("select 7 / 2").fetchone() == (3.5,)
