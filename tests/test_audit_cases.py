"""Every audit against its case file on SQLite; what is found there, DuckDB has to find with the same words.

That DuckDB is silent where SQLite is, and counts the same, tests/test_portable.py holds on a whole township.
"""

import sqlite3
from collections.abc import Iterator
from functools import cache

import pytest
from duck import create_table, duckdb, plain
from project import AUDITS, PACKAGE, ROOT, cases_of, checked

from xianjie.audits import compile_sql
from xianjie.cases import Case, CaseError, Stage, case_path, columns_of, difference
from xianjie.ddl import stored_type
from xianjie.outcome import OUTCOME
from xianjie.run import CLEAN, FOUND, run_audit


def cases() -> Iterator[pytest.param]:
    """(audit, number of the case); a broken file has no cases, and fails in the test of its audit."""
    for name in AUDITS:
        try:
            found = cases_of(name).cases
        except CaseError:
            continue
        for number, case in enumerate(found):
            yield pytest.param(name, number, id=f"{name}-{case.name}")


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage(PACKAGE)


@pytest.fixture(scope="module")
def duck():
    # On so few rows, planning well takes longer than running badly.
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("pragma disable_optimizer")
    for ledger in PACKAGE.ledgers.values():
        create_table(connection, ledger.name, {field.name: stored_type(field) for field in ledger.fields})
    for name, kinds in OUTCOME.items():
        create_table(connection, name, kinds)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def shown() -> dict[str, list]:
    """What DuckDB's tables hold, by ledger."""
    return {}


@cache
def duckdb_sql(name: str) -> str:
    return compile_sql(checked(name), "duckdb")


def show_on_duckdb(connection, case: Case, shown: dict[str, list]) -> None:
    """Put the case's rows into DuckDB; `shown` tells what is there already, for most cases change a table or two."""
    for name in sorted({*shown, *case.world}):
        rows = case.world.get(name, [])
        if rows == shown.get(name, []):
            continue
        connection.execute(f'truncate "{name}"')
        columns = columns_of(PACKAGE, name)
        if rows:
            marks = ", ".join(f"({', '.join('?' * len(columns))})" for _ in rows)
            cells = [row.get(column) for row in rows for column in columns]
            connection.execute(f'insert into "{name}" values {marks}', cells)
        shown[name] = rows


def rows_on_duckdb(connection, case: Case, sql: str) -> list[tuple]:
    values = {"截止日期": case.as_of, "村代码": case.village}
    return connection.execute(sql, {name: value for name, value in values.items() if f"${name}" in sql}).fetchall()


@pytest.mark.parametrize(("name", "number"), list(cases()))
def test_case(name: str, number: int, stage: Stage, duck, shown) -> None:
    audit, case = checked(name), cases_of(name).cases[number]
    result = run_audit(stage.show(case), audit, case.as_of, case.village)
    assert difference(result, case) is None, f"{case.name}：{case.why}"
    if result.status == FOUND:
        found = [tuple(row.values()) for row in result.findings]
        show_on_duckdb(duck, case, shown)
        assert plain(rows_on_duckdb(duck, case, duckdb_sql(name))) == plain(found)


@pytest.mark.parametrize("name", AUDITS)
def test_cases_fire_and_stay_silent(name: str) -> None:
    checked(name)
    found = cases_of(name).cases
    assert any(case.expect for case in found), "没有一个用例查得出疑点"
    assert any(case.status == CLEAN for case in found), "没有一个用例是无疑点"


def test_every_case_file_belongs_to_an_audit() -> None:
    known = {case_path(PACKAGE, audit) for audit in AUDITS.values()}
    assert {path for path in (ROOT / "tests" / "audits").glob("**/*.yml")} == known


def test_the_engines_really_differ(duck) -> None:
    """The comparison compares two engines: a plain division already tells them apart."""
    assert sqlite3.connect(":memory:").execute("select 7 / 2").fetchone() == (3,)
    assert duck.execute("select 7 / 2").fetchone() == (3.5,)
