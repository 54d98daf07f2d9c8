"""Method sheets: twelve elements for every audit, steps that an auditor can read, files that open everywhere."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime

import docx
import openpyxl
import pytest
from audit_workshop import IDLE, Workshop
from project import AUDITS, PACKAGE

from xianjie.coverage import load_clauses
from xianjie.method_files import CATALOGUE, HEADING, catalogue, document, files, workbook
from xianjie.method_steps import INDENT, RESULT
from xianjie.methods import CODE, ELEMENTS, sheets
from xianjie.reads import reads_of
from xianjie.sql import parse
from xianjie.sqlwords import Words

TWELVE = [
    "代码", "名称", "目标功能", "所需数据", "分析步骤", "流程",
    "方法语言", "适用法规", "审计建议", "编制单位", "时间", "标志",
]  # fmt: skip
# Audits of every kind: lists of words, windows, several views, months, findings, standards with 档次, a form's text.
LOOKED_AT = [
    "idle_assets", "unpaid_disability_subsidies", "uninsured_residents", "system_mismatch", "duplicate_payment",
    "meeting_missed", "income_arithmetic", "loan_misused", "spending_behind", "confirmed_finding_without_problem",
    "water_over_limit", "problem_form_incomplete", "should_be_monitored", "invalid_id_number",
]  # fmt: skip
DAY = datetime.fromisoformat(PACKAGE.as_of)


@pytest.fixture(scope="module")
def made():
    return sheets(PACKAGE, AUDITS.values())


@pytest.fixture(scope="module")
def some(made):
    return {sheet.audit.name: sheet for sheet in made if sheet.audit.name in LOOKED_AT}


def test_the_twelve_elements_of_every_audit_are_filled(made):
    assert list(ELEMENTS) == TWELVE
    assert [sheet.audit for sheet in made] == list(AUDITS.values()) and len(made) >= 176
    for sheet in made:
        assert list(sheet.elements) == TWELVE
        for name, lines in sheet.elements.items():
            assert lines and lines[0].strip(), (sheet.name, name)
            assert all(isinstance(line, str) and "\n" not in line and "None" not in line for line in lines)
            assert all(len(line) < 32_767 for line in lines)  # what a cell of Excel holds
        assert all(len(cell) < 32_767 for cell in sheet.cells)


def test_they_say_what_the_audit_says(made):
    titles = {clause.label: clause.title for clause in load_clauses(PACKAGE)}
    for sheet in made:
        audit, cells = sheet.audit, dict(zip(ELEMENTS, sheet.cells, strict=True))
        assert (cells["代码"], cells["名称"], cells["时间"]) == (audit.code, audit.title, PACKAGE.as_of)
        assert (
            audit.team in cells["目标功能"]
            and audit.remedy in cells["审计建议"]
            and audit.cautions in cells["审计建议"]
        )
        assert f"工作方案条款{audit.clause}（{titles[audit.clause]}）" in cells["适用法规"]
        assert (audit.basis or "规则由本系统拟定") in cells["适用法规"]
        for standard in audit.standards:
            assert f"标准“{standard}”" in cells["适用法规"] and standard in cells["所需数据"]
        for line in [*audit.sql.splitlines(), audit.population]:
            assert line in sheet.elements[CODE]
        assert audit.name in cells["标志"] and audit.severity in cells["标志"]


def test_every_ledger_that_is_read_is_named_with_its_columns(made):
    for sheet in made:
        named = re.findall(r"（([a-z_]+)）：", "\n".join(sheet.elements["所需数据"]))
        read = {ledger for ledger, _ in reads_of(sheet.audit)}  # what is only counted included
        assert set(sheet.audit.needs) <= read and set(named) == read - {"standards"}, sheet.name


def test_the_steps_are_chinese(made):
    """Latin letters only in names that the SQL itself has; nothing half said."""
    known = set(AUDITS["idle_assets"].library.views) | {"SQL", "GB", "LPR", "instr"}
    for sheet in made:
        own = set(re.findall(r"\w+", sheet.audit.sql))
        for line in [*sheet.elements["分析步骤"], *sheet.elements["流程"]]:
            words = set(re.findall(r"[A-Za-z_]{2,}", re.sub("“[^”]*”", "", line)))
            assert words - known <= {word for word in own if word.isascii() and word.islower() and len(word) == 2}, line
            assert not re.search(r"[A-Z_]{3,}\(", line), (sheet.name, line)
            for rubbish in ("“”", "（）", "〔〕", "%m", "%Y", "取*", "的的", "加-"):
                assert rubbish not in line, (sheet.name, line)


def test_the_steps_are_numbered_and_end_with_what_was_counted(made):
    for sheet in made:
        heads = [line for line in sheet.elements["分析步骤"] if not line.startswith(INDENT)]
        assert [line.partition(". ")[0] for line in heads] == [str(n) for n in range(1, len(heads) + 1)]
        assert heads[-1].endswith("核对数：") and "一个对象一行" in heads[-2] and heads[-3].endswith(f"得到{RESULT}：")
        assert sheet.elements["分析步骤"][-1].startswith(INDENT)
        assert sheet.elements["流程"][-1].endswith(f"→ {RESULT}")


def test_the_steps_of_an_audit(tmp_path):
    workshop = Workshop(tmp_path)
    step = "with 收益 as (select i.资产编号, sum(i.实收) as 实收 from asset_income i group by i.资产编号)\n"
    sql = step + IDLE.replace("from assets a", "from assets a left join 收益 y on y.资产编号 = a.资产编号")
    audit = workshop.audit(sql.replace("  and days", "  and y.资产编号 is null -- 没有收益\n  and days"))
    (sheet,) = sheets(workshop.package, [audit])
    assert sheet.elements["分析步骤"] == [
        "1. 得到“收益”：",
        "　从“资产收益”",
        "　按资产编号归并",
        "　取资产编号、实收（实收合计）",
        "2. 得到本审计的疑点：",
        "　从“帮扶项目资产”",
        "　左连接（没有也保留）“收益”，条件是收益.资产编号 = 帮扶项目资产.资产编号",
        "　只留同时满足下面各条的：",
        "　· 帮扶项目资产.使用状态 = “闲置”",
        "　· 收益.资产编号为空",
        "　· 帮扶项目资产.停用日期到截止日期的天数 > 标准“资产闲置天数”",
        "　取对象（帮扶项目资产.资产编号）、村代码、问题（写明情况和数字的一句话）、停用日期",
        "　说明：没有收益",
        "3. 按村代码、对象排列，一个对象一行；选了村的只列本村。",
        "4. 核对数：",
        "　从“帮扶项目资产”",
        "　只留村代码是所查的村（全镇不限）",
        "　取条数",
    ]
    assert sheet.elements["流程"] == ["[资产收益] → 收益", f"[帮扶项目资产] + 收益 → {RESULT}"]
    assert sheet.elements["适用法规"][-1] == "标准“资产闲置天数”：还没有确认"  # the workshop has no ledgers


def test_a_view_that_the_audit_reads_is_told_in_full_and_others_by_their_title(made, some):
    steps = some["system_mismatch"].elements["分析步骤"]
    assert steps[0].startswith("1. 得到共用定义“system_comparison”，线上线下核对") and len(steps) > 60
    steps = some["uninsured_residents"].elements["分析步骤"]
    assert "1. 用共用定义“insurance_due”：截止日期应当核查的参保年度。" in steps
    assert any(re.match(r"\d+\. 得到共用定义“residents”", line) for line in steps)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("a.使用状态 in ('闲置', '低效')", "使用状态属于（“闲置”、“低效”）"),
        ("a.使用状态 not in ('闲置')", "使用状态不属于（“闲置”）"),
        ("a.管护人 is not null", "管护人不为空"),
        ("not (a.原值 > 1 or a.原值 = 0)", "不是（原值 > 1，或原值 = 0）"),
        ("coalesce(a.原值, 0) >= 5", "原值（空白的看作0） ≥ 5"),
        ("coalesce(a.管护人, '') = ''", "管护人（空白的看作空字） = 空字"),
        ("coalesce(a.停用日期, a.购建日期) < :截止日期", "停用日期（空白的取购建日期） < 截止日期"),
        ("coalesce(a.一, a.二, a.三) = 1", "一（空白的依次取二、三） = 1"),
        ("abs(a.原值 - a.净值) > 1", "（原值 - 净值）的绝对值 > 1"),
        ("round(100.0 * a.原值 / nullif(a.净值, 0), 1) < 3", "（100.0 × 原值 ÷ 净值（等于0的看作空白））四舍五入 < 3"),
        ("year_of(coalesce(a.甲, a.乙)) = 2024", "甲（空白的取乙）的年份 = 2024"),
        ("add_months(:截止日期, -8) > a.停用日期", "截止日期减8个月 > 停用日期"),
        ("add_days(a.停用日期, 10) > :截止日期", "停用日期加10天 > 截止日期"),
        ("age_on(a.出生日期, :截止日期) >= 60", "出生日期出生的人在截止日期的周岁 ≥ 60"),
        ("strftime('%m', a.停用日期) = '07'", "停用日期的月数 = “07”"),
        ("instr(a.资产名称, '大棚') > 0", "资产名称含有“大棚”"),
        ("instr(a.资产名称, '大棚') = 0", "资产名称不含“大棚”"),
        ("instr('10X98', substr(a.号码, 18, 1)) = 3", "号码从第18个字起取1个字在“10X98”里的位置 = 3"),
        ("length(a.甲 || a.乙) = 4", "（甲接乙）的字数 = 4"),
        ("a.资产名称 like '%月%日%'", "资产名称形如“%月%日%”"),
        ("in_village(a.村代码)", "村代码是所查的村（全镇不限）"),
        ("in_village('')", "所查的是全镇"),
        ("exists (select 1 from assets b where b.资产编号 = a.资产编号)",
         "有这样的记录〔从“资产〈b〉”；只留资产〈b〉.资产编号 = 资产.资产编号〕"),
        ("not exists (select 1 from villages v where v.村代码 = a.村代码)",
         "没有这样的记录〔从“villages”；只留villages.村代码 = 资产.村代码〕"),
        ("a.原值 between 1 and 5", "原值在1到5之间"),
        ("substr(a.资产编号, 1, 2) = 'Z2'", "资产编号从第1个字起取2个字 = “Z2”"),
        ("case a.使用状态 when '在用' then 1 else 0 end = 1", "（使用状态是“在用”的为1，其他为0） = 1"),
    ],
)  # fmt: skip
def test_conditions_in_words(sql, words):
    lines = Words({"assets": "资产"}).lines(parse(f"select a.资产编号 from assets a where {sql}"))
    assert lines == ["从“资产”", f"只留{words}", "取资产编号"]


@pytest.mark.parametrize(
    ("sql", "lines"),
    [
        ("select distinct a.村代码 from assets a", ["从“资产”", "不重复地取村代码"]),
        ("select count(distinct a.村代码) as 村数 from assets a group by a.类别 having count(*) > 1",
         ["从“资产”", "按类别归并", "归并后只留条数 > 1", "取村数（不重复的村代码的个数）"]),
        ("select row_number() over (partition by a.村代码 order by a.原值 desc) as 次序 from assets a",
         ["从“资产”", "取次序（在每个（村代码）里按原值从大到小排，第几个）"]),
        ("select first_value(a.资产编号) over (partition by a.村代码 order by a.原值) as 首 from assets a",
         ["从“资产”", "取首（在每个（村代码）里按原值排，第一个的资产编号）"]),
        ("select a.甲 from assets a union all select b.乙 from 步骤 b",
         ["从“资产”", "取甲", "再加上：", "从“步骤”", "取乙"]),
    ],
)  # fmt: skip
def test_clauses_in_words(sql, lines):
    assert Words({"assets": "资产"}).lines(parse(sql)) == lines


def test_a_list_in_words():
    (step,) = parse("with 词(禁用词, 例外词) as (values ('甲', '乙'), ('丙', '丁')) select w.禁用词 from 词 w").args[
        "with_"
    ]
    assert Words({}).lines(step.this) == ["列出：（“甲”、“乙”）、（“丙”、“丁”）"]


def test_who_made_it_is_the_packages_first_contributor():
    (sheet,) = sheets(PACKAGE, [AUDITS["idle_assets"]])
    assert sheet.elements["编制单位"] == [PACKAGE.title]
    named = {**PACKAGE.descriptor, "contributors": [{"title": "某镇乡村振兴办", "role": "author"}]}
    (sheet,) = sheets(replace(PACKAGE, descriptor=named), [AUDITS["idle_assets"]])
    assert sheet.elements["编制单位"] == ["某镇乡村振兴办"]


# Files ---------------------------------------------------------------------------------------------------------------


def test_names_are_safe_on_windows(made):
    names = [sheet.name for sheet in made]
    assert all(re.fullmatch(r"[A-Z]{3}\d{2}_[a-z0-9_]{1,60}", name) for name in names)
    assert len({name.lower() for name in names}) == len(names)


def test_a_workbook_opens_and_has_every_line(some):
    assert len(some) == len(LOOKED_AT)
    for sheet in some.values():
        (page,) = openpyxl.load_workbook(io.BytesIO(workbook(sheet, DAY)))
        rows = [(label or "", text or "") for label, text in page.iter_rows(max_col=2, values_only=True)]
        assert rows[0] == (HEADING, "")
        assert [label for label, _ in rows[1:] if label] == TWELVE
        wanted = [
            (name if number == 0 else "", line.lstrip(INDENT))
            for name in TWELVE
            for number, line in enumerate(sheet.elements[name])
        ]
        assert rows[1 : len(wanted) + 1] == wanted and not any(map(any, rows[len(wanted) + 1 :]))
        assert all(cell.data_type in "sn" for row in page.iter_rows() for cell in row)  # no formulas


def test_a_document_opens_and_has_every_line(some):
    for sheet in some.values():
        word = docx.Document(io.BytesIO(document(sheet, DAY)))
        assert word.paragraphs[0].text == HEADING
        (table,) = word.tables
        assert [row.cells[0].text for row in table.rows] == TWELVE
        for row, name in zip(table.rows, TWELVE, strict=True):
            lines = [line.lstrip(INDENT) for line in sheet.elements[name]]
            assert [paragraph.text for paragraph in row.cells[1].paragraphs] == lines
        depths = [paragraph.paragraph_format.left_indent for paragraph in table.rows[4].cells[1].paragraphs]
        assert [bool(depth) for depth in depths] == [line.startswith(INDENT) for line in sheet.elements["分析步骤"]]
        assert [column.width.cm for column in table.columns] == pytest.approx([2.4, 14.6], abs=0.01)


def test_the_same_package_gives_the_same_bytes(some):
    for sheet in [some["idle_assets"], some["system_mismatch"]]:
        (again,) = sheets(PACKAGE, [sheet.audit])
        for write in (workbook, document):
            data = write(sheet, DAY)
            assert data == write(again, DAY)
            parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
            assert {part.date_time for part in parts} == {(1980, 1, 1, 0, 0, 0)}


def test_the_catalogue_has_a_line_for_each(made):
    text = catalogue(made)
    assert text.startswith("\ufeff")
    heading, *rows = csv.reader(io.StringIO(text[1:], newline=""))
    assert heading == TWELVE and rows == [sheet.cells for sheet in made]
    assert [row[0] for row in rows] == [audit.code for audit in AUDITS.values()]


def test_the_files_of_some_and_of_all():
    three = {name: AUDITS[name] for name in ("idle_assets", "meeting_missed", "loan_misused")}
    everything = files(PACKAGE, three)
    names = {f"{audit.code}_{name}.{ending}" for name, audit in three.items() for ending in ("xlsx", "docx")}
    assert set(everything) == {*names, CATALOGUE}
    one = files(PACKAGE, three, ["meeting_missed"])
    assert set(one) == {"MON16_meeting_missed.xlsx", "MON16_meeting_missed.docx"}
    assert all(everything[name] == data for name, data in one.items())
