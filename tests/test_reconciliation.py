"""线上线下: every record of the national system is in one of the four groups, or said to be left out."""

from __future__ import annotations

import csv
import io
import sqlite3
import time

import openpyxl
import pytest
import small_package
from project import PACKAGE, checked
from small_package import OTHER_VILLAGE, VILLAGE

from xianjie import reconciliation_book
from xianjie.audits import view_sqls
from xianjie.compile import load, new_database
from xianjie.ddl import create_table, indexes
from xianjie.exports import ExportError, Request, export
from xianjie.reconciliation import (
    AMISS,
    COLUMNS,
    EVERYTHING,
    GROUPS,
    UNKNOWN_VILLAGE,
    Comparison,
    Filters,
    ReconciliationError,
    asked,
)
from xianjie.reconciliation_book import COUNTS, as_csv, workbook
from xianjie.run import run_audit, run_audits

ONLINE, OFFLINE, DIFFERENT, SAME = GROUPS
AUDIT = checked("system_mismatch")
DAY = "2024-12-15"


def household(number: int, village: str = VILLAGE, **cells):
    name = f"慕容{number}"
    return {"户编号": f"H{number}", "村代码": village, "户主姓名": name, "系统户编号": f"142{number:04d}"} | cells


def person(number: int, house: int, **cells):
    return {"户编号": f"H{house}", "身份证号": small_package.id_number(number), "姓名": f"慕容{number}"} | cells


def record(kind: str, about: str, field: str, value: str, **cells):
    return {"对象类型": kind, "对象": about, "字段": field, "系统值": value, "导出日期": "2024-12-01"} | cells


ONE, TWO, NINE = (small_package.id_number(number) for number in (1, 2, 9))
WORLD = {
    "households": [
        household(1, 户类型="脱贫户", 家庭人口数=2, 监测对象类别="", 脱贫年度=2018),
        household(2),
        household(3, OTHER_VILLAGE, 系统户编号="1420002", 户主姓名="慕容别"),  # the number of another household
        household(4, OTHER_VILLAGE),  # not in the system
        household(5, 系统户编号="", 户类型="脱贫户"),  # cannot be compared
        household(6, 系统户编号=""),  # need not be in the system
    ],
    "persons": [
        person(1, 1, 性别="女", 出生日期="1960-03-07", 健康状况="残疾,长期慢性病"),
        person(2, 2, 性别="女"),
        person(2, 3, 姓名="慕容别", 性别="男"),  # registered twice
    ],
    "system_records": [
        record("户", "1420001", "户类型", "脱贫户", 更新日期="2024-11-20"),
        record("户", "1420001", "家庭人口数", "3", 更新日期="2024-11-21"),
        record("户", "1420001", "监测对象类别", ""),  # blank on both sides
        record("户", "1420001", "联系电话", "14200000001"),  # blank in the ledger
        record("户", "1420001", "脱贫年度", ""),  # blank in the system
        record("户", "1420001", "耕地面积", "5"),  # the ledgers do not have it
        record("户", "1420002", "户主姓名", "慕容别"),  # one of the two is the same
        record("户", "1420009", "户类型", "脱贫户", 户编号="H4"),  # only online, the village known
        record("户", "1420009", "耕地面积", "5", 户编号="H4"),
        record("人", ONE, "出生日期", "19600307"),
        record("人", ONE, "健康状况", "残疾，长期慢性病"),
        record("人", ONE, "姓名", "慕容旧", 导出日期="2024-10-01"),
        record("人", ONE, "姓名", "慕容1"),  # exported again
        record("人", TWO, "姓名", "慕容2"),
        record("人", TWO, "性别", "不详"),  # both of them differ
        record("人", NINE, "姓名", "慕容9"),  # nobody knows
        record("人", "1420001", "姓名", "慕容1"),  # the number of a household
    ],
}


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    connection = new_database("")
    load(connection, small_package.write_package(tmp_path_factory.mktemp("world") / "package", WORLD))
    yield connection
    connection.close()


def copy_of(database: sqlite3.Connection, *changes: str) -> sqlite3.Connection:
    """The world once more, for a test that spoils it."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    database.backup(connection)
    for sql in changes:
        connection.execute(sql)
    return connection


@pytest.fixture(scope="module")
def comparison(database):
    return Comparison(database)


def found(comparison, *filters, **named):
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in comparison.rows(Filters(*filters, **named))]
    return [(row["情况"], row["对象"], row["字段"], row["系统值"], row["线下值"]) for row in rows]


def test_the_four_groups(comparison):
    assert found(comparison, group=ONLINE) == [
        (ONLINE, "1420009", None, None, None),
        (ONLINE, NINE, None, None, None),
        (ONLINE, "1420001", None, None, None),
    ]
    assert found(comparison, group=OFFLINE) == [(OFFLINE, "1420004", None, None, None)]
    assert found(comparison, group=DIFFERENT) == [
        (DIFFERENT, "1420001", "家庭人口数", "3", "2"),
        (DIFFERENT, "1420001", "联系电话", "14200000001", None),
        (DIFFERENT, "1420001", "脱贫年度", None, "2018"),
        (DIFFERENT, TWO, "性别", "不详", "女"),
    ]
    assert found(comparison, group=SAME) == [
        (SAME, "1420001", "户类型", "脱贫户", "脱贫户"),
        (SAME, "1420001", "监测对象类别", None, None),
        (SAME, "1420002", "户主姓名", "慕容别", "慕容2"),
        (SAME, ONE, "健康状况", "残疾，长期慢性病", "残疾,长期慢性病"),
        (SAME, ONE, "出生日期", "19600307", "1960-03-07"),
        (SAME, ONE, "姓名", "慕容1", "慕容1"),
        (SAME, TWO, "姓名", "慕容2", "慕容2"),
    ]
    assert found(comparison) == [row for group in GROUPS for row in found(comparison, group=group)]
    assert found(comparison, group=AMISS) == found(comparison)[:8]


def test_every_record_is_somewhere(comparison, database):
    """Compared, only online, or a field that is not compared: nothing of the export is lost."""
    compared = comparison.count(Filters(group=DIFFERENT)) + comparison.count(Filters(group=SAME))
    lone = {(row[3], row[4]) for row in comparison.rows(Filters(group=ONLINE))}
    records = set(database.execute("select 对象类型, 对象, 字段 from system_records"))
    of_lone = sum((kind, about) in lone for kind, about, _ in records)
    assert len(records) == compared + of_lone + sum(one.count for one in comparison.uncompared())
    assert [(one.kind, one.field, one.count) for one in comparison.uncompared()] == [("户", "耕地面积", 1)]


def test_counts_by_village(comparison, database):
    villages = comparison.by_village()
    names = dict(database.execute("select 村代码, 村名 from villages order by 村代码"))
    assert [row["村代码"] for row in villages] == [*names, None]
    assert [row["村名"] for row in villages] == [*names.values(), "村不详"]
    shown = {row["村代码"]: tuple(row[name] for name in (*GROUPS, "无编号")) for row in villages}
    assert shown[VILLAGE] == (0, 0, 4, 7, 1)
    assert shown[OTHER_VILLAGE] == (1, 1, 0, 0, 0)
    assert shown[None] == (2, 0, 0, 0, 0)
    assert not any(any(counts) for village, counts in shown.items() if village not in (VILLAGE, OTHER_VILLAGE, None))
    for row in villages:
        asked_for = (row["村代码"] or UNKNOWN_VILLAGE,)
        for group in GROUPS:
            assert comparison.count(Filters(asked_for, group)) == row[group]
    assert comparison.count(Filters()) == sum(row[group] for row in villages for group in GROUPS)


def test_counts_by_field(comparison):
    fields = {(row["对象类型"], row["字段"]): (row["核对"], row["不一致"]) for row in comparison.by_field()}
    assert fields["户", "家庭人口数"] == (1, 1) and fields["人", "姓名"] == (2, 0) and fields["人", "性别"] == (1, 1)
    assert ("户", "耕地面积") not in fields and ("户", "户") not in fields
    assert sum(wrong for _, wrong in fields.values()) == comparison.count(Filters(group=DIFFERENT))
    worst = [row["不一致"] for row in comparison.by_field()]
    assert worst == sorted(worst, reverse=True)


def test_a_field_is_only_that_of_what_was_compared(comparison):
    assert [row[1:3] for row in found(comparison, field="户类型")] == [("1420001", "户类型")]
    assert found(comparison, group=ONLINE, field="户类型") == []
    assert found(comparison, (OTHER_VILLAGE, UNKNOWN_VILLAGE), AMISS) == [
        (ONLINE, "1420009", None, None, None),
        (ONLINE, NINE, None, None, None),
        (ONLINE, "1420001", None, None, None),
        (OFFLINE, "1420004", None, None, None),
    ]


def test_a_field_that_was_not_compared_is_no_empty_list(comparison):
    for ask in (comparison.count, comparison.rows):
        with pytest.raises(ReconciliationError, match=r"没有核对过“身份证号”这个字段，核对过的有：.*姓名"):
            ask(Filters(field="身份证号"))


def test_a_limit_changes_nothing_else(comparison):
    assert list(comparison.rows(Filters(), 3)) == list(comparison.rows(Filters()))[:3]


def test_the_day_of_the_export(comparison):
    assert comparison.exported_on() == "2024-12-01"


def test_the_audit_says_the_same(comparison, database):
    """What is amiss is what the audit finds, by village as well; what it looked at are the four groups."""
    for village in ("", VILLAGE, OTHER_VILLAGE):
        filters = Filters((village,) if village else (), AMISS)
        for result in (run_audit(database, AUDIT, DAY, village), *run_audits(database, [AUDIT], DAY, village)):
            assert result.status == "有疑点" and result.population == comparison.count(Filters(filters.villages))
            listed = {
                (row["情况"], row["对象"].partition("|")[0], row["系统值"], row["线下值"]) for row in result.findings
            }
            shown = {(row[0], row[4], row[7], row[8]) for row in comparison.rows(filters)}
            assert listed == shown and len(result.findings) == comparison.count(filters)


def test_it_leaves_a_database_that_may_only_be_read_so(database):
    connection = copy_of(database, "pragma query_only = on")
    assert Comparison(connection).count(Filters()) == 15
    assert connection.execute("pragma query_only").fetchone() == (1,)
    connection.close()


def test_nothing_exported_is_not_agreement(database):
    connection = copy_of(database, "delete from system_records")
    with pytest.raises(ReconciliationError, match="没有数据，没有什么可以核对"):
        Comparison(connection)
    connection.close()


def test_only_people_exported_says_nothing_of_households(database):
    connection = copy_of(database, f"delete from system_records where 对象 <> '{ONE}' or 系统值 <> '慕容1'")
    assert found(Comparison(connection)) == [(SAME, ONE, "姓名", "慕容1", "慕容1")]
    connection.close()


@pytest.mark.parametrize(
    ("arguments", "filters"),
    [
        ({}, Filters(group=AMISS)),
        ({"村代码": " ", "情况": "", "字段": " 姓名 "}, Filters((), AMISS, "姓名")),
        ({"村代码": VILLAGE, "情况": EVERYTHING}, Filters((VILLAGE,), EVERYTHING)),
        ({"村代码": UNKNOWN_VILLAGE, "情况": ONLINE}, Filters((UNKNOWN_VILLAGE,), ONLINE)),
    ],
)
def test_what_is_asked_for(arguments, filters):
    assert asked(arguments, {VILLAGE: "保贤村"}) == filters


@pytest.mark.parametrize(
    ("arguments", "words"), [({"情况": "仅线上"}, "没有“仅线上”"), ({"村代码": OTHER_VILLAGE}, "没有村代码")]
)
def test_what_makes_no_sense_is_said(arguments, words):
    with pytest.raises(ReconciliationError, match=words):
        asked(arguments, {VILLAGE: "保贤村"})


# Files ---------------------------------------------------------------------------------------------------------------


def test_the_workbook_has_all_of_it(comparison):
    book = openpyxl.load_workbook(io.BytesIO(workbook(comparison)))
    assert book.sheetnames == ["各村", "各字段", "没有核对的字段", *GROUPS]
    heading, *villages, total = book["各村"].iter_rows(values_only=True)
    assert heading == COUNTS and total[1:] == ("合计", 3, 1, 4, 7, 1)
    assert [list(row) for row in villages] == [list(row.values()) for row in comparison.by_village()]
    for group in GROUPS:
        heading, *rows = book[group].iter_rows(values_only=True)
        assert heading == COLUMNS and rows == list(comparison.rows(Filters(group=group)))
        assert all(isinstance(row[4], str) for row in rows)  # a number of 18 digits stays what it is
    assert workbook(comparison) == workbook(comparison)


def test_the_workbook_of_a_village(comparison):
    book = openpyxl.load_workbook(io.BytesIO(workbook(comparison, (OTHER_VILLAGE,))))
    assert book.sheetnames == ["各村", *GROUPS]
    assert [row[0] for row in book["各村"].iter_rows(min_row=2, values_only=True)] == [OTHER_VILLAGE, None]
    assert [book[group].max_row - 1 for group in GROUPS] == [1, 1, 0, 0]


def test_more_than_a_sheet_holds_is_said(monkeypatch, comparison):
    monkeypatch.setattr(reconciliation_book, "_MOST_ROWS", 6)
    with pytest.raises(ReconciliationError, match="“一致”有 7 行，一张工作表放不下"):
        workbook(comparison)


def test_the_csv_has_all_rows(comparison):
    text = as_csv(comparison, Filters())
    assert text.startswith("\ufeff")
    heading, *rows = csv.reader(io.StringIO(text[1:], newline=""))
    assert tuple(heading) == COLUMNS
    assert rows == [["" if cell is None else cell for cell in row] for row in comparison.rows(Filters())]


def test_the_command_exports_them(monkeypatch, tmp_path, database, comparison):
    opened = []

    def open_for_audit(*asked, progress, notice):
        opened.append((*asked, notice))
        return copy_of(database)

    monkeypatch.setattr("xianjie.build.open_for_audit", open_for_audit)

    def asked_for(out: str, *names: str) -> Request:
        return Request(PACKAGE, tmp_path / "dist", tmp_path / out, names, print)

    assert export("reconciliation", asked_for("r.csv")) == f"已写入 {tmp_path / 'r.csv'}。"
    assert opened == [(PACKAGE, tmp_path / "dist", print)]
    assert (tmp_path / "r.csv").read_text(encoding="utf-8") == as_csv(comparison, Filters())
    export("reconciliation", asked_for("r.csv", OTHER_VILLAGE))
    assert (tmp_path / "r.csv").read_text(encoding="utf-8") == as_csv(comparison, Filters((OTHER_VILLAGE,)))
    export("reconciliation", asked_for("r.xlsx"))
    assert (tmp_path / "r.xlsx").read_bytes() == workbook(comparison)
    with pytest.raises(ExportError, match="没有名为“保贤村”的村，要写村代码"):
        export("reconciliation", asked_for("r.csv", "保贤村"))


# Size ----------------------------------------------------------------------------------------------------------------


def test_a_whole_township_takes_about_a_second():
    """40,000 records of 5,000 households: once, a plan that joined by scanning took over twenty seconds."""
    connection = new_database("")
    for name in ("villages", "households", "persons", "system_records"):
        connection.execute(create_table(PACKAGE[name]))
        for statement in indexes(PACKAGE[name]):
            connection.execute(statement)
    connection.execute("begin")
    numbers = range(15_000)
    connection.execute("insert into villages (村代码, 村名) values (?, '保贤村')", [VILLAGE])
    connection.executemany(
        "insert into households (户编号, 村代码, 系统户编号, 户主姓名) values (?, ?, ?, '慕容')",
        [(f"H{n}", VILLAGE, f"142{n:06d}" if n < 5_000 else None) for n in numbers],
    )
    connection.executemany(
        "insert into persons (户编号, 身份证号, 姓名) values (?, ?, '慕容')",
        [(f"H{n // 2}", f"1411991970{n:08d}") for n in range(30_000)],
    )
    connection.executemany(
        "insert into system_records (对象类型, 对象, 户编号, 字段, 系统值, 导出日期) values (?, ?, ?, ?, '慕容', ?)",
        [("户", f"142{n:06d}", f"H{n}", field, DAY) for n in range(5_000) for field in ("户主姓名", "户类型", "村组")]
        + [("人", f"1411991970{n:08d}", f"H{n // 2}", "姓名", DAY) for n in range(25_000)],
    )
    connection.execute("commit")
    connection.execute("analyze main")
    for name, sql in view_sqls(PACKAGE):
        if name == "system_comparison":
            connection.execute(f"create view {name} as {sql}")
    began = time.process_time()
    comparison = Comparison(connection)
    counts = [comparison.count(Filters(group=group)) for group in GROUPS]
    assert counts == [0, 0, 5_000, 30_000]
    assert comparison.uncompared()[0].field == "村组"
    assert run_audit(connection, AUDIT, DAY).population == sum(counts)
    assert time.process_time() - began < 6  # seconds; about 1.5, far from the twenty of a bad plan
    connection.close()
