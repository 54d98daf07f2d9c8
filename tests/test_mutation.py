"""The mutation gate: no condition of an audit, its population or a shared view changes without a case noticing."""

from functools import cache
from pathlib import Path

import pytest

from xianjie.audits import load_audits
from xianjie.cases import CaseFile, Stage, case_path, load_cases
from xianjie.mutants import survivors, view_survivors
from xianjie.package import load_package
from xianjie.sql import STANDARDS_VIEW

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = load_package(ROOT)
AUDITS = load_audits(PACKAGE)
VIEWS = sorted({view for audit in AUDITS.values() for view in audit.views} | {STANDARDS_VIEW})


@cache
def cases_of(name: str) -> CaseFile:
    return load_cases(PACKAGE, case_path(PACKAGE, AUDITS[name]))


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage(PACKAGE)


@pytest.mark.parametrize("name", AUDITS)
def test_every_condition_of_an_audit_is_tested(name: str, stage: Stage) -> None:
    excused = cases_of(name).equivalent
    assert all(excused.values()), "equivalent 的每一条都要写 why"
    alive = survivors(AUDITS[name], cases_of(name).cases, stage)
    place = f"tests/audits/{AUDITS[name].area}/{name}.yml"
    unnoticed = [label for label in alive if label not in excused]
    assert not unnoticed, f"{place}：改了下面的条件，没有一个用例发现：\n" + "\n".join(unnoticed)
    stale = sorted(set(excused) - set(alive))
    assert not stale, f"{place} 的 equivalent 里这些已经有用例发现，或写得与条件不符：\n" + "\n".join(stale)


@pytest.mark.parametrize("view", VIEWS)
def test_every_condition_of_a_view_is_tested(view: str, stage: Stage) -> None:
    users = [
        (audit, cases_of(audit.name).cases)
        for audit in AUDITS.values()
        if view in audit.views or (view == STANDARDS_VIEW and audit.standards)
    ]
    alive = view_survivors(view, users, stage)
    names = "、".join(audit.name for audit, _ in users)
    assert not alive, f"views/{view}.sql：改了下面的条件，{names} 的用例都没有发现：\n" + "\n".join(alive)


def test_every_view_is_used() -> None:
    """A view that no audit reads would stand outside the gate."""
    assert {path.stem for path in (ROOT / "views").glob("*.sql")} == set(VIEWS)
