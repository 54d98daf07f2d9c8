"""The project's own package, audits and cases, read once for all tests of a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from xianjie.audits import Audit, load_audits
from xianjie.cases import CaseFile, case_path, load_cases
from xianjie.package import load_package

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = load_package(ROOT)
# Headers only: an audit that breaks a rule fails its own tests, not the collection of all.
AUDITS: dict[str, Audit] = load_audits(PACKAGE, names=())


@cache
def checked(name: str) -> Audit:
    """The audit, its SQL checked; AuditError where it breaks a rule."""
    AUDITS[name].check()
    return AUDITS[name]


@cache
def cases_of(name: str) -> CaseFile:
    """The cases of an audit; CaseError where their file is broken."""
    return load_cases(PACKAGE, case_path(PACKAGE, AUDITS[name]))
