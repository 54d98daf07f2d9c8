"""docs/adding-an-audit.md is true: its audit and its cases are taken from the page and run."""

import re

import pytest
from audit_workshop import ROOT, Workshop
from click.testing import CliRunner

from xianjie.audit_checks import AREAS, EXPECTED_SHARE
from xianjie.audits import load_audits
from xianjie.cases import Stage, case_path, difference, load_cases
from xianjie.cli import cli
from xianjie.mutants import survivors
from xianjie.run import run_audit
from xianjie.scaffold import ScaffoldError, new_audit

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
    passes_its_cases_and_the_gate(*audit)


def passes_its_cases_and_the_gate(workshop: Workshop, audit) -> None:
    cases = load_cases(workshop.package, case_path(workshop.package, audit)).cases
    stage = Stage(workshop.package)
    for case in cases:
        assert difference(run_audit(stage.show(case), audit, case.as_of, case.village), case) is None, case.name
    assert survivors(audit, cases, stage) == []


def test_the_page_names_what_there_is() -> None:
    assert " ".join(AREAS) in PAGE
    for test_file in re.findall(r"test_\w+\.py", PAGE):
        assert (ROOT / "tests" / test_file).exists()


def test_the_command_of_the_page_starts_an_audit(tmp_path) -> None:
    workshop = Workshop(tmp_path)
    [command] = re.findall(r"python build\.py (audit --new .+)", PAGE)
    result = CliRunner().invoke(cli, ["--package", str(tmp_path), *command.split()])
    assert result.exit_code == 0, result.output
    [audit] = load_audits(workshop.package).values()
    assert (audit.name, audit.area) == ("unguarded_assets", "assets")
    assert [path.stem for path in tmp_path.glob("tests/audits/assets/*.yml")] == ["unguarded_assets"]
    passes_its_cases_and_the_gate(workshop, audit)


@pytest.mark.parametrize("area", AREAS)
def test_an_audit_can_be_started_in_every_area(tmp_path, area: str) -> None:
    workshop = Workshop(tmp_path)
    for name in ("first", "second"):
        new_audit(workshop.package, name, area)
    first, second = load_audits(workshop.package).values()
    assert (first.code[:3], first.code[3:], second.code[3:]) == (second.code[:3], "01", "02")
    passes_its_cases_and_the_gate(workshop, second)


@pytest.mark.parametrize(
    ("name", "area", "said"),
    [
        ("first", "assets", r"audits/assets/first\.sql 已经有了"),
        ("first", "water", r"audits/assets/first\.sql 已经有了"),
        ("other", "somewhere", "没有“somewhere”这个领域"),
        ("Other", "assets", "只用小写英文"),
        ("../other", "assets", "只用小写英文"),
        ("assets", "assets", "已经是台账或视图的名称"),
        ("confirmed_standards", "assets", "已经是台账或视图的名称"),
        ("findings", "assets", "已经是台账或视图的名称"),
    ],
)
def test_what_cannot_be_started(tmp_path, name: str, area: str, said: str) -> None:
    workshop = Workshop(tmp_path)
    new_audit(workshop.package, "first", "assets")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
    with pytest.raises(ScaffoldError, match=said):
        new_audit(workshop.package, name, area)
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}


def test_the_page_names_the_default_share() -> None:
    assert f"不写是 {EXPECTED_SHARE}%" in PAGE
