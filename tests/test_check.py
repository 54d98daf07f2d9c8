"""Submitted files and the package itself: the right cells, one sentence each, nothing else."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import yaml
from tiny_township import ROOT, WORLD, make_package, rows_of

from xianjie.check import check_files, check_package, record_lines
from xianjie.files import csv_text, write_csv
from xianjie.merge import MergeError

AS_OF = "2024-12-15"
HOUSEHOLDS = ["户编号", "村代码", "户主姓名", "户类型", "家庭人口数"]


@pytest.fixture
def package(tmp_path):
    return make_package(tmp_path / "package")


def send(tmp_path: Path, name: str, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(csv_text(rows[0], rows[1:]).encode(encoding))
    return path


def found(report) -> list[tuple]:
    return [(note.type, note.address) for note in report.errors]


def test_clean_submission_passes(tmp_path, package):
    path = send(tmp_path, "户台账.csv", [HOUSEHOLDS, ["H3", "甲村", "赵三", "脱贫户", "2"]], "gb18030")
    report = check_files(package, [path])
    assert (report.exit_code, found(report)) == (0, [])
    assert report.verdict.startswith("通过")
    assert report.warnings, "missing optional columns are warnings"


def test_error_stands_at_the_cell_as_sent_under_the_heading_as_written(tmp_path, package):
    rows = [
        ["某镇户台账", "", "", ""],
        ["序号", "户主", "户编号", "村名"],
        ["1", "赵三", "H3", "甲村"],
        ["", "", "", ""],
        ["2", "钱四", "H4", "丙丁戊村"],
        ["合计", "", "2户", ""],
    ]
    [error] = check_files(package, [send(tmp_path, "户台账.csv", rows)]).errors
    assert (error.row, error.field_number, error.address) == (5, 4, "D5")
    assert (error.field_name, error.cell) == ("村代码", "丙丁戊村")
    assert error.message.startswith("户台账.csv 第5行 D5「村名」填的是“丙丁戊村”，")
    assert error.message.endswith("。") and error.remedy in error.message


def test_one_error_a_cell_where_the_engine_finds_two(tmp_path, package):
    # An unknown village fails the pattern and the foreign key; an empty 姓名 in an unknown household fails twice.
    path = send(tmp_path, "户台账.csv", [HOUSEHOLDS, ["H3", "丙村", "赵三", "脱贫户", "2"]])
    assert found(check_files(package, [path])) == [("constraint-error", "B2")]


def test_every_error_in_a_row_is_told(tmp_path, package):
    path = send(tmp_path, "户台账.csv", [HOUSEHOLDS, ["H3", "甲村", "赵三", "脱贫", "三口"], ["H4", "", "", "", ""]])
    report = check_files(package, [path])
    assert found(report) == [("constraint-error", "D2"), ("type-error", "E2"), ("constraint-error", "B3")]
    assert report.exit_code == 1


def test_workbook_sentences_name_the_sheet(tmp_path, package):
    book = openpyxl.Workbook()
    book.active.title = "一季度"
    for row in (["户编号", "村代码", "户类型"], ["H3", "甲村", "富裕户"]):
        book.active.append(row)
    path = tmp_path / "户台账.xlsx"
    book.save(path)
    [error] = check_files(package, [path]).errors
    assert (error.sheet, error.address) == ("一季度", "C2")
    assert "户台账.xlsx「一季度」 第2行 C2「户类型」填的是“富裕户”" in error.message


def test_missing_required_column_is_one_error_not_one_a_row(tmp_path, package):
    path = send(tmp_path, "人员.csv", [["户编号", "姓名"], ["H1", "甲"], ["H2", "乙"]])
    [error] = check_files(package, [path], "persons").errors
    assert (error.type, error.field_name, error.row) == ("missing-label", "身份证号", 1)


def test_a_row_with_a_known_number_replaces_it_and_is_no_duplicate(tmp_path, package):
    path = send(tmp_path, "户台账.csv", [HOUSEHOLDS, ["H1", "乙村", "王一", "脱贫户", "4"]])
    assert check_files(package, [path]).valid


def test_a_number_given_twice_names_the_other_row(tmp_path, package):
    rows = [HOUSEHOLDS, ["H5", "甲村", "赵", "", ""], ["H6", "甲村", "钱", "", ""], ["H5", "乙村", "孙", "", ""]]
    [error] = check_files(package, [send(tmp_path, "户台账.csv", rows)]).errors
    assert (error.type, error.address) == ("primary-key", "A4")
    assert "与户台账.csv 第2行" in error.message


def test_a_known_number_given_twice_is_an_error_of_the_second_row_alone(tmp_path, package):
    rows = [HOUSEHOLDS, ["H1", "甲村", "赵", "", ""], ["H1", "乙村", "钱", "", ""]]
    [error] = check_files(package, [send(tmp_path, "户台账.csv", rows)]).errors
    assert (error.type, error.address) == ("primary-key", "A3")
    assert "与户台账.csv 第2行" in error.message


def test_a_number_given_twice_in_two_files_is_an_error_of_the_second(tmp_path, package):
    first = send(tmp_path, "户台账一.csv", [HOUSEHOLDS, ["H5", "甲村", "赵", "", ""]])
    second = send(tmp_path, "户台账二.csv", [HOUSEHOLDS, ["H5", "甲村", "钱", "", ""]])
    [error] = check_files(package, [first, second]).errors
    assert (error.file, error.address) == ("户台账二.csv", "A2")
    assert "户台账一.csv 第2行" in error.message


def test_rows_of_the_other_files_count_as_parents(tmp_path, package):
    people = send(
        tmp_path, "人员.csv", [["户编号", "身份证号", "姓名"], ["H7", "141199196003071223", "王"], ["H8", "1", "李"]]
    )
    houses = send(tmp_path, "户台账.csv", [HOUSEHOLDS, ["H7", "甲村", "王", "", ""]])
    assert found(check_files(package, [people, houses])) == [("foreign-key", "A3")]
    assert [error.address for error in check_files(package, [people]).errors] == ["A2", "A3"]


def test_a_reference_to_an_unknown_household_says_what_to_do(tmp_path, package):
    path = send(tmp_path, "人员.csv", [["户编号", "身份证号", "姓名"], ["H9", "141199196003071223", "王一"]])
    [error] = check_files(package, [path]).errors
    assert (error.type, error.field_name, error.cell, error.address) == ("foreign-key", "户编号", "H9", "A2")
    assert "找不到" in error.message and error.remedy


def test_blank_optional_reference_is_no_error(tmp_path, package):
    heading = ["发放编号", "项目", "户编号", "身份证号", "姓名", "原发放编号"]
    rows = [heading, ["P8", "低保金", "", "141199196003071223", "王一", ""], ["P9", "低保金", "", "1", "王一", "P8"]]
    assert check_files(package, [send(tmp_path, "发放.csv", rows)], "payments").valid


def test_errors_of_rows_that_were_there_before_are_not_the_clerks(tmp_path):
    package = make_package(tmp_path / "p", {"households": [*WORLD["households"], {"户编号": "H0", "户类型": "错"}]})
    assert not check_package(package, AS_OF).valid
    assert check_files(package, [send(tmp_path, "户台账.csv", [HOUSEHOLDS, ["H5", "甲村", "赵", "", ""]])]).valid


def test_value_taken_from_the_header_line_is_reported(tmp_path, package):
    rows = [["户台账", "", ""], ["填报单位：乙村", "", ""], ["户编号", "户主姓名", "户类型"], ["H5", "赵", "脱贫户"]]
    report = check_files(package, [send(tmp_path, "户台账.csv", rows)])
    assert report.valid
    assert any(note.field_name == "村代码" and "乙村" in note.message for note in report.repairs)


def test_unreadable_file_is_a_sentence_and_exit_code_2_and_the_others_are_still_checked(tmp_path, package):
    broken = tmp_path / "户台账.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut off")
    good = send(tmp_path, "户台账.csv", [HOUSEHOLDS, ["H5", "甲村", "赵", "错", ""]])
    report = check_files(package, [broken, tmp_path / "没有.csv", good])
    assert report.exit_code == 2
    assert [(note.type, note.file) for note in report.errors] == [
        ("unreadable", "户台账.xlsx"),
        ("unreadable", "没有.csv"),
        ("constraint-error", "户台账.csv"),
    ]
    assert all(note.message.endswith("。") for note in report.errors)


def test_unknown_ledger_is_exit_code_2(tmp_path, package):
    path = send(tmp_path, "户台账.csv", [HOUSEHOLDS, ["H5", "甲村", "赵", "", ""]])
    assert check_files(package, [path], "no_such").exit_code == 2


def test_damaged_ids_refuse_the_file_with_one_error(tmp_path, package):
    rows = [["户编号", "身份证号", "姓名", "性别"]]
    rows += [["H1", f"1411991960030{number:02d}000", "王一", "错"] for number in range(10, 20)]
    report = check_files(package, [send(tmp_path, "人员.csv", rows)])
    assert [error.type for error in report.errors] == ["damaged-ids"]
    assert report.exit_code == 1


def test_nothing_is_said_against_a_broken_package(tmp_path, package):
    path = send(tmp_path, "户台账.csv", [HOUSEHOLDS, ["H5", "甲村", "赵", "", ""]])
    package["villages"].path.write_bytes(package["villages"].path.read_text(encoding="utf-8").encode("gbk"))
    with pytest.raises(MergeError, match=r"csv/base/villages\.csv 第1行起不是 UTF-8"):
        check_files(package, [path])
    package["villages"].path.unlink()
    with pytest.raises(MergeError, match=r"csv/base/villages\.csv"):
        check_files(package, [path])
    package["households"].path.write_bytes("户编号\n".encode("gbk"))
    with pytest.raises(MergeError, match=r"csv/base/households\.csv 不是 UTF-8"):
        check_files(package, [path])


def test_valid_package_passes(package):
    report = check_package(package, AS_OF)
    assert (report.exit_code, report.errors, report.warnings) == (0, [], [])
    assert report.stats["tasks"] == len(package.ledgers)
    assert report.stats["rows"] == sum(len(rows) for rows in WORLD.values())


def test_package_sentences_name_the_ledgers_file_and_cell(package):
    rows = rows_of(package, "households", [{"户编号": "H1", "村代码": "141199104201", "户类型": "错"}])
    write_csv(package["households"].path, package["households"].columns, rows)
    errors = {error.field_name: error for error in check_package(package, AS_OF).errors if "households" in error.file}
    error = errors["户类型"]
    assert error.address == "F2"
    assert error.message.startswith("csv/base/households.csv 第2行 F2「户类型」填的是“错”，不在代码表里，只能填：")


def test_missing_and_gbk_ledgers_are_sentences(package):
    text = package["villages"].path.read_text(encoding="utf-8")
    package["villages"].path.write_bytes(text.encode("gbk"))
    package["persons"].path.unlink()
    # Its remedy would look for the closest village.
    rows = rows_of(package, "households", [{"户编号": "H1", "村代码": "丙村"}])
    write_csv(package["households"].path, package["households"].columns, rows)
    report = check_package(package, AS_OF)
    assert report.exit_code == 1
    assert [(error.type, error.file) for error in report.errors if error.file != "csv/base/households.csv"] == [
        ("encoding-error", "csv/base/villages.csv"),
        ("scheme-error", "csv/base/persons.csv"),
    ]
    assert [error.address for error in report.errors if error.file == "csv/base/households.csv"] == ["C2"]
    assert "不是 UTF-8" in report.errors[0].message
    missing = report.errors[-1].message
    assert "打不开" in missing and "身份证号" in missing


def test_doubts_about_the_packages_identifiers_are_warnings(package):
    people = [{"户编号": "H1", "身份证号": "141199196003071229", "姓名": "王一"}]
    write_csv(package["persons"].path, package["persons"].columns, rows_of(package, "persons", people))
    report = check_package(package, AS_OF)
    assert report.exit_code == 0
    [doubt] = [note for note in report.warnings if note.file.endswith("persons.csv")]
    assert (doubt.type, doubt.address) == ("doubt-id-number", "B2")
    assert "141199196003071229" in doubt.message and "校验码" in doubt.message


def test_birth_dates_are_judged_on_the_day_given(package):
    people = [{"户编号": "H1", "身份证号": "141199202410011220", "姓名": "小王"}]
    write_csv(package["persons"].path, package["persons"].columns, rows_of(package, "persons", people))

    def doubts(as_of):
        return [note for note in check_package(package, as_of).warnings if "出生日期" in note.message]

    assert len(doubts("2024-09-30")) == 1
    assert doubts("2024-10-01") == []


def test_lines_differ_from_rows_after_a_cell_with_line_breaks(package):
    rows = [{"村代码": "141199104201", "村名": "甲村", "联络组": "一\n二\n三"}, {"村代码": "x", "村名": "乙村"}]
    write_csv(package["villages"].path, package["villages"].columns, rows_of(package, "villages", rows))
    report = check_package(package, AS_OF)
    [task] = [task for task in report.tasks if task.name == "villages"]
    [error] = task.errors
    assert (error.row, task.line_of(error.row)) == (3, 5)


def test_open_quote_is_a_warning_with_its_line(package):
    # Frictionless reads the rest of the file as one cell and finds nothing wrong.
    columns = package["villages"].columns
    rest = "," * (len(columns) - 2)
    records = [f"141199104201,甲村{rest}", f'141199104202,乙村{rest[:-1]},"乙', f"141199104203,丙村{rest}"]
    text = "\n".join([",".join(columns), *records]) + "\n"
    package["villages"].path.write_text(text, encoding="utf-8")
    [warning] = [note for note in check_package(package, AS_OF).warnings if note.type == "unterminated-quote"]
    assert (warning.file, warning.row) == ("csv/base/villages.csv", 3)


@pytest.mark.parametrize(
    ("text", "lines", "torn"),
    [
        ("a,b\n1,2\n", [1, 2], None),
        ('a\n"1\n2"\n3\n', [1, 2, 4], None),
        ("a\r\n\r\n1\r\n", [1, 2, 3], None),
        ('a\n"1\n2\n', [1, 2], 2),
        ('a\nx"y\n', [1, 2], None),
        ("", [], None),
    ],
)
def test_record_lines(text, lines, torn):
    records, found_lines, found_torn = record_lines(text)
    assert (found_lines, found_torn) == (lines, torn)
    assert len(records) == len(lines)


def test_every_kind_of_engine_error_has_its_sentence(package):
    columns = package["teams"].columns
    lines = [",".join([columns[1], columns[0], *columns[2:], "多"]), "", "甲", ",".join("甲" * (len(columns) + 2))]
    package["teams"].path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    package["villages"].path.write_text("", encoding="utf-8")
    report = check_package(package, AS_OF)
    kinds = {error.type for error in report.errors}
    assert {"incorrect-label", "extra-label", "blank-row", "missing-cell", "extra-cell", "source-error"} <= kinds
    for error in report.errors:
        assert error.message.endswith("。") and "{" not in error.message and "None" not in error.message
        assert error.file in error.message and error.remedy


def test_workflow_checks_every_pull_request_that_touches_ledgers():
    workflow = yaml.safe_load((ROOT / ".github/workflows/check-submission.yml").read_text(encoding="utf-8"))
    assert "csv/**" in workflow[True]["pull_request"]["paths"]  # YAML reads the key `on` as true
    [job] = workflow["jobs"].values()
    assert job["steps"][-1]["run"] == "python build.py check --format github"
    # Nothing may hide a failing check, and nothing but errors makes it fail: warnings end with 0.
    assert "continue-on-error" not in str(workflow)
