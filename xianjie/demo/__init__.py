"""A made-up township of any size, and what is wrong in it.

`generate` simulates one coherent life (families, ages, illness, relief, loans, projects), lets nothing irregular
happen by accident, plants a known share of irregularities and lawful look-alikes for every audit, and writes the
package with truth.csv. The same seed gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xianjie.demo import (
    base,
    cases_base,
    cases_credit,
    cases_death,
    cases_disability,
    cases_education,
    cases_health,
    cases_loans,
    cases_payments,
    cases_register,
    cases_subsidies,
    cases_works,
    duty,
    education,
    employment,
    funds,
    health,
    housing,
    income,
    industry,
    insurance,
    life,
    loans,
    monitoring,
    organisations,
    problems,
    register,
    relief,
    relief_rounds,
    traits,
    visits,
    watched,
    water,
    welfare,
    works,
)
from xianjie.demo.benefits import retire
from xianjie.demo.casting import Company, cast
from xianjie.demo.model import Township, Village
from xianjie.demo.standards import DemoError, Standards, read_rows
from xianjie.demo.teams import made_up_teams
from xianjie.demo.write import check_place, write_package
from xianjie.package import Package

__all__ = ["Demo", "DemoError", "generate"]

SCRIPTS = (
    cases_health.SCRIPT,
    cases_disability.LIVING_SCRIPT,
    cases_disability.CARE_SCRIPT,
    cases_death.SCRIPT,
    cases_register.SCRIPT,
    cases_loans.OVERDUE_SCRIPT,
    cases_loans.MISUSED_SCRIPT,
    *cases_credit.SCRIPTS,
    *cases_base.SCRIPTS,
    *cases_payments.SCRIPTS,
    cases_education.NOT_PLACED_SCRIPT,
    cases_education.TOO_RARE_SCRIPT,
    cases_education.FILE_SCRIPT,
    cases_education.NO_YULU_SCRIPT,
    *cases_subsidies.SCRIPTS,
)
LABEL = "示范乡镇"
Progress = Callable[[str, float, float], None]


@dataclass(frozen=True)
class Demo:
    """What was written."""

    out: Path
    rows: dict[str, int]  # ledger -> rows
    planted: dict[str, int]  # audit -> irregularities


def _villages(package: Package) -> list[Village]:
    rows = [row for row in read_rows(package["villages"].path) if row.get("村代码")]
    if not rows:
        raise DemoError(f"{package['villages'].path} 里没有行政村，生成不了示范乡镇，请先填写行政村台账。")
    short = len({row["村代码"][-3:] for row in rows}) == len(rows)  # three digits tell the villages apart
    return [
        Village(
            row["村代码"], row["村名"], row.get("城乡分类") == "121", row["村代码"][-3:] if short else row["村代码"]
        )
        for row in rows
    ]


def _cast(town: Township) -> None:
    company = Company(town)
    for script in SCRIPTS:
        cast(town, company, script)


def _works(town: Township) -> None:
    organisations.found(town)
    works.build(town)
    cases_works.spoil(town)
    works.inspect(town)


PARTS: tuple[Callable[[Township], None], ...] = (
    register.settle,
    _cast,
    life.poverty,
    relief.certify,
    relief.give_relief,
    watched.choose,  # before insurance, loans and schools ask who is watched
    life.live,
    traits.give_numbers,  # cases and life have settled every birth date
    traits.give_traits,
    monitoring.keep_floored,  # before anybody asks who is watched still
    insurance.insure,
    relief.give_subsidies,
    retire,
    traits.open_accounts,
    loans.lend,
    _works,
    base.fill,
    problems.find,
    employment.fill,
    health.fill,
    housing.fill,
    education.fill,
    water.fill,
    funds.fill,
    industry.fill,
    duty.fill,
    welfare.fill,
    income.fill,  # late: what health and employment wrote is part of it
    relief_rounds.fill,  # after it is settled who is watched
    visits.fill,
)


def simulate(package: Package, persons: int, seed: int, step: Callable[[], None] = lambda: None) -> Township:
    """The township with everything decided, nothing written. `step` is called after each part."""
    town = Township(seed, persons, Standards.read(package["standards"].path), _villages(package))
    town.tables["teams"] = made_up_teams(read_rows(package["teams"].path))
    for part in PARTS:
        part(town)
        step()
    return town


def generate(package: Package, persons: int, seed: int, out: Path, progress: Progress | None = None) -> Demo:
    """Write a township of `persons` people into the folder `out`: a whole package and truth.csv (audit, 对象).

    `progress(label, done, total)` is called as work goes on. Raises DemoError with a Chinese sentence when `out`
    holds something else than an earlier demo, or when a standard that the demo keeps to is missing.
    """
    if persons < 1:
        raise DemoError("人数至少是 1。")
    out = Path(out).resolve()
    check_place(package, out)
    done, total = 0, len(PARTS) + len(package.ledgers)

    def step(_title: str = "") -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(LABEL, done, total)

    town = simulate(package, persons, seed, step)
    counts = write_package(package, town, out, step)
    planted: dict[str, int] = {}
    for audit, _ in town.truth():
        planted[audit] = planted.get(audit, 0) + 1
    return Demo(out, counts, planted)
