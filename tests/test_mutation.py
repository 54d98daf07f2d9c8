"""The mutation gate: no condition of an audit, its population or a shared view changes without a case noticing."""

import pytest
from project import AUDITS, PACKAGE, ROOT, cases_of, checked

from xianjie.audits import Audit, AuditError
from xianjie.cases import CaseError, Stage
from xianjie.mutants import survivors, view_survivors
from xianjie.sql import STANDARDS_VIEW

VIEWS = sorted(path.stem for path in (ROOT / "views").glob("*.sql"))


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage(PACKAGE)


@pytest.mark.parametrize("name", AUDITS)
def test_every_condition_of_an_audit_is_tested(name: str, stage: Stage) -> None:
    excused = cases_of(name).equivalent
    assert all(excused.values()), "equivalent 的每一条都要写 why"
    alive = survivors(checked(name), cases_of(name).cases, stage)
    place = f"tests/audits/{AUDITS[name].area}/{name}.yml"
    unnoticed = [label for label in alive if label not in excused]
    assert not unnoticed, f"{place}：改了下面的条件，没有一个用例发现：\n" + "\n".join(unnoticed)
    stale = sorted(set(excused) - set(alive))
    assert not stale, f"{place} 的 equivalent 里这些已经有用例发现，或写得与条件不符：\n" + "\n".join(stale)


def users_of(view: str) -> list[Audit]:
    """The audits whose cases can notice a change of the view, those that fail their own tests left out."""
    found = []
    for name in AUDITS:
        try:
            audit = checked(name)
            cases_of(name)
        except (AuditError, CaseError):
            continue
        if view in audit.views or (view == STANDARDS_VIEW and audit.standards):
            found.append(audit)
    return found


@pytest.mark.parametrize("view", VIEWS)
def test_every_condition_of_a_view_is_tested(view: str, stage: Stage) -> None:
    users = [(audit, cases_of(audit.name).cases) for audit in users_of(view)]
    assert users, f"views/{view}.sql：没有一项审计用到"
    alive = view_survivors(view, users, stage)
    names = "、".join(audit.name for audit, _ in users)
    assert not alive, f"views/{view}.sql：改了下面的条件，{names} 的用例都没有发现：\n" + "\n".join(alive)
