"""The data dictionary: every ledger and column, and uses that are observed, not declared."""

from __future__ import annotations

import io
import json
import sqlite3
from copy import copy
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import small_package
from audit_workshop import Workshop
from tiny_township import change_schema

from xianjie.audits import load_audits
from xianjie.build import build
from xianjie.compile import compile_internal
from xianjie.demo import generate
from xianjie.dictionary import NUMBERED, PUBLIC_WORDS, UNUSED, internal_words, load_dictionary, public_words
from xianjie.dictionary_book import AUDITS, HEADINGS, OVERVIEW, cells, sheet_names, workbook
from xianjie.exports import Request, export
from xianjie.outcome import write_findings
from xianjie.package import load_package
from xianjie.public import compile_public, load_public
from xianjie.reads import lean_library, lean_sql, reads_of
from xianjie.run import count, find
from xianjie.sql import parse

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = load_package(ROOT)


@pytest.fixture(scope="module")
def audits():
    return load_audits(PACKAGE, names=())


@pytest.fixture(scope="module")
def pages(audits):
    return load_dictionary(PACKAGE, audits)


def uses(pages, ledger: str, name: str):
    return next(column for column in pages[ledger].columns if column.field.name == name)


# What is in it -------------------------------------------------------------------------------------------------------


def test_every_ledger_and_every_column_is_in_it(pages):
    assert list(pages) == list(PACKAGE.ledgers)
    for name, ledger in PACKAGE.ledgers.items():
        assert [column.field for column in pages[name].columns] == list(ledger.fields)


def test_keys_are_uses(pages):
    assert uses(pages, "villages", "村代码").keys[0] == "一行的编号"
    assert "本台账用它对应" in uses(pages, "villages", "村代码").keys[-1]
    assert "对应台账“行政村”的“村代码”" in uses(pages, "assets", "村代码").keys
    assert "“资产编号”空着时由它编出" in uses(pages, "assets", "购建年度").keys
    assert "“时限日期”空着时由它推出" in uses(pages, "problems", "填报日期").keys
    assert "“单位编号”空着时凭它认出登记过的一行" in uses(pages, "organisations", "统一社会信用代码").keys
    for name, ledger in PACKAGE.ledgers.items():
        foreign = {column for key in ledger.foreign_keys for column in key.fields}
        for column in {*ledger.primary_key, *ledger.key, *foreign}:
            assert uses(pages, name, column).keys, (name, column)


def test_a_number_that_is_made_is_not_called_required(pages):
    assert [uses(pages, "assets", name).must for name in ("资产编号", "资产名称", "原值")] == [NUMBERED, "必填", ""]
    # Without a rule for making one, it has to be written.
    assert uses(pages, "water_tests", "检测编号").must == "必填"


def test_what_tells_people_and_villages_apart_is_a_use(pages):
    assert uses(pages, "post_attendance", "姓名").keys == ("与“身份证号”一起认人",)
    assert uses(pages, "payment_proxies", "受益人姓名").keys == ("与“受益人身份证号”一起认人",)
    assert uses(pages, "villages", "别名").keys == ("报表里写名称时据此认出",)
    assert uses(pages, "accounts", "账户类型").keys == ("核对“账号”时要看它",)
    assert "核对“残疾人证号”时要看它" in uses(pages, "disability_certificates", "残疾等级").keys


def test_the_ten_columns_of_the_form_are_uses(pages):
    [columns] = PACKAGE["problems"].forms.values()
    assert len(columns) == 10
    assert [uses(pages, "problems", name).forms for name in columns] == [
        (f"附件1第{place}列",) for place in range(1, 11)
    ]
    for ledger in PACKAGE.ledgers.values():
        for form in ledger.forms.values():
            assert set(form) <= set(ledger.columns)


def test_public_tables_are_uses(pages):
    assert [table.name for table in uses(pages, "assets", "原值").tables] == ["assets"]
    # Not shown, but a condition asks for it.
    assert [table.name for table in uses(pages, "welfare_cases", "起始月").tables] == ["village_counts"]
    assert "village_counts" in [table.name for table in uses(pages, "persons", "户籍状态").tables]
    assert uses(pages, "persons", "联系电话" if "联系电话" in PACKAGE["persons"].columns else "姓名").tables


def test_audits_are_uses_by_their_code(pages, audits):
    column = uses(pages, "assets", "停用日期")
    assert audits["idle_assets"] in column.audits
    assert list(column.audits) == sorted(column.audits, key=lambda audit: audit.code)
    for page in pages.values():
        assert {audit.name for column in page.columns for audit in column.audits} <= {a.name for a in page.audits}


# Reads are observed --------------------------------------------------------------------------------------------------

HOUSES = "select h.户编号, h.户主姓名, h.村代码, h.联系电话 from households h where h.户类型 = '脱贫户'"
SAID = """select a.资产编号 as 对象, a.村代码, '在' || v.户主姓名 as 问题 from assets a
join homes v on v.村代码 = a.村代码 order by 对象"""
IN_HOMES = {("households", "户主姓名"), ("households", "村代码"), ("households", "户类型")}


def of_households(reads):
    return {place for place in reads if place[0] == "households"}


@pytest.fixture
def workshop(tmp_path):
    return Workshop(tmp_path)


def test_of_a_view_only_what_the_audit_mentions_and_what_makes_its_rows(workshop):
    workshop.view("homes", HOUSES)
    audit = workshop.audit(SAID)
    assert of_households(audit.reads) == IN_HOMES | {("households", "户编号"), ("households", "联系电话")}
    assert of_households(reads_of(audit)) == IN_HOMES


def test_through_a_view_of_a_view(workshop):
    workshop.view("inner_homes", HOUSES)
    workshop.view("homes", "select i.户主姓名, i.村代码, i.联系电话 from inner_homes i where i.户编号 is not null")
    assert of_households(reads_of(workshop.audit(SAID))) == IN_HOMES | {("households", "户编号")}


@pytest.mark.parametrize(
    ("view", "more"),
    [
        (f"{HOUSES} union all {HOUSES}", set()),
        # Here a column that nobody reads still decides how many rows there are.
        (f"{HOUSES} union {HOUSES}", {"户编号", "联系电话"}),
        (HOUSES.replace("select", "select distinct"), {"户编号", "联系电话"}),
        (f"{HOUSES} group by h.户编号", {"户编号"}),
        (f"{HOUSES} order by 联系电话", {"联系电话"}),
        ("select max(h.户主姓名) as 户主姓名, max(h.村代码) as 村代码, max(h.户编号) as 户编号 from households h"
         " where h.户类型 = '脱贫户'", {"户编号"}),
        (f"select t.户主姓名, t.村代码, t.户编号 from ({HOUSES}) t", set()),
        (f"select t.户主姓名, t.村代码 from ({HOUSES}) t where t.联系电话 is not null", {"联系电话"}),
        (f"with t as ({HOUSES}) select t.户主姓名, t.村代码, u.户编号 from t join t u on u.户编号 = t.户编号",
         {"户编号"}),
        (f"with t as ({HOUSES}), u as (select t.户主姓名, t.村代码, t.联系电话 from t)"
         " select u.户主姓名, u.村代码 from u", set()),
        ("select h.户主姓名, h.村代码, row_number() over (order by h.户编号) as 次 from households h"
         " where h.户类型 = '脱贫户'", set()),
    ],
)  # fmt: skip
def test_what_decides_the_rows_of_a_view_is_read(workshop, view, more):
    workshop.view("homes", view)
    reads = of_households(reads_of(workshop.audit(SAID)))
    assert reads == IN_HOMES | {("households", name) for name in more}


def test_of_a_query_that_writes_a_star_nothing_is_left_out(workshop):
    workshop.view("homes", HOUSES)
    library = workshop.audit(SAID).library
    assert lean_library(library, parse("select h.* from homes h")).views == library.views
    assert lean_library(library, parse("select count(*) as 数 from homes h")).views != library.views


def test_the_population_reads_too(workshop):
    reads = reads_of(
        workshop.audit(
            "select a.资产编号 as 对象, a.村代码, '有' as 问题 from assets a order by 对象",
            population="select count(*) from assets a where a.使用状态 = '在用' and in_village(a.村代码)",
        )
    )
    assert ("assets", "使用状态") in reads


def test_reads_are_never_more_than_sqlite_reports(audits, pages):
    whole = {name: audit.reads | audit.workbench.probe.reads(audit.population_sql) for name, audit in audits.items()}
    for ledger, page in pages.items():
        for column in page.columns:
            assert all((ledger, column.field.name) in whole[audit.name] for audit in column.audits)
        assert {audit.name for audit in page.audits} == {name for name in audits if ledger in dict(whole[name])}


# An unused column is unused ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """The database of a township with most findings, in a third of the time of the shipped one."""
    folder = tmp_path_factory.mktemp("compiled")
    generate(PACKAGE, 600, 5, folder / "township")
    path = folder / "internal.db"
    compile_internal(load_package(folder / "township"), path)
    connection = sqlite3.connect(path)
    write_findings(connection, [], PACKAGE.as_of)
    connection.commit()
    yield path, connection
    connection.close()


def outcome(connection, audit):
    return count(connection, audit, PACKAGE.as_of), find(connection, audit, PACKAGE.as_of)


def public_rows(internal: Path, path: Path) -> str:
    compile_public(PACKAGE, internal, path)
    connection = sqlite3.connect(path)
    try:
        return "\n".join(connection.iterdump())
    finally:
        connection.close()


def test_nothing_changes_when_all_that_is_unused_is_emptied(compiled, audits, pages, tmp_path):
    """The columns in the database, and those of the views that an audit does not mention."""
    path, connection = compiled
    before = {name: outcome(connection, audit) for name, audit in audits.items()}
    shown = public_rows(path, tmp_path / "before.db")
    assert sum(bool(rows) for _, rows in before.values()) > 50
    emptied = [(name, column) for name, page in pages.items() for column in page.unused]
    assert emptied
    for name, column in emptied:
        connection.execute(f'update "{name}" set "{column}" = null')
    connection.commit()
    for name, audit in audits.items():
        lean = copy(audit)
        # Where the cached properties keep what they have found.
        lean.__dict__["findings_sql"], lean.__dict__["population_sql"] = lean_sql(audit)
        assert outcome(connection, lean) == before[name], name
    assert public_rows(path, tmp_path / "after.db") == shown


@pytest.fixture
def small(tmp_path):
    return small_package.write_package(tmp_path / "package")


def extra(schema):
    schema["fields"].append({"name": "颜色", "description": "资产的颜色。", "example": "红"})


def small_dictionary(package):
    return load_dictionary(package, load_audits(package))


def test_a_new_column_is_unused_until_something_reads_it(small):
    package = change_schema(small.root, "schemas/assets/assets.json", extra)
    pages = small_dictionary(package)
    assert "颜色" in pages["assets"].unused
    assert cells(uses(pages, "assets", "颜色"))[9] == UNUSED

    audit = package.root / "audits/assets/idle_assets.sql"
    text = audit.read_text(encoding="utf-8")
    audit.write_text(text.replace("where ", "where a.颜色 is null and ", 1), encoding="utf-8")
    assert [one.name for one in uses(small_dictionary(package), "assets", "颜色").audits] == ["idle_assets"]
    audit.write_text(text, encoding="utf-8")

    def form(schema):
        schema["forms"] = {"附件9": ["资产编号", "颜色"]}

    pages = small_dictionary(change_schema(package.root, "schemas/assets/assets.json", form))
    assert uses(pages, "assets", "颜色").other_uses == ["附件9第2列"]


def test_a_column_whose_last_reader_goes_is_unused(small):
    (column,) = [c for c in small_dictionary(small)["insurance"].columns if c.field.name == "参保状态"]
    assert [audit.name for audit in column.audits] == ["uninsured_residents"] and not column.other_uses
    (small.root / "audits/health/uninsured_residents.sql").unlink()
    assert "参保状态" in small_dictionary(small)["insurance"].unused


# What the sites show -------------------------------------------------------------------------------------------------


def test_the_internal_words_have_every_column(pages):
    words = internal_words(pages)
    assert list(words["pages"]) == list(PACKAGE.ledgers)
    for name, ledger in PACKAGE.ledgers.items():
        shown = words["pages"][name]["columns"]
        assert [column["name"] for column in shown] == ledger.columns
        for column, field in zip(shown, ledger.fields, strict=True):
            assert column["example"] == field.example and column["codes"] == (field.enum or [])
            assert set(column["audits"]) <= set(words["audits"])
    assert json.loads(json.dumps(words)) == words


def test_the_public_words_have_public_columns_only(pages):
    tables = {table.name: table for table in load_public(PACKAGE)}
    columns = {name: [field.name for field in table.fields] for name, table in tables.items()}
    words = public_words(pages, PACKAGE, columns)
    assert set(words["pages"]) == {name for name, table in tables.items() if table.ledger}
    for name, page in words["pages"].items():
        ledger = tables[name].ledger
        for column in page["columns"]:
            assert ledger.by_name[column["name"]].privacy == "public"
    columns["assets"].remove("原值")  # a public column that the table does not have
    names = [column["name"] for column in public_words(pages, PACKAGE, columns)["pages"]["assets"]["columns"]]
    assert "资产名称" in names and "原值" not in names and "管护人" not in names


# The workbook --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(pages):
    return openpyxl.load_workbook(io.BytesIO(workbook(PACKAGE, pages)))


def test_the_workbook_has_an_overview_and_a_sheet_for_each_ledger(book, pages):
    names = sheet_names(pages)
    assert book.sheetnames == [OVERVIEW, *names.values(), AUDITS]
    assert book.properties.created == datetime(2024, 1, 1)
    rows = list(book[OVERVIEW].iter_rows(min_row=5, values_only=True))
    for (name, page), row in zip(pages.items(), rows, strict=True):
        assert row[1:3] == (page.ledger.title, name)
        assert row[4] == len(page.columns) and row[7] == len(page.unused)
        assert (row[8] or "") == "、".join(page.unused)
        assert book[OVERVIEW].cell(rows.index(row) + 5, 2).hyperlink.location == f"'{names[name]}'!A1"


def test_a_sheet_has_a_row_for_each_column(book, pages):
    for name, sheet in sheet_names(pages).items():
        heading, *rows = book[sheet].iter_rows(min_row=4, values_only=True)
        assert heading == tuple(text for text, _ in HEADINGS)
        for column, row in zip(pages[name].columns, rows, strict=True):
            assert [text or "" for text in row] == cells(column)
            assert all(len(text or "") < 32767 for text in row)
            if column.field.example:
                assert isinstance(row[2], str)  # an ID number stays what it is
            assert (row[9] == UNUSED) is not column.used


def test_codes_that_stand_for_many_audits_are_explained(book, pages, audits):
    rows = list(book[AUDITS].iter_rows(min_row=5, values_only=True))
    explained = {code: title for code, title, *_ in rows}
    assert explained == {audit.code: audit.title for audit in audits.values()} and len(rows) == len(audits)
    [idle] = [row for row in rows if row[2] == "idle_assets"]
    assert idle[3] == sum(audits["idle_assets"] in page.audits for page in pages.values()) > 1
    [text] = [cells(column)[9] for column in pages["villages"].columns if column.field.name == "村代码"]
    count, codes = text.split(" 项：")
    assert int(count) == len(codes.split()) > 100 and set(codes.split()) <= set(explained)
    [text] = [cells(column)[9] for column in pages["assets"].columns if column.field.name == "停用日期"]
    assert audits["idle_assets"].title in text


def test_the_same_package_gives_the_same_bytes(pages):
    assert workbook(PACKAGE, pages) == workbook(PACKAGE, pages)


def test_titles_that_excel_does_not_take_give_way_to_names(small):
    def title(text):
        def change(schema):
            schema["title"] = text

        return change

    descriptor = small.root / "datapackage.json"
    raw = json.loads(descriptor.read_text(encoding="utf-8"))
    for resource, text in zip(raw["resources"], ["资产/收益", "长" * 32, OVERVIEW, "同名", "同名"], strict=False):
        resource["title"] = text
    descriptor.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    package = load_package(small.root)
    pages = load_dictionary(package, {})
    names = sheet_names(pages)
    first = list(package.ledgers)[:5]
    assert [names[name] for name in first] == [first[0], first[1], first[2], "同名", first[4]]
    assert len(set(names.values())) == len(names)
    openpyxl.load_workbook(io.BytesIO(workbook(package, pages)))


def test_the_build_writes_it_and_the_export_is_the_same(small):
    assert build(small, small.root / "dist").valid
    written = (small.root / "dist" / "dictionary.xlsx").read_bytes()
    export("dictionary", Request(small, small.root / "dist", small.root / "out.xlsx"))
    assert (small.root / "out.xlsx").read_bytes() == written
    words = json.loads((small.root / "dist" / "internal-dictionary.json").read_text(encoding="utf-8"))
    assert words == internal_words(small_dictionary(small))
    words = json.loads((small.root / "dist" / "public-dictionary.json").read_text(encoding="utf-8"))
    names = [column["name"] for column in words["pages"]["teams"]["columns"]]
    assert names == ["专班", "领域", "牵头单位"]
    assert words["audits"] == {}
    for page in words["pages"].values():
        assert page["audits"] == [] and all(tuple(column) == PUBLIC_WORDS for column in page["columns"])
