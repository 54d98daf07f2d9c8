"""Import writes what was checked, changes what is there in place, and never leaves half of it."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest
from tiny_township import WORLD, make_package, read_rows, rows_of

from xianjie.check import check_package
from xianjie.files import csv_text, write_csv
from xianjie.importer import import_files, write_together
from xianjie.merge import MergeError

HOUSEHOLDS = ["户编号", "村代码", "户主姓名", "户类型"]
CERTIFICATES = ["残疾证号", "身份证号码", "姓名", "残疾级别"]


@pytest.fixture
def package(tmp_path):
    return make_package(tmp_path / "package")


def send(tmp_path: Path, name: str, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(csv_text(rows[0], rows[1:]).encode(encoding))
    return path


def snapshot(package) -> dict[str, bytes]:
    return {name: ledger.path.read_bytes() for name, ledger in package.ledgers.items()}


def figures(result) -> list[tuple]:
    return [(entry.ledger, entry.counts.new, entry.counts.changed, entry.counts.same) for entry in result.entries]


def test_new_rows_are_appended_in_file_order_and_known_ones_change_in_place(tmp_path, package):
    rows = [HOUSEHOLDS, ["H9", "甲村", "赵", "脱贫户"], ["H1", "乙村", "王一", "一般农户"], ["H5", "乙村", "钱", ""]]
    result = import_files(package, [send(tmp_path, "户台账.csv", rows)])
    assert figures(result) == [("households", 2, 1, 0)]
    assert [(row["户编号"], row["村代码"], row["户类型"]) for row in read_rows(package, "households")] == [
        ("H1", "141199104202", "一般农户"),
        ("H2", "141199104202", ""),
        ("H9", "141199104201", "脱贫户"),
        ("H5", "141199104202", ""),
    ]
    assert "新增 2 行，更新 1 行，相同 0 行" in result.lines[0]
    assert check_package(package, package.as_of).valid


def test_columns_that_the_file_does_not_have_keep_their_values(tmp_path, package):
    rows = [HOUSEHOLDS, ["H1", "甲村", "王一", "脱贫户"]]
    import_files(package, [send(tmp_path, "户台账.csv", rows)])
    assert read_rows(package, "households")[0]["联系电话"] == "0358-3012345"


def test_cells_left_blank_in_a_column_that_is_there_are_emptied(tmp_path, package):
    rows = [[*HOUSEHOLDS, "联系电话"], ["H1", "甲村", "王一", "脱贫户", ""]]
    import_files(package, [send(tmp_path, "户台账.csv", rows)])
    assert read_rows(package, "households")[0]["联系电话"] == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_importing_twice_changes_nothing(tmp_path, package, encoding):
    certificates = [
        CERTIFICATES,
        ["14119919600307122343", "141199196003071223", "王一", "三级"],
        ["14119919750812453241", "141199197508124532", "李二", "1级"],
        # The same line copied is two rows, which an audit will show; it must not become four.
        ["14119919750812453241", "141199197508124532", "李二", "1级"],
    ]
    path = send(tmp_path, "残疾人证-甲村.csv", certificates, encoding)
    assert figures(import_files(package, [path])) == [("disability_certificates", 3, 0, 0)]
    before = snapshot(package)
    again = import_files(package, [path])
    assert figures(again) == [("disability_certificates", 0, 0, 3)]
    assert again.written == []
    assert snapshot(package) == before
    # Both at once: the second file has nothing new to say.
    assert figures(import_files(package, [path, path]))[1] == ("disability_certificates", 0, 0, 3)
    assert snapshot(package) == before


def test_assigned_numbers_are_the_same_every_time(tmp_path, package):
    book = openpyxl.Workbook()
    for row in (["帮扶项目资产台账"], ["填报单位：甲村"], ["资产名称", "购建年度", "原值（万元）"]):
        book.active.append(row)
    book.active.append(["冷库", 2021, 48.65])
    book.active.append(["大棚", 2022, 3])
    path = tmp_path / "资产.xlsx"
    book.save(path)
    assert figures(import_files(package, [path])) == [("assets", 2, 0, 0)]
    rows = read_rows(package, "assets")
    assert [(row["村代码"], row["资产名称"], row["原值"]) for row in rows] == [
        ("141199104201", "冷库", "486500"),
        ("141199104201", "大棚", "30000"),
    ]
    assert len({row["资产编号"] for row in rows}) == 2
    before = snapshot(package)
    assert figures(import_files(package, [path])) == [("assets", 0, 0, 2)]
    assert snapshot(package) == before
    book.active["C4"] = 50
    book.save(path)
    assert figures(import_files(package, [path])) == [("assets", 0, 1, 1)]
    assert [row["原值"] for row in read_rows(package, "assets")] == ["500000", "30000"]


def test_without_a_primary_key_a_unique_key_updates(tmp_path, package):
    first = [CERTIFICATES, ["14119919600307122343", "141199196003071223", "王一", "三级"]]
    import_files(package, [send(tmp_path, "残疾人证.csv", first)])
    second = [CERTIFICATES, ["14119919600307122343", "141199196003071223", "王一", "二级"]]
    assert figures(import_files(package, [send(tmp_path, "残疾人证.csv", second)])) == [
        ("disability_certificates", 0, 1, 0)
    ]
    assert [row["残疾等级"] for row in read_rows(package, "disability_certificates")] == ["二级"]


def test_a_key_that_is_not_unique_updates_nothing(tmp_path):
    twice = [{"残疾人证号": "X1", "身份证号": "1", "姓名": name} for name in ("甲", "乙")]
    package = make_package(tmp_path / "p", {"disability_certificates": twice})
    rows = [CERTIFICATES[:3], ["X1", "1", "丙"]]
    path = send(tmp_path, "残疾人证.csv", rows)
    assert figures(import_files(package, [path])) == [("disability_certificates", 1, 0, 0)]
    assert [row["姓名"] for row in read_rows(package, "disability_certificates")] == ["甲", "乙", "丙"]
    assert figures(import_files(package, [path])) == [("disability_certificates", 0, 0, 1)]


def test_rows_with_a_blank_key_are_never_taken_for_one_another(tmp_path, package):
    rows = [["专班", "牵头单位", "文件点名"], ["", "某某办公室", "否"]]
    assert figures(import_files(package, [send(tmp_path, "工作专班.csv", rows)])) == [("teams", 1, 0, 0)]
    assert len(read_rows(package, "teams")) == len(WORLD["teams"]) + 1


def test_parents_and_children_go_in_together(tmp_path, package):
    people = send(tmp_path, "人员.csv", [["户编号", "身份证号", "姓名"], ["H7", "141199196003071223", "王"]])
    houses = send(tmp_path, "户台账.csv", [HOUSEHOLDS, ["H7", "甲村", "王", ""]])
    assert figures(import_files(package, [people, houses])) == [("households", 1, 0, 0), ("persons", 1, 0, 0)]
    assert check_package(package, package.as_of).valid


def test_one_invalid_file_and_nothing_is_written(tmp_path, package):
    before = snapshot(package)
    good = send(tmp_path, "户台账.csv", [HOUSEHOLDS, ["H7", "甲村", "王", ""]])
    bad = send(tmp_path, "残疾人证.csv", [CERTIFICATES, ["X1", "1", "王", "五级"]])
    result = import_files(package, [good, bad])
    assert (result.report.exit_code, result.entries, result.written) == (1, [], [])
    assert "没有登记" in result.lines[0]
    assert import_files(package, [good, tmp_path / "没有.csv"]).report.exit_code == 2
    assert snapshot(package) == before


def test_ledger_that_is_not_there_yet_is_made(tmp_path, package):
    package["households"].path.unlink()
    write_csv(package["persons"].path, package["persons"].columns, [])
    write_csv(package["payments"].path, package["payments"].columns, [])
    import_files(package, [send(tmp_path, "户台账.csv", [HOUSEHOLDS, ["H7", "甲村", "王", ""]])])
    assert [row["户编号"] for row in read_rows(package, "households")] == ["H7"]


def test_cells_with_commas_quotes_and_line_breaks_survive(tmp_path, package):
    problem = '甲村"大棚",\n闲置'
    rows = [["专班", "具体问题"], ["资金项目专班", problem]]
    path = send(tmp_path, "附件1.csv", rows)
    import_files(package, [path], "problems")
    [row] = read_rows(package, "problems")
    assert row["对照排查内容排查出的具体问题"] == problem
    before = snapshot(package)
    import_files(package, [path], "problems")
    assert snapshot(package) == before


def test_ledger_in_disorder_is_not_rewritten(tmp_path, package):
    path = send(tmp_path, "户台账.csv", [HOUSEHOLDS, ["H7", "甲村", "王", ""]])
    columns = package["households"].columns
    for text in (",".join(columns[:-1]) + "\n", ",".join(columns) + "\nH1,甲\n", ""):
        package["households"].path.write_text(text, encoding="utf-8")
        with pytest.raises(MergeError, match=r"csv/base/households\.csv"):
            import_files(package, [path])
        assert package["households"].path.read_text(encoding="utf-8") == text


def test_a_failing_rename_leaves_everything_as_it_was(tmp_path, monkeypatch):
    paths = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv")]
    paths[0].write_bytes(b"old a")
    paths[1].write_bytes(b"old b")
    rename = os.replace

    def locked(source, target):
        if Path(target) == paths[0] and b"new" in Path(source).read_bytes():
            raise PermissionError(13, "open in Excel", str(target))
        rename(source, target)

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(PermissionError):
        write_together({path: b"new" for path in paths})
    assert [path.read_bytes() if path.exists() else None for path in paths] == [b"old a", b"old b", None]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_existing_rows_keep_their_order_and_content(tmp_path):
    order = ["H3", "H1", "H2"]
    households = [{"户编号": number, "村代码": "141199104201", "户主姓名": f"户主{number}"} for number in order]
    package = make_package(tmp_path / "p", {"households": households, "persons": [], "payments": []})
    import_files(package, [send(tmp_path, "户台账.csv", [HOUSEHOLDS, ["H0", "甲村", "王", ""]])])
    assert [row["户编号"] for row in read_rows(package, "households")] == [*order, "H0"]
    expected = rows_of(package, "households", households)
    text = package["households"].path.read_text(encoding="utf-8")
    assert text.startswith(csv_text(package["households"].columns, expected))


def test_a_deadline_that_moves_takes_its_date_along(tmp_path, package):
    first = [
        ["问题编号", "具体问题", "整改时限", "责任专班", "填报日期"],
        ["Q1", "大棚闲置", "8月15日前", "资金项目专班", "2024-08-01"],
    ]
    later = [
        ["问题编号", "具体问题", "整改时限", "责任专班"],
        ["Q1", "大棚闲置", "9月10日前并长期坚持", "资金项目专班"],
    ]
    import_files(package, [send(tmp_path, "附件1.csv", first)])
    import_files(package, [send(tmp_path, "附件1.csv", later)])
    row = next(row for row in read_rows(package, "problems") if row["问题编号"] == "Q1")
    assert (row["整改时限"], row["时限日期"], row["填报日期"]) == ("9月10日前并长期坚持", "2024-09-10", "2024-08-01")


def test_the_same_amount_written_otherwise_is_no_change(tmp_path, package):
    row = ["P1", "低保金", "141199196003071221", "王秀英", "2024-07", "480.00"]
    heading = ["发放编号", "补贴项目", "身份证号", "姓名", "所属期", "金额"]
    import_files(package, [send(tmp_path, "补贴发放.csv", [heading, row])])
    before = snapshot(package)
    again = import_files(package, [send(tmp_path, "补贴发放.csv", [heading, [*row[:-1], "480"]])])
    assert figures(again) == [("payments", 0, 0, 1)]
    assert snapshot(package) == before
