"""Every schema carries what a clerk, a template and the checks need; a column name means one thing everywhere."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from xianjie.package import load_package

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = load_package(ROOT)
AREAS = {"base", "education", "health", "water", "housing", "income", "monitoring"} | {
    "industry", "assets", "funds", "employment", "welfare", "duty",
}  # fmt: skip
# Generic names share only their type (design: Names).
GENERIC = {
    "日期",
    "金额",
    "类型",
    "项目",
    "备注",
    "状态",
    "名称",
    "问题",
    "处置",
    "来源",
    "档次",
    "单位",
    "数值",
    "用途",
}
FIELDS = [(ledger, field) for ledger in PACKAGE.ledgers.values() for field in ledger.fields]
EACH_FIELD = pytest.mark.parametrize(
    ("ledger", "field"), FIELDS, ids=[f"{ledger.name}-{field.name}" for ledger, field in FIELDS]
)
EACH_LEDGER = pytest.mark.parametrize("ledger", PACKAGE.ledgers.values(), ids=PACKAGE.ledgers)

LOOKS_LIKE = {
    "date": r"\d{4}-\d{2}-\d{2}",
    "yearmonth": r"\d{4}-\d{2}",
    "year": r"\d{4}",
    "integer": r"-?\d+",
    "number": r"-?\d+(\.\d+)?",
    "string": r".+",
}


@EACH_LEDGER
def test_ledger_is_described_and_in_its_area(ledger):
    assert ledger.area in AREAS
    assert ledger.title and ledger.description.endswith("。")
    assert re.fullmatch(r"[a-z_]+", ledger.name)
    assert ledger.relative_path == f"csv/{ledger.area}/{ledger.name}.csv"
    assert PACKAGE.descriptor["resources"]
    assert ledger.key and set(ledger.key) <= set(ledger.columns)


@EACH_FIELD
def test_field_tells_a_clerk_what_to_write(ledger, field):
    assert field.title and field.description.endswith("。")
    assert field.privacy in {"public", "internal", "sensitive"}
    assert re.fullmatch(LOOKS_LIKE[field.type], field.example), field.example


@EACH_FIELD
def test_example_satisfies_its_own_constraints(ledger, field):
    limits = field.constraints
    if "enum" in limits:
        assert field.example in limits["enum"]
        assert len(set(limits["enum"])) == len(limits["enum"])
    if "pattern" in limits:
        assert re.match(f"{limits['pattern']}", field.example)
    for bound, holds in (("minimum", lambda x, b: x >= b), ("maximum", lambda x, b: x <= b)):
        if bound in limits:
            assert holds(float(field.example), limits[bound])


@EACH_FIELD
def test_synonyms_lead_to_codes_and_never_hide_one(ledger, field):
    for written, code in field.synonyms.items():
        assert code in field.enum
        assert written not in field.enum, f"{written} is a code already"


@EACH_LEDGER
def test_headings_are_unambiguous(ledger):
    meaning = defaultdict(set)
    for field in ledger.fields:
        for heading in {field.name, field.title}:
            meaning[heading].add(field.name)
    assert all(len(names) == 1 for names in meaning.values())
    for field in ledger.fields:
        for alias in field.aliases:
            meaning[alias].add(field.name)
    doubtful = {heading: names for heading, names in meaning.items() if len(names) > 1}
    assert not doubtful, f"{ledger.name}: one heading, two columns: {doubtful}"


def test_a_column_name_has_one_type_and_one_code_list_in_all_ledgers():
    types, codes, units = defaultdict(set), defaultdict(set), defaultdict(set)
    for _, field in FIELDS:
        types[field.name].add(field.type)
        if field.name not in GENERIC and field.enum:
            codes[field.name].add(tuple(field.enum))
        units[field.name].add(field.unit)
    assert {name: seen for name, seen in types.items() if len(seen) > 1} == {}
    assert {name: seen for name, seen in codes.items() if len(seen) > 1} == {}
    assert {name: seen for name, seen in units.items() if len(seen) > 1} == {}


@EACH_FIELD
def test_identity_numbers_load_even_when_wrong(ledger, field):
    """Same or faulty numbers must load, so that an audit can show them (design: Names)."""
    if field.name == "身份证号":
        assert field.constraints.get("pattern") == "^[0-9A-Za-z]+$"
        assert not field.constraints.get("unique")
        assert field.privacy == "sensitive"
        assert ledger.by_name["姓名"].required or not field.required


@EACH_LEDGER
def test_keys_point_at_columns_that_exist(ledger):
    assert set(ledger.primary_key) <= set(ledger.columns)
    for key in ledger.primary_key:
        assert re.search("编号|代码", key)
        assert ledger.by_name[key].required
    for foreign in ledger.foreign_keys:
        parent = PACKAGE[foreign.ledger]
        assert set(foreign.fields) <= set(ledger.columns)
        unique = parent.primary_key or tuple(field.name for field in parent.fields if field.constraints.get("unique"))
        assert foreign.reference_fields == unique
        for own, other in zip(foreign.fields, foreign.reference_fields, strict=True):
            assert ledger.by_name[own].type == parent.by_name[other].type


@EACH_LEDGER
def test_numbering_uses_columns_of_the_ledger(ledger):
    if ledger.numbering:
        assert ledger.numbering.field in ledger.columns
        assert set(ledger.numbering.sources) <= set(ledger.columns) - {ledger.numbering.field}


@EACH_LEDGER
def test_what_recognises_a_row_is_told_once(ledger):
    if ledger.numbering:
        # What a row is about does not change; what proves it may.
        assert not set(ledger.numbering.sources) & ledger.numbering.changes
        assert ledger.numbering.changes | set(ledger.numbering.proof) <= set(ledger.columns)
        assert any(ledger.by_name[name].required for name in ledger.numbering.sources)
    assert set(ledger.alike) <= set(ledger.columns)
