"""Times of all audits on a made-up township, the slowest first, and how they grow with its size.

python -m bench --persons 38200 --small 9550 --runs 3
python -m bench --plan duplicate_payment
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import click

from xianjie.audits import Audit, load_audits
from xianjie.compile import load, new_database
from xianjie.demo import generate
from xianjie.macros import DATE_PARAMETER, VILLAGE_PARAMETER
from xianjie.outcome import write_findings
from xianjie.package import Package, load_package
from xianjie.prepared import Prepared
from xianjie.run import Result, run_audit

ROOT = Path(__file__).resolve().parents[1]
SHOWN = 20


@dataclass
class Times:
    """Seconds, medians of several runs."""

    audits: dict[str, float]
    views: float

    @property
    def total(self) -> float:
        return self.views + sum(self.audits.values())


def township(package: Package, persons: int, folder: Path) -> tuple[sqlite3.Connection, dict[str, float]]:
    """A compiled township in memory, and the seconds that making and compiling it took."""
    out, start = folder / str(persons), time.perf_counter()
    generate(package, persons, 1, out)
    made = time.perf_counter()
    connection = new_database(":memory:")
    load(connection, load_package(out))
    return connection, {"demo": made - start, "compile": time.perf_counter() - made}


def measure(connection: sqlite3.Connection, audits: list[Audit], package: Package, runs: int) -> Times:
    """Run all audits `runs` times as a build does, each time with its shared views made anew."""
    audits = sorted(audits, key=lambda audit: audit.comes_last)
    seconds: dict[str, list[float]] = {audit.name: [] for audit in audits}
    views = []
    for _ in range(runs):
        prepared, results, made = Prepared(connection, package, package.as_of), [], 0.0
        for audit in audits:
            if audit.comes_last:
                write_findings(connection, results, package.as_of, temporary=True)
            begun = time.perf_counter()
            prepared.make_for(audit)
            made += time.perf_counter() - begun
            begun = time.perf_counter()
            result: Result = run_audit(connection, audit, package.as_of, prepared=prepared)
            seconds[audit.name].append(time.perf_counter() - begun)
            if result.status == "出错":
                sys.exit(f"{audit.name}: {result.message}")
            if not audit.comes_last:
                results.append(result)
        prepared.drop()
        views.append(made)
    return Times({name: statistics.median(each) for name, each in seconds.items()}, statistics.median(views))


def plan(connection: sqlite3.Connection, audit: Audit, package: Package) -> list[str]:
    """SQLite's plan of the audit's query, a line a step, indented."""
    Prepared(connection, package, package.as_of).make_for(audit)
    values = {DATE_PARAMETER: package.as_of, VILLAGE_PARAMETER: ""}
    depth, lines = {0: 0}, []
    for number, parent, _, words in connection.execute(f"explain query plan {audit.findings_on_views_sql}", values):
        depth[number] = depth.get(parent, 0) + 1
        lines.append("  " * depth[parent] + words)
    return lines


@click.command()
@click.option("--persons", default=38_200, show_default=True, help="People in the township.")
@click.option("--small", default=9_550, show_default=True, help="People in the township that it is compared with.")
@click.option("--runs", default=3, show_default=True, help="Medians of so many runs.")
@click.option("--plan", "planned", help="Print the query plan of this audit instead.")
def main(persons: int, small: int, runs: int, planned: str | None) -> None:
    """Times of all audits."""
    package = load_package(ROOT)
    begun = time.perf_counter()
    audits = load_audits(package, names=[planned] if planned else None)
    checked = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder:
        connection, steps = township(package, persons, Path(folder))
        if planned:
            click.echo("\n".join(plan(connection, audits[planned], package)))
            return
        large = measure(connection, list(audits.values()), package, runs)
        connection.close()
        connection, _ = township(package, small, Path(folder))
        little = measure(connection, list(audits.values()), package, runs)
        connection.close()
    click.echo(f"{persons} people: demo {steps['demo']:.1f} s, compile {steps['compile']:.1f} s, load {checked:.1f} s")
    click.echo(f"{len(audits)} audits {sum(large.audits.values()):.2f} s, their shared views {large.views:.2f} s")
    click.echo(f"{persons / small:.1f} times the people: {large.total / little.total:.1f} times the time\n")
    slowest = sorted(large.audits, key=lambda name: -large.audits[name])
    click.echo(f"{'audit':36} {'s':>6} {'times ' + str(small):>12}")
    for name in slowest[:SHOWN]:
        click.echo(f"{name:36} {large.audits[name]:6.2f} {large.audits[name] / little.audits[name]:12.1f}")
    click.echo(f"({len(slowest) - SHOWN} more, each {large.audits[slowest[SHOWN]]:.2f} s or less)")


if __name__ == "__main__":
    main()
