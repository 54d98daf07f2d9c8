"""The work plan clause by clause: nothing of it is forgotten, and every audit has its place in it."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest
from project import AUDITS, PACKAGE

from xianjie.coverage import (
    CLAUSES,
    FOLDER,
    ITEMS,
    KINDS,
    OTHERS,
    Clause,
    CoverageError,
    Item,
    gaps,
    has_coverage,
    lines,
    load_clauses,
    needs_of,
)
from xianjie.coverage_book import HEADINGS, book_of, rows, workbook
from xianjie.demo.write import COPIED

CLAUSES_OF_THE_PLAN = load_clauses(PACKAGE)
BY_CODE = {audit.code: audit for audit in AUDITS.values()}
# The plan's own clauses, those with a sentence of their own before their numbered measures included.
LABELS = [
    "一(一)1", "一(一)2", "一(一)3", "一(一)4", "一(二)", "一(二)1", "一(二)2", "一(二)3", "一(三)", "一(三)1",
    "一(三)2", "一(三)3", "一(三)4", "一(三)5", "一(四)", "一(四)1", "一(四)2", "一(四)3", "一(五)", "一(六)",
    "一(六)1", "一(六)2", "一(七)", "一(七)1", "一(七)2", "一(七)3", "一(七)4", "一(八)", "一(八)1", "一(八)2",
    "一(八)3", "一(九)", "一(九)1", "一(九)2", "一(九)3", "一(九)4", "二(一)", "二(二)", "二(三)", "三(一)",
    "三(二)", "三(三)", "三(四)", "三(五)", "三(六)", "附件1",
]  # fmt: skip


@pytest.fixture(scope="module")
def listed():
    return lines(CLAUSES_OF_THE_PLAN, AUDITS, needs_of(AUDITS))


def test_every_clause_of_the_plan_is_there_in_its_order():
    assert [clause.label for clause in CLAUSES_OF_THE_PLAN] == LABELS
    assert all(clause.title and clause.teams and clause.items for clause in CLAUSES_OF_THE_PLAN)


def test_nothing_is_left_open():
    assert gaps(CLAUSES_OF_THE_PLAN, AUDITS, PACKAGE.ledgers) == []


def test_every_audit_appears_and_every_code_exists(listed):
    assert {audit.name for line in listed for audit in line.audits} == set(AUDITS)
    assert not any(line.missing for line in listed)
    assert {code for clause in CLAUSES_OF_THE_PLAN for item in clause.items for code in item.codes} <= set(BY_CODE)
    assert len(AUDITS) >= 176


def test_every_audit_appears_under_the_clause_that_it_names(listed):
    """Or under the one of which that is a measure, or a measure of that."""
    for audit in AUDITS.values():
        places = [line.clause.label for line in listed if audit in line.audits]
        assert any(_related(place, audit.clause) for place in places), (audit.code, places)


def _related(label: str, other: str) -> bool:
    """The same clause, or the one of which the other is a measure."""
    return label == other or label.startswith(other) or other.startswith(label)


def test_each_line_says_what_only_a_visit_shows(listed):
    said = [(line.clause.label, line.item.said) for line in listed if line.item]
    assert len(said) == len(set(said))  # nothing twice
    for line in (line for line in listed if line.item):
        assert line.item.on_site and not line.item.on_site.endswith("。")
        assert bool(line.audits) != bool(line.item.reason)
    assert len({line.item.on_site for line in listed if line.item}) > len(said) * 0.9  # written for each, not copied


def test_ledgers_are_those_of_the_audits_and_the_items_own(listed):
    for line in listed:
        needed = {name for audit in line.audits for name in audit.needs}
        assert set(line.ledgers) == needed | set(line.item.ledgers if line.item else ())
        assert needed or not line.audits
    shown = {name for line in listed for name in line.ledgers}
    assert len(set(PACKAGE.ledgers) - shown) <= 2


# What is not accounted for is said -----------------------------------------------------------------------------------

ITEM = Item("问题", "甲", ("AST05",), (), "乙", "")


def gaps_of(*clauses: Clause, audits=None):
    return gaps(clauses, audits or {}, PACKAGE.ledgers)


def clause(*items: Item, label: str = "一(五)") -> Clause:
    return Clause(label, "资产", "资金项目专班", items)


def test_a_clause_with_neither_audits_nor_ledgers_fails():
    idle = {"idle_assets": AUDITS["idle_assets"]}
    bare = replace(ITEM, codes=(), reason="没有台账")
    assert gaps_of(clause()) == ["条款一(五)（资产）既没有审计，也没有台账。"]
    assert gaps_of(clause(bare)) == ["条款一(五)（资产）既没有审计，也没有台账。"]
    assert gaps_of(clause(replace(bare, ledgers=("assets",)))) == []
    assert gaps_of(clause(ITEM), audits=idle) == []
    assert gaps_of(clause(), audits=idle) == []  # an audit names the clause itself
    assert len(gaps_of(clause(ITEM), clause(label="一(六)"), audits=idle)) == 1


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (replace(ITEM, codes=("AST05", "XXX01")), "列的审计 XXX01 不存在"),
        (replace(ITEM, ledgers=("nothing",)), "列的台账 nothing 不存在"),
        (replace(ITEM, codes=()), "既没有审计，也没有写理由"),
        (replace(ITEM, reason="不做"), "有审计，又写了没有审计的理由"),
        (replace(ITEM, on_site=""), "没有写只有现场才能看清什么"),
        (replace(ITEM, said=""), "没有写内容"),
    ],
)
def test_an_item_that_does_not_add_up_is_said(item, words):
    (gap,) = gaps_of(clause(item), audits={"idle_assets": AUDITS["idle_assets"]})
    assert gap.startswith("条款一(五)的“") and words in gap


def test_an_audit_of_an_unknown_clause_is_said():
    (gap,) = gaps_of(clause(ITEM, label="一(六)"), audits={"idle_assets": AUDITS["idle_assets"]})
    assert gap == "审计 AST05（idle_assets）的条款“一(五)”不在 coverage/clauses.csv 里。"


def test_an_audit_that_no_item_lists_is_shown_all_the_same():
    idle = AUDITS["idle_assets"]
    other = next(audit for audit in AUDITS.values() if audit.clause == idle.clause and audit != idle)
    first, second = lines([clause(ITEM)], {idle.name: idle, other.name: other}, {other.name: ["assets"]})
    assert (first.item, first.audits) == (ITEM, (idle,))
    assert (second.item, second.audits, second.ledgers) == (None, (other,), ("assets",))
    assert [row[4] for row in rows(PACKAGE, [second])] == [OTHERS]


# The files -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def copied(tmp_path):
    shutil.copytree(PACKAGE.root / FOLDER, tmp_path / FOLDER)
    return replace(PACKAGE, root=tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (CLAUSES, "条款,标题", "条款,名称", "clauses.csv 的表头要是：条款、标题、责任专班。"),
        (CLAUSES, "一(一)2,", "一(一)1,", "条款“一(一)1”写了两遍"),
        (ITEMS, "一(一)1,问题", "一(零)1,问题", "第2行的条款“一(零)1”不在 clauses.csv 里"),
        (ITEMS, "一(一)1,问题", "一(一)1,毛病", "第2行的种类只能填 问题、措施、职责、延伸"),
        (ITEMS, "一(一)1,问题", "一(一)1，问题", "第2行的列数与表头不符"),
    ],
)
def test_a_file_that_cannot_be_used_is_said(copied, name, old, new, words):
    path = copied.root / FOLDER / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CoverageError, match=re.escape(words)):
        load_clauses(copied)


def test_a_file_that_is_missing_or_in_another_encoding_is_said(copied):
    path = copied.root / FOLDER / ITEMS
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    with pytest.raises(CoverageError, match="不是 UTF-8 编码"):
        load_clauses(copied)
    (copied.root / FOLDER / CLAUSES).unlink()
    assert has_coverage(PACKAGE) and not has_coverage(copied)
    with pytest.raises(CoverageError, match=r"找不到 coverage/clauses\.csv"):
        load_clauses(copied)


def test_every_package_that_is_made_from_this_one_has_them():
    assert FOLDER in COPIED


def test_the_kinds_are_all_used():
    assert {item.kind for one in CLAUSES_OF_THE_PLAN for item in one.items} == set(KINDS)


# The workbook --------------------------------------------------------------------------------------------------------


def test_the_workbook_has_a_row_for_each_line(listed):
    book = openpyxl.load_workbook(io.BytesIO(book_of(PACKAGE, listed)))
    (sheet,) = book
    title, note, heading, *body = sheet.iter_rows(values_only=True)
    assert title[0] == f"工作方案逐条对照：46 条、{len(listed)} 项" and note[0]
    assert heading == tuple(text for text, _ in HEADINGS)
    assert [[cell or "" for cell in row] for row in body] == rows(PACKAGE, listed)
    written = "\n".join(row[5] or "" for row in body)
    for audit in AUDITS.values():
        assert f"{audit.code} {audit.title}" in written
    assert book.properties.created == datetime(2024, 1, 1) and sheet.freeze_panes == "C4"


def test_the_same_package_gives_the_same_bytes(listed):
    assert book_of(PACKAGE, listed) == workbook(PACKAGE, AUDITS)
