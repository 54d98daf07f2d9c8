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


NAMESAKES = ["村名", "户主姓名", "户类型", "家庭人口数", "联系电话"]
FIRST = ["甲村", "赵秀英", "脱贫户", "4", "13900000001"]
SECOND = ["甲村", "赵秀英", "一般农户", "2", "13900000002"]


def registered(package, name: str, **cells: str) -> list[dict[str, str]]:
    return [row for row in read_rows(package, name) if all(row[key] == value for key, value in cells.items())]


def kinds(result) -> list[str]:
    return [note.type for note in result.report.warnings if note.type in ("another", "unclear", "alike")]


def test_a_namesake_from_another_file_is_a_household_of_its_own(tmp_path, package):
    one = send(tmp_path, "户台账一.csv", [NAMESAKES, FIRST])
    two = send(tmp_path, "户台账二.csv", [NAMESAKES, SECOND])
    import_files(package, [one])
    result = import_files(package, [two])
    assert figures(result) == [("households", 1, 0, 0)]
    rows = registered(package, "households", 户主姓名="赵秀英")
    assert [row["家庭人口数"] for row in rows] == ["4", "2"]
    assert rows[1]["户编号"] == rows[0]["户编号"] + "-2"
    [warning] = [note for note in result.report.warnings if note.type == "another"]
    assert warning.message.startswith("户台账二.csv 第2行")
    assert "已登记的 csv/base/households.csv 第4行" in warning.message
    assert rows[0]["户编号"] in warning.message and rows[1]["户编号"] in warning.message
    assert "「户类型」（这一行是“一般农户”，那一行是“脱贫户”）" in warning.message
    # Each file again, in any order and together: nothing new, and no doubt any more.
    before = snapshot(package)
    for paths in ([one], [two], [two, one]):
        again = import_files(package, paths)
        assert (again.written, kinds(again)) == ([], [])
    assert snapshot(package) == before
    # Both corrected in one file, in the other order.
    fixed = [NAMESAKES, [*SECOND[:4], "13900000003"], [*FIRST[:4], ""]]
    assert figures(import_files(package, [send(tmp_path, "户台账三.csv", fixed)])) == [("households", 0, 2, 0)]
    rows = registered(package, "households", 户主姓名="赵秀英")
    assert [(row["家庭人口数"], row["联系电话"]) for row in rows] == [("4", ""), ("2", "13900000003")]


@pytest.mark.parametrize(
    ("corrected", "changed"),
    [
        ([*FIRST[:4], "13900000009"], True),  # another telephone
        ([*FIRST[:2], "一般农户", "5", FIRST[4]], True),  # the telephone proves it
        ([*FIRST[:3], "5", ""], False),  # nothing but the name: may be somebody else
    ],
)
def test_a_corrected_household_is_updated_where_it_is_surely_the_same(tmp_path, package, corrected, changed):
    import_files(package, [send(tmp_path, "户台账一.csv", [NAMESAKES, FIRST])])
    result = import_files(package, [send(tmp_path, "户台账二.csv", [NAMESAKES, corrected])])
    assert figures(result) == [("households", 0, 1, 0) if changed else ("households", 1, 0, 0)]
    assert kinds(result) == ([] if changed else ["another"])
    assert [note.row for note in result.report.repairs if note.type == "recognised"] == ([2] if changed else [])


def test_a_table_that_lists_both_namesakes_tells_them_apart(tmp_path, package):
    import_files(package, [send(tmp_path, "户台账一.csv", [NAMESAKES, FIRST])])
    both = [NAMESAKES, FIRST, [*FIRST[:4], "13900000005"]]
    result = import_files(package, [send(tmp_path, "户台账二.csv", both)])
    assert (figures(result), kinds(result)) == ([("households", 1, 0, 1)], [])


def test_a_household_registered_with_its_own_number_is_found_without_it(tmp_path, package):
    rows = [["村名", "户主姓名", "户类型"], ["甲村", "王一", "脱贫户"], ["乙村", "王一", "脱贫户"]]
    path = send(tmp_path, "户台账.csv", rows)
    result = import_files(package, [path])
    assert figures(result) == [("households", 1, 1, 0)]  # the 王一 of 乙村 is new
    assert read_rows(package, "households")[0] == {
        **dict.fromkeys(package["households"].columns, ""),
        **{
            "户编号": "H1",
            "村代码": "141199104201",
            "户主姓名": "王一",
            "户类型": "脱贫户",
            "联系电话": "0358-3012345",
        },
    }
    [note] = [note for note in result.report.repairs if note.type == "recognised"]
    assert "第2行没有填「户编号」，按村代码、户主姓名认出是已登记的" in note.message
    assert "csv/base/households.csv 第2行" in note.message
    assert figures(import_files(package, [path])) == [("households", 0, 0, 2)]


def test_namesakes_registered_already_are_not_guessed_at(tmp_path):
    namesakes = [{"户编号": number, "村代码": "141199104201", "户主姓名": "王一"} for number in ("H1", "H2")]
    package = make_package(tmp_path / "p", {"households": namesakes})
    path = send(tmp_path, "户台账.csv", [["村名", "户主姓名", "联系电话"], ["甲村", "王一", "13900000001"]])
    result = import_files(package, [path])
    # The two rows say the same, so either may take the telephone: nothing is lost.
    assert figures(result) == [("households", 0, 1, 0)]
    namesakes[1]["户类型"] = "脱贫户"
    package = make_package(tmp_path / "q", {"households": namesakes})
    result = import_files(package, [path])
    assert (figures(result), kinds(result)) == ([("households", 1, 0, 0)], ["unclear"])
    assert figures(import_files(package, [path])) == [("households", 0, 0, 1)]


PAYMENT = ["补贴项目", "身份证号", "姓名", "所属期", "金额", "发放日期", "发放状态"]
DUE = ["低保金", "141199196003071223", "王一", "2024-07", "480", "", "待发放"]


def paid(day: str, state: str = "已发放", amount: str = "480.00") -> list[str]:
    return [*DUE[:4], amount, day, state]


def payments(package) -> list[tuple[str, str]]:
    return [(row["发放日期"], row["发放状态"]) for row in read_rows(package, "payments") if row["所属期起"]]


def test_a_payment_that_was_due_and_then_made_is_one(tmp_path, package):
    import_files(package, [send(tmp_path, "补贴发放一.csv", [PAYMENT, DUE])])
    two = send(tmp_path, "补贴发放二.csv", [PAYMENT, paid("2024-07-25")])
    assert figures(import_files(package, [two])) == [("payments", 0, 1, 0)]
    assert payments(package) == [("2024-07-25", "已发放")]
    assert figures(import_files(package, [two])) == [("payments", 0, 0, 1)]


def test_a_payment_made_twice_stays_two(tmp_path, package):
    import_files(package, [send(tmp_path, "补贴发放一.csv", [PAYMENT, paid("2024-07-25")])])
    result = import_files(package, [send(tmp_path, "补贴发放二.csv", [PAYMENT, paid("2024-07-29")])])
    assert kinds(result) == ["another"]
    assert payments(package) == [("2024-07-25", "已发放"), ("2024-07-29", "已发放")]
    # Both in one file, due before: as many rows as there are payments.
    month = [*DUE[:3], "2024-08", *DUE[4:]]
    both = [[*month[:5], day, "已发放"] for day in ("2024-08-25", "2024-08-29")]
    import_files(package, [send(tmp_path, "补贴发放三.csv", [PAYMENT, month, month])])
    result = import_files(package, [send(tmp_path, "补贴发放四.csv", [PAYMENT, *both])])
    assert figures(result) == [("payments", 0, 2, 0)]
    assert payments(package)[2:] == [("2024-08-25", "已发放"), ("2024-08-29", "已发放")]


def test_two_payments_where_one_was_due_are_both_kept(tmp_path, package):
    import_files(package, [send(tmp_path, "补贴发放一.csv", [PAYMENT, DUE])])
    two = send(tmp_path, "补贴发放二.csv", [PAYMENT, paid("2024-07-25"), paid("2024-07-29")])
    result = import_files(package, [two])
    assert (figures(result), kinds(result)) == ([("payments", 2, 0, 0)], ["unclear", "unclear"])
    assert {("2024-07-25", "已发放"), ("2024-07-29", "已发放")} < {*payments(package)}
    assert figures(import_files(package, [two])) == [("payments", 0, 0, 2)]


def test_a_payment_of_which_no_month_is_told_is_none_of_those_registered(tmp_path, package):
    import_files(package, [send(tmp_path, "补贴发放一.csv", [PAYMENT, paid("2024-07-25")])])
    undated = [PAYMENT[:3] + PAYMENT[4:5], DUE[:3] + DUE[4:5]]
    assert figures(import_files(package, [send(tmp_path, "补贴发放二.csv", undated)])) == [("payments", 1, 0, 0)]


INSURED = ["身份证号", "姓名", "年度", "险种", "参保起", "参保状态"]


@pytest.mark.parametrize("blank", [False, True])
def test_insurance_lines_without_the_kind_are_found_by_what_they_say(tmp_path, package, blank):
    full = [
        ["141199196003071223", "王一", "2024", "城乡居民医保", "2024-01-01", "正常参保"],
        ["141199197508124532", "李二", "2024", "城乡居民医保", "2024-01-01", "正常参保"],
        ["141199197508124532", "李二", "2024", "职工医保", "2024-06-01", "正常参保"],
    ]
    import_files(package, [send(tmp_path, "医保参保一.csv", [INSURED, *full])])
    heading = INSURED if blank else [*INSURED[:3], INSURED[5]]
    middle = ["", ""] if blank else []
    later = [["141199196003071223", "王一", "2024", *middle, "暂停参保"]]
    later += [["141199197508124532", "李二", "2024", *middle, "暂停参保"]]
    path = send(tmp_path, "医保参保二.csv", [heading, *later])
    result = import_files(package, [path])
    assert figures(result) == [("insurance", 1, 1, 0)]  # which of 李二's two lines it is, nobody can tell
    rows = read_rows(package, "insurance")
    assert (rows[0]["险种"], rows[0]["参保起"], rows[0]["参保状态"]) == ("城乡居民医保", "2024-01-01", "暂停参保")
    assert [row["参保状态"] for row in rows[1:]] == ["正常参保", "正常参保", "暂停参保"]
    [note] = [note for note in result.report.repairs if note.type == "recognised"]
    assert "没有填「险种」、「参保起」，按身份证号、年度认出" in note.message
    before = snapshot(package)
    assert figures(import_files(package, [path])) == [("insurance", 0, 0, 2)]
    assert snapshot(package) == before


def test_the_same_name_in_a_household_with_another_id_number_is_a_warning(tmp_path, package):
    people = [
        ["户编号", "姓名", "身份证号"],
        ["H1", "王一", "141199196003071047"],
        ["H1", "王二", "141199198603071041"],
    ]
    path = send(tmp_path, "人员.csv", people)
    result = import_files(package, [path])
    [warning] = [note for note in result.report.warnings if note.type == "alike"]
    assert (warning.row, warning.field_name) == (2, "身份证号")
    assert "户编号、姓名相同" in warning.message and "141199196003071223" in warning.message
    assert kinds(import_files(package, [path])) == []  # registered and seen: said once
