"""Every audit's work grows no faster than the township: no scan inside a scan."""

import sqlite3
from collections.abc import Iterator

import pytest
from project import AUDITS, PACKAGE, ROOT, checked

from xianjie.compile import load, new_database
from xianjie.demo import generate
from xianjie.macros import DATE_PARAMETER, VILLAGE_PARAMETER
from xianjie.package import load_package
from xianjie.prepared import Prepared
from xianjie.run import run_audits
from xianjie.sql import compile_on_views

SIZES = (1500, 6000)
# Four times the people are about four times the work, and a little more for sorting; a scan in a scan is sixteen times.
MOST = 6.0
# Hundreds of steps of SQLite's virtual machine that the small township takes at least, for its growth to say anything.
FEW = 20


@pytest.fixture(scope="module")
def townships(tmp_path_factory) -> Iterator[list[sqlite3.Connection]]:
    """Two compiled townships, with the views of all audits and the findings of the build."""
    connections = []
    for persons in SIZES:
        out = tmp_path_factory.mktemp("township") / "demo"
        generate(PACKAGE, persons, 1, out)
        connection = new_database(":memory:")
        load(connection, load_package(out))
        run_audits(connection, [checked(name) for name in AUDITS], PACKAGE.as_of)  # leaves findings behind
        prepared = Prepared(connection, PACKAGE, PACKAGE.as_of)
        for name in AUDITS:
            prepared.make_for(checked(name))
        connections.append(connection)
    yield connections
    for connection in connections:
        connection.close()


def work(connection: sqlite3.Connection, sql: str) -> int:
    """How many hundreds of steps of SQLite's virtual machine a query takes."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.set_progress_handler(step, 100)
    connection.execute(sql, {DATE_PARAMETER: PACKAGE.as_of, VILLAGE_PARAMETER: ""}).fetchall()
    connection.set_progress_handler(None, 0)
    return steps


def growth(sql: str, connections: list[sqlite3.Connection]) -> float:
    """How many times as many steps the query takes in the large township as in the small one."""
    few, many = (work(connection, sql) for connection in connections)
    return many / max(few, FEW)


@pytest.mark.parametrize("name", AUDITS)
def test_four_times_the_people_are_about_four_times_the_work(name: str, townships) -> None:
    audit = checked(name)
    assert growth(audit.findings_on_views_sql, townships) < MOST
    assert growth(audit.population_on_views_sql, townships) < MOST


@pytest.mark.parametrize("view", sorted(path.stem for path in (ROOT / "views").glob("*.sql")))
def test_and_so_are_those_of_a_shared_view(view: str, townships) -> None:
    library = next(iter(AUDITS.values())).library
    assert growth(compile_on_views(library.views[view].query, library), townships) < MOST


def test_a_scan_inside_a_scan_is_noticed(townships) -> None:
    sql = "select count(*) from households a join households b on +a.户主姓名 || 'x' = +b.户主姓名 || ''"
    assert growth(sql, townships) > MOST
