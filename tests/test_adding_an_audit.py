"""docs/adding-an-audit.md is true: its audit and its cases are taken from the page and run."""

import re

import pytest
from audit_workshop import ROOT, Workshop

from xianjie.audits import AREAS, load_audits
from xianjie.cases import Stage, case_path, difference, load_cases
from xianjie.mutants import survivors
from xianjie.run import run_audit

PAGE = (ROOT / "docs" / "adding-an-audit.md").read_text(encoding="utf-8")


@pytest.fixture
def audit(tmp_path):
    workshop = Workshop(tmp_path)
    blocks = re.findall(r"`([\w/]+\.(?:sql|yml))`：\n\n```\w+\n(.*?)```", PAGE, re.DOTALL)
    assert [place.rsplit(".", 1)[1] for place, _ in blocks] == ["sql", "yml"]
    for place, text in blocks:
        workshop.write(place, text)
    [audit] = load_audits(workshop.package).values()
    return workshop, audit


def test_the_example_passes_its_cases_and_the_gate(audit) -> None:
    workshop, audit = audit
    cases = load_cases(workshop.package, case_path(workshop.package, audit)).cases
    stage = Stage(workshop.package)
    for case in cases:
        assert difference(run_audit(stage.show(case), audit, case.as_of, case.village), case) is None, case.name
    assert survivors(audit, cases, stage) == []


def test_the_page_names_what_there_is() -> None:
    assert " ".join(AREAS) in PAGE
    for test_file in re.findall(r"test_\w+\.py", PAGE):
        assert (ROOT / "tests" / test_file).exists()
