"""`validate` gives exactly the errors of Frictionless itself, all of them, and says where foreign keys fail."""

from __future__ import annotations

import csv
import io
import random
import re
import subprocess
import sys
from collections import Counter

import frictionless
import pytest
from tiny_township import ROOT, WORLD, change_schema, make_package, rows_of

from xianjie.files import csv_text, write_csv
from xianjie.package import load_package
from xianjie.validate import validate


def frictionless_errors(package) -> list[tuple]:
    """What plain Frictionless says of the package on disk, as (ledger, type, row, field, note)."""
    report = frictionless.Package(str(package.root / "datapackage.json")).validate(limit_errors=0)
    assert not report.errors
    return [
        (
            task.name,
            error.type,
            getattr(error, "row_number", None) or 1,
            getattr(error, "field_number", None),
            error.note,
        )
        for task in report.tasks
        for error in task.errors
    ]


def ours(package) -> list[tuple]:
    """The same of `validate`; the column that it adds to key errors is left out of the comparison."""
    return [
        (error.ledger, error.type, error.row, None if error.fields else error.field_number, error.note)
        for error in validate(package)
    ]


def test_a_valid_package_has_no_errors(tmp_path):
    assert validate(make_package(tmp_path)) == []


def test_shipped_package_satisfies_frictionless_and_us():
    package = load_package(ROOT)
    assert frictionless_errors(package) == []
    assert validate(package) == []


CELLS = [
    "", " ", "五级", "H1", "H9", "141199104201", "141199104999", "2024-13-01", "2024-7-5", "2024-07-05", "2024-07",
    "2024-7", "尽快", "-1", "1.5", "1e3", "NaN", "１２", "007", "约50", "是", "x", "P1", "P2", "P9", "31", " 男", "男",
    "低保金", '含"引号"', "两\n行", "甲,乙",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_same_errors_in_the_same_order_as_frictionless_on_damaged_packages(tmp_path, seed):
    names = (*WORLD, "loans", "disability_certificates")
    package = make_package(tmp_path, only=names)
    draw = random.Random(seed)
    for name in names:
        ledger = package[name]
        with ledger.path.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.reader(handle))[1:]
        rows += [[draw.choice(CELLS) for _ in ledger.columns] for _ in range(draw.randrange(4))]
        for row in rows:
            if draw.random() < 0.5:
                row[draw.randrange(len(row))] = draw.choice(CELLS)
        text = csv_text(ledger.columns, rows)
        if draw.random() < 0.3:
            text += draw.choice(["\n", ",\n", "甲\n", "," * len(ledger.columns) + "乙\n"])
        ledger.path.write_text(text, encoding=draw.choice(["utf-8", "utf-8-sig"]), newline=draw.choice(["\n", "\r\n"]))
    expected = frictionless_errors(package)
    assert expected, "the damage must show"
    assert ours(package) == expected


def test_headings_are_judged_as_frictionless_judges_them(tmp_path):
    package = make_package(tmp_path, only=WORLD)
    columns = package["teams"].columns
    for labels in (
        [*columns, "多余"],
        columns[:-1],
        [columns[1], columns[0], *columns[2:]],
        [*columns[:-1], columns[0]],
    ):
        write_csv(package["teams"].path, labels, [["甲"] * len(labels)])
        assert ours(package) == frictionless_errors(package)
        assert {error.row for error in validate(package) if error.type.endswith("-label")} == {1}


def test_no_error_is_left_out_however_many_there_are(tmp_path):
    rows = [{"户编号": f"H{number}", "村代码": "141199104201", "户类型": "错"} for number in range(1500)]
    package = make_package(tmp_path, {"households": rows, "persons": [], "payments": []}, only=WORLD)
    errors = validate(package)
    assert len(errors) == 1500
    assert {error.constraint for error in errors} == {"enum"}
    assert errors[-1].row == 1501


def test_foreign_key_error_has_its_column_value_and_ledger(tmp_path):
    package = make_package(tmp_path, only=WORLD)
    rows = [{"户编号": "H9", "身份证号": "1", "姓名": "甲"}]
    write_csv(package["persons"].path, package["persons"].columns, rows_of(package, "persons", rows))
    [error] = validate(package)
    assert (error.type, error.row, error.field_name, error.cell) == ("foreign-key", 2, "户编号", "H9")
    assert error.field_number == package["persons"].columns.index("户编号") + 1
    assert (error.fields, error.reference) == (("户编号",), "households")


def test_self_reference_is_checked_and_a_blank_optional_key_is_no_error(tmp_path):
    package = make_package(tmp_path, only=WORLD)
    rows = [
        {"发放编号": "P1", "项目": "低保金", "身份证号": "1", "姓名": "甲"},
        {"发放编号": "P2", "项目": "低保金", "身份证号": "1", "姓名": "甲", "原发放编号": "P1"},
        {"发放编号": "P3", "项目": "低保金", "身份证号": "1", "姓名": "甲", "原发放编号": "P7"},
    ]
    write_csv(package["payments"].path, package["payments"].columns, rows_of(package, "payments", rows))
    [error] = validate(package)
    assert (error.row, error.field_name, error.cell, error.reference) == (4, "原发放编号", "P7", "payments")


def test_foreign_key_onto_a_unique_column_and_its_blanks(tmp_path):
    problem = {"问题编号": "Q1", "对照排查内容排查出的具体问题": "某处", "专班": "没有的专班"}
    package = make_package(tmp_path, {"problems": [problem]})
    assert [(error.type, error.field_name) for error in validate(package)] == [("foreign-key", "专班")]
    double = [{"专班": "甲专班"}, {"专班": "甲专班"}, {}, {"文件点名": "否"}]
    package = make_package(tmp_path / "other", {"teams": double})
    assert [(error.type, error.row, error.field_name) for error in validate(package)] == [
        ("unique-error", 3, "专班"),
        ("blank-row", 4, None),
    ]


def test_primary_key_error_has_its_column(tmp_path):
    package = make_package(
        tmp_path, {"villages": [{"村代码": "141199104201", "村名": name} for name in "甲乙"]}, only=WORLD
    )
    errors = [error for error in validate(package) if error.ledger == "villages"]
    assert [(e.type, e.row, e.field_number, e.field_name, e.cell) for e in errors] == [
        ("primary-key", 3, 1, "村代码", "141199104201")
    ]


def test_replacement_tables_stand_in_for_ledgers_also_as_parents(tmp_path):
    package = make_package(tmp_path)
    other = tmp_path / "households.csv"
    write_csv(other, package["households"].columns, rows_of(package, "households", [{"户编号": "H2", "村代码": "甲"}]))
    errors = validate(package, {"households": other})
    assert Counter((error.ledger, error.type) for error in errors) == Counter(
        {
            ("households", "constraint-error"): 1,
            ("households", "foreign-key"): 1,
            ("persons", "foreign-key"): 1,
            ("payments", "foreign-key"): 2,
        }
    )
    only = validate(package, {"households": other}, only=["persons"])
    assert [(error.ledger, error.cell) for error in only] == [("persons", "H1")]


def test_missing_and_undecodable_ledgers_are_one_error_each(tmp_path):
    package = make_package(tmp_path)
    package["teams"].path.unlink()
    text = csv_text(package["villages"].columns, rows_of(package, "villages", [{"村代码": "1", "村名": "甲村"}]))
    package["villages"].path.write_bytes(text.encode("gbk"))
    assert [(error.ledger, error.type, error.row) for error in validate(package)] == [
        ("villages", "encoding-error", 1),
        ("teams", "scheme-error", None),
    ]


def test_unreadable_parent_is_reported_even_if_only_the_child_is_asked_for(tmp_path):
    package = make_package(tmp_path)
    package["villages"].path.unlink()
    assert [error.ledger for error in validate(package, only=["households"])] == ["villages"]


def test_empty_file_is_an_error(tmp_path):
    package = make_package(tmp_path)
    package["teams"].path.write_bytes(b"")
    assert [(error.ledger, error.type) for error in validate(package)] == [("teams", "source-error")]


def test_bad_schema_is_an_error_of_that_ledger(tmp_path):
    make_package(tmp_path)
    package = change_schema(
        tmp_path, "schemas/base/teams.json", lambda schema: schema["fields"][1].update(constraints={"pattern": "("})
    )
    assert [(error.ledger, error.type) for error in validate(package)] == [("teams", "schema-error")]
    package = change_schema(
        tmp_path, "schemas/base/teams.json", lambda schema: schema["fields"][1].update(constraints={"size": 3})
    )
    assert [(error.ledger, error.type) for error in validate(package)] == [("teams", "schema-error")]


def test_frictionless_is_left_as_it_was(tmp_path):
    validate(make_package(tmp_path))
    assert frictionless.system.trusted is False


def test_only_this_module_knows_frictionless_and_only_when_it_is_called():
    users = [
        path.name
        for path in sorted((ROOT / "xianjie").rglob("*.py"))
        if re.search(r"^\s*(import|from) frictionless", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert users == ["validate.py"]
    code = "import sys, xianjie.check, xianjie.importer, xianjie.report; sys.exit('frictionless' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_line_breaks_in_cells_do_not_shift_rows(tmp_path):
    package = make_package(tmp_path)
    rows = rows_of(package, "villages", [{"村代码": "141199104201", "村名": "甲\n村"}, {"村代码": "x", "村名": "乙村"}])
    write_csv(package["villages"].path, package["villages"].columns, rows)
    assert [error.row for error in validate(package) if error.ledger == "villages"] == [3]
    assert len(list(csv.reader(io.StringIO(package["villages"].path.read_text(encoding="utf-8"))))) == 3
