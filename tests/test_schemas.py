"""Every schema carries what a clerk, a template and the checks need; a column name means one thing everywhere.

Each test looks at all ledgers at once and says all that is wrong: one test for each of 800 columns took longer to
count than to run.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from xianjie.audit_checks import AREAS
from xianjie.identifiers import doubts_of
from xianjie.package import load_package

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = load_package(ROOT)
LEDGERS = list(PACKAGE.ledgers.values())
FIELDS = [(ledger, field) for ledger in LEDGERS for field in ledger.fields]

# Generic names share only their type (design: Names).
GENERIC = {"日期", "金额", "类型", "项目", "备注", "状态", "名称", "问题", "处置", "来源", "档次", "单位", "数值"}
GENERIC |= {"用途", "内容", "原因", "理由", "措施"}
# Numbers without a unit of their own: it stands in a column beside them, or they only count rows.
NO_UNIT = {("standards", "数值"), ("water_tests", "指标值"), ("problems", "序号")}
LOOKS_LIKE = {
    "date": r"\d{4}-\d{2}-\d{2}",
    "yearmonth": r"\d{4}-\d{2}",
    "year": r"\d{4}",
    "integer": r"-?\d+",
    "number": r"-?\d+(\.\d+)?",
    "string": r".+",
}
NUMERIC = ("integer", "number")


def wrong(ledger, field, why: object = "") -> str:
    return f"{ledger.name}.{field.name} {why}".strip()


# What there is -------------------------------------------------------------------------------------------------------


def listed() -> list[dict[str, str]]:
    """The ledgers that the document names or implies, with their keys, and the columns of the central ones."""
    with (ROOT / "tests" / "data" / "ledgers.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_ledger_of_the_document_is_there_with_its_key():
    """A township may add its own."""
    wanted = {row["name"]: (row["area"], row["title"], tuple(row["key"].split())) for row in listed()}
    assert len(wanted) == 85
    assert {one.name: (one.area, one.title, one.key) for one in LEDGERS if one.name in wanted} == wanted


def test_the_central_ledgers_have_exactly_their_columns():
    central = {row["name"]: row["columns"].split() for row in listed() if row["columns"]}
    assert len(central) == 20
    assert {name: PACKAGE[name].columns for name in central} == central


def test_ledgers_are_described_and_in_their_area():
    for ledger in LEDGERS:
        assert ledger.area in AREAS
        assert ledger.title and ledger.description.endswith("。") and ledger.aliases
        assert re.fullmatch(r"[a-z_]+", ledger.name)
        assert ledger.relative_path == f"csv/{ledger.area}/{ledger.name}.csv"
        assert ledger.key and set(ledger.key) <= set(ledger.columns)


# Code lists of the national systems and the official forms -----------------------------------------------------------

YES_NO = "是 否"
GRADES = "小学 七年级 八年级 九年级 普通高中一年级 普通高中二年级 普通高中三年级 中职一年级 中职二年级 中职三年级"
STUDENTS = (
    f"学龄前儿童 学前教育 {GRADES} 高职高专一年级 高职高专二年级 高职高专三年级 技师学院一年级 技师学院二年级"
    " 技师学院三年级 技师学院四年级 本科一年级 本科二年级 本科三年级 本科四年级 本科五年级 硕士研究生及以上"
)
RELATIONS = (
    "户主 配偶 之子 之女 之儿媳 之女婿 之孙子 之孙女 之外孙子 之外孙女 之父 之母 之岳父 之岳母 之公公 之婆婆"
    " 之祖父 之祖母 之外祖父 之外祖母 之兄弟姐妹 之曾孙子 之曾孙女 之侄儿 之侄女 之兄弟媳妇 之叔伯 其他"
)
RISKS = "因病 因自然灾害 因残 缺劳动力 因意外事故 因产业项目失败 因务工就业不稳 因学 因安全住房 因安全饮水 其他"
MEASURES = (
    "产业帮扶 就业帮扶 金融帮扶 公益岗位帮扶 健康帮扶 教育帮扶 义务教育保障 住房安全保障 饮水安全保障 综合保障"
    " 社会帮扶 搬迁 生产生活条件改善 基础设施建设"
)
INDICATORS = (
    "总大肠菌群 大肠埃希氏菌 菌落总数 砷 氟化物 硝酸盐 浑浊度 色度 臭和味 肉眼可见物 pH 铁 锰 氯化物 硫酸盐"
    " 溶解性总固体 总硬度 高锰酸盐指数 氨 游离氯 感官"
)
CODES = {
    ("households", "户类型"): "脱贫户 一般农户",
    ("households", "监测对象类别"): "脱贫不稳定户 边缘易致贫户 突发严重困难户",
    ("households", "风险是否已消除"): YES_NO,
    ("households", "六类重点对象"): "农村易返贫致贫户 农村低保户 农村分散供养特困人员"
    " 因病因灾因意外基本生活严重困难家庭 农村低保边缘家庭 其他脱贫户",
    ("persons", "性别"): "男 女",
    ("persons", "与户主关系"): RELATIONS,
    ("persons", "文化程度"): "文盲或半文盲 小学 初中 高中 大专 本科及以上",
    ("persons", "在校生状况"): STUDENTS,
    ("persons", "劳动技能"): "普通劳动力 技能劳动力 弱劳动力或半劳动力 丧失劳动力 无劳动力",
    ("disability_certificates", "残疾类别"): "视力 听力 言语 肢体 智力 精神 多重",
    ("disability_certificates", "残疾等级"): "一级 二级 三级 四级",
    ("students", "就读方式"): "在读 随班就读 特校 送教上门 休学 延缓入学 疑似辍学 毕业",
    ("monitoring_cases", "消除方式"): "帮扶消除 自然消除",
    ("monitoring_risks", "风险类型"): RISKS,
    ("monitoring_measures", "措施组"): MEASURES,
    ("clues", "线索来源"): "自主申报 干部排查 部门预警 其他",
    ("clues", "处理结果"): "核实中 纳入 不纳入",
    ("houses", "房屋等级"): "A级 B级 C级 D级",
    ("water_sources", "供水类型"): "集中式供水 小型集中式供水 水窖 旱井 其他分散式供水",
    ("water_tests", "水期"): "枯水期 丰水期",
    ("water_tests", "指标"): INDICATORS,
    ("assets", "资产类别"): "经营性 公益性 到户类",
    ("assets", "使用状态"): "在用 低效 闲置 报废",
    ("industry_projects", "四个一批类别"): "巩固类 升级类 盘活类 调整类",
    ("employment_months", "务工地区"): "省外 省内市外 市内县外 县内",
    ("welfare_cases", "救助类别"): "低保 低保边缘 特困 孤儿 事实无人抚养 临时救助",
    ("welfare_cases", "供养方式"): "集中供养 分散供养",
    ("disability_subsidies", "补贴种类"): "困难残疾人生活补贴 重度残疾人护理补贴",
    ("problems", "整改结果"): "正在整改 整改完成 整改完成长期坚持",
    ("standards", "性质"): "文件 政策 约定",
    ("exclusions", "规则"): "互斥 择高 补差 可叠加",
    ("report_duties", "单位类型"): "专班 村 镇办",
    ("reports", "报送种类"): "动员部署记录 排查台账 整改方案 周调度 周通报 整改报告 长效机制",
}


@pytest.mark.parametrize(("place", "codes"), CODES.items(), ids=[".".join(place) for place in CODES])
def test_code_lists_are_those_of_the_forms(place, codes):
    ledger, name = place
    assert PACKAGE[ledger].by_name[name].enum == codes.split()


def test_several_conditions_of_health_stand_in_one_cell():
    pattern = PACKAGE["persons"].by_name["健康状况"].constraints["pattern"]
    for good in ("健康", "残疾", "残疾,长期慢性病", "患有大病,残疾,长期慢性病"):
        assert re.fullmatch(pattern, good)
    for bad in ("残疾,健康", "残疾，长期慢性病", "残疾,", "良好"):
        assert not re.fullmatch(pattern, bad)


# What each column says -----------------------------------------------------------------------------------------------


def test_columns_tell_a_clerk_what_to_write():
    assert [
        wrong(ledger, field)
        for ledger, field in FIELDS
        if not (field.title and field.description.endswith("。") and field.aliases)
        or field.privacy not in {"public", "internal", "sensitive"}
        or not re.fullmatch(LOOKS_LIKE[field.type], field.example)
    ] == []


def test_descriptions_say_more_than_the_name():
    """At least what it is, and something of where it comes from, how it is written or when it stays empty."""
    assert [wrong(ledger, field) for ledger, field in FIELDS if len(field.description) < 7] == []
    assert [
        wrong(ledger, field)
        for ledger, field in FIELDS
        if field.description.strip("。")
        in {field.name, f"{field.name}的名称", f"{field.name}的日期", f"哪个{field.name}"}
    ] == []
    for ledger, field in FIELDS:
        if field.type == "date":
            assert "写到日，如 2024-07-05" in field.description, wrong(ledger, field)
        elif field.type == "yearmonth":
            assert "写到月，如 2024-07" in field.description, wrong(ledger, field)
        if field.enum == YES_NO.split():
            assert "填“是”或“否”" in field.description, wrong(ledger, field)
        if field.check in ("id_number", "bank_card"):
            assert "文本格式" in field.description, wrong(ledger, field)


def test_numbers_have_a_unit_and_nothing_else_does():
    assert [
        wrong(ledger, field, field.unit)
        for ledger, field in FIELDS
        if bool(field.unit) != (field.type in NUMERIC and (ledger.name, field.name) not in NO_UNIT)
    ] == []


def satisfies(field) -> bool:
    """Whether the example is what the field's own constraints ask for."""
    limits, example = field.constraints, field.example
    return (
        example in limits.get("enum", [example])
        and bool(re.fullmatch(limits.get("pattern", ".*"), example))
        and ("minimum" not in limits or float(example) >= limits["minimum"])
        and ("maximum" not in limits or float(example) <= limits["maximum"])
    )


def test_examples_satisfy_their_own_constraints():
    assert [wrong(ledger, field, field.example) for ledger, field in FIELDS if not satisfies(field)] == []
    for ledger, field in FIELDS:
        codes = field.enum or []
        assert len(set(codes)) == len(codes), wrong(ledger, field)


def test_example_numbers_are_made_up_and_right():
    """Good check digits, but of a region that does not exist and a bank that does not."""
    for ledger, field in FIELDS:
        if field.check in ("id_number", "disability_certificate"):
            assert field.example.startswith("141199"), wrong(ledger, field)
        elif field.name.endswith("账号"):
            assert field.example.startswith("999"), wrong(ledger, field)
        elif field.name.endswith("电话"):
            assert field.example.startswith("1420000"), wrong(ledger, field)
        if field.check:
            doubt = doubts_of(field.check, field.example, {"账户类型": "卡"}, PACKAGE.as_of)
            assert doubt is None or "141199" in doubt, wrong(ledger, field, doubt)


def test_synonyms_lead_to_codes_and_never_hide_one():
    for ledger, field in FIELDS:
        for written, code in field.synonyms.items():
            assert code in field.enum, wrong(ledger, field, code)
            assert written not in field.enum, wrong(ledger, field, f"{written} is a code already")


def test_headings_are_unambiguous():
    for ledger in LEDGERS:
        meaning = defaultdict(set)
        for field in ledger.fields:
            for heading in {field.name, field.title}:
                meaning[heading].add(field.name)
        assert all(len(names) == 1 for names in meaning.values())
        for field in ledger.fields:
            assert len(set(field.aliases)) == len(field.aliases), wrong(ledger, field)
            for alias in field.aliases:
                meaning[alias].add(field.name)
        doubtful = {heading: names for heading, names in meaning.items() if len(names) > 1}
        assert not doubtful, f"{ledger.name}: one heading, two columns: {doubtful}"


# One name, one meaning -----------------------------------------------------------------------------------------------


def test_a_column_name_has_one_type_unit_check_and_code_list_in_all_ledgers():
    types, codes, units, checks, patterns = (defaultdict(set) for _ in range(5))
    for _, field in FIELDS:
        types[field.name].add(field.type)
        units[field.name].add(field.unit)
        if field.name not in GENERIC:
            if field.enum:
                codes[field.name].add(tuple(field.enum))
            checks[field.name].add(field.check)
            patterns[field.name].add(field.constraints.get("pattern"))
    for seen in (types, codes, units, checks, patterns):
        assert {name: values for name, values in seen.items() if len(values) > 1} == {}


def test_identity_numbers_load_even_when_wrong():
    """Same or faulty numbers must load, so that an audit can show them (design: Names)."""
    for ledger, field in FIELDS:
        if field.name.endswith("身份证号"):
            beside = ledger.by_name[field.name.removesuffix("身份证号") + "姓名"]
            assert field.constraints.get("pattern") == "^[0-9A-Za-z]+$"
            assert not field.constraints.get("unique") and field.name not in ledger.primary_key
            assert field.privacy == beside.privacy == "sensitive", wrong(ledger, field)
            assert field.check == "id_number"
            assert beside.required or not field.required, wrong(ledger, field)


# Keys ----------------------------------------------------------------------------------------------------------------


def unique_columns(ledger) -> tuple[str, ...]:
    return ledger.primary_key or tuple(field.name for field in ledger.fields if field.constraints.get("unique"))


def test_keys_point_at_columns_that_exist():
    for ledger in LEDGERS:
        assert set(ledger.primary_key) <= set(ledger.columns) and len(ledger.primary_key) <= 1
        for key in ledger.primary_key:
            assert re.search("编号|代码", key)
            assert ledger.by_name[key].required
        for foreign in ledger.foreign_keys:
            parent = PACKAGE[foreign.ledger]
            assert set(foreign.fields) <= set(ledger.columns)
            assert foreign.reference_fields == unique_columns(parent)
            for own, other in zip(foreign.fields, foreign.reference_fields, strict=True):
                assert ledger.by_name[own].type == parent.by_name[other].type


def test_a_column_named_like_a_key_points_at_it():
    """户编号 points at the households, 联合设置村代码 at the villages … wherever the parent is unique."""
    owners = defaultdict(list)
    for ledger in LEDGERS:
        for name in unique_columns(ledger):
            owners[name].append(ledger.name)
    parents = {name: found[0] for name, found in owners.items() if len(found) == 1}
    assert {"村代码", "户编号", "单位编号", "干部编号", "专班", "项目编号", "合同编号", "资产编号", "贷款编号"} <= set(
        parents
    )
    for ledger in LEDGERS:
        targets = {foreign.fields[0]: foreign.ledger for foreign in ledger.foreign_keys if len(foreign.fields) == 1}
        for field in ledger.fields:
            if field.name in unique_columns(ledger):
                continue
            for name, parent in parents.items():
                # 系统户编号 is the number of another system.
                if field.name.endswith(name) and field.name != "系统户编号":
                    assert targets.get(field.name) == parent, wrong(ledger, field)


def test_numbering_uses_columns_of_the_ledger():
    for ledger in LEDGERS:
        if ledger.numbering:
            assert ledger.numbering.field in ledger.columns
            assert set(ledger.numbering.sources) <= set(ledger.columns) - {ledger.numbering.field}
            # What a row is about does not change; what proves it may.
            assert not set(ledger.numbering.sources) & ledger.numbering.changes
            assert ledger.numbering.changes | set(ledger.numbering.proof) <= set(ledger.columns)
            assert any(ledger.by_name[name].required for name in ledger.numbering.sources), ledger.name
        assert set(ledger.alike) <= set(ledger.columns)


def test_a_number_says_what_it_numbers():
    """Two ledgers do not number their rows with the same letters."""
    prefixes = defaultdict(list)
    for ledger in LEDGERS:
        if ledger.numbering:
            prefixes[ledger.numbering.prefix].append(ledger.name)
    assert {prefix: names for prefix, names in prefixes.items() if len(names) > 1} == {}


def test_a_number_that_may_stay_empty_says_so():
    for ledger in LEDGERS:
        if ledger.numbering:
            assert re.search("可以留空，登记时", ledger.by_name[ledger.numbering.field].description), ledger.name
