"""Every audit gives the same rows in three ways on the shipped township: as the build runs it, as one statement of
SQLite that stands on the ledgers alone, and as one of DuckDB."""

import sqlite3
from collections.abc import Iterator

import pytest
from duck import TYPES, create_table, duckdb, plain
from project import AUDITS, PACKAGE, checked

from xianjie.audits import compile_population, compile_sql
from xianjie.compile import load, new_database
from xianjie.ddl import listed, quoted, stored_type
from xianjie.outcome import OUTCOME
from xianjie.run import Result, run_audits

VALUES = {"截止日期": PACKAGE.as_of, "村代码": ""}


@pytest.fixture(scope="module")
def sqlite() -> Iterator[sqlite3.Connection]:
    connection = new_database(":memory:")
    load(connection, PACKAGE)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def results(sqlite) -> dict[str, Result]:
    """How the build runs them; the findings stay, for the audits that read them."""
    return {result.name: result for result in run_audits(sqlite, [checked(name) for name in AUDITS], PACKAGE.as_of)}


@pytest.fixture(scope="module")
def duck(sqlite, results) -> Iterator[duckdb.DuckDBPyConnection]:
    """The ledgers read from their CSV files by DuckDB itself; the findings come from SQLite."""
    connection = duckdb.connect()
    for ledger in PACKAGE.ledgers.values():
        cells = [
            f"cast(nullif({quoted(field.name)}, '') as {TYPES[stored_type(field)]}) as {quoted(field.name)}"
            for field in ledger.fields
        ]
        source = "read_csv(?, header = true, all_varchar = true, delim = ',', quote = '\"')"
        sql = f"create table {quoted(ledger.name)} as select {', '.join(cells)} from {source}"
        connection.execute(sql, [str(ledger.path)])
    for name, columns in OUTCOME.items():
        create_table(connection, name, columns)
        rows = sqlite.execute(f"select {listed(list(columns))} from {quoted(name)}").fetchall()
        connection.executemany(f"insert into {quoted(name)} values ({', '.join('?' * len(columns))})", rows)
    yield connection
    connection.close()


@pytest.mark.parametrize("name", AUDITS)
def test_all_three_give_the_same_rows(name: str, sqlite, results, duck) -> None:
    audit, result = checked(name), results[name]
    found = [tuple(row.values()) for row in result.findings]
    assert found, "在附带的示范乡镇里没有查出疑点，比不出什么"
    assert plain(sqlite.execute(audit.findings_sql, VALUES).fetchall()) == plain(found)
    assert sqlite.execute(audit.population_sql, VALUES).fetchall() == [(result.population,)]
    same = [(compile_sql(audit, "duckdb"), found), (compile_population(audit, "duckdb"), [(result.population,)])]
    for sql, expected in same:
        used = {name: value for name, value in VALUES.items() if f"${name}" in sql}
        assert plain(duck.execute(sql, used).fetchall()) == plain(expected)
