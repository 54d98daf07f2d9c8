"""The half of an error's sentence that helps: what to write instead."""

from __future__ import annotations

import pytest

from xianjie.intake import remedy_for
from xianjie.package import Package


@pytest.mark.parametrize(
    ("ledger", "field", "error", "constraint", "value", "cause", "remedy"),
    [
        (
            "disability_certificates",
            "残疾等级",
            "constraint-error",
            "enum",
            "五级",
            "不在代码表里",
            "一级、二级、三级、四级",
        ),
        ("problems", "整改结果", "constraint-error", "enum", "已整改", "不在代码表里", "整改完成"),
        (
            "problems",
            "整改结果",
            "constraint-error",
            "enum",
            "已整改完成,长期坚持",
            "不在代码表里",
            "是不是“整改完成长期坚持”",
        ),
        ("problems", "整改时限", "constraint-error", "pattern", "尽快", "不是明确的时限", "8月15日前"),
        ("problems", "整改时限", "constraint-error", "pattern", "2024-08-20", "没有写明“前”", "2024年8月20日前"),
        ("assets", "移交日期", "type-error", None, "2022年5月", "只写到月", "2022-05-15"),
        ("assets", "移交日期", "type-error", None, "2022", "只写了年份", "2022-07-05"),
        ("assets", "移交日期", "type-error", None, "7月5日", "没有写年份", "2024-07-05"),
        ("assets", "移交日期", "type-error", None, "24.7.5", "两位", "四位"),
        ("assets", "移交日期", "type-error", None, "5/7/2024", "分不清", "年、月、日"),
        ("assets", "移交日期", "type-error", None, "2023.2.30", "没有这一天", "实际存在"),
        ("assets", "移交日期", "type-error", None, "去年三月", "不是日期", "年月日"),
        ("assets", "移交日期", "type-error", None, "2024/2/1", "不是规定的写法", "写成“2024-02-01”"),
        ("assets", "移交日期", "type-error", None, "2024年2月1日", "不是规定的写法", "写成“2024-02-01”"),
        ("assets", "移交日期", "type-error", None, "20240201", "连在一起", "写成“2024-02-01”"),
        ("assets", "移交日期", "type-error", None, "45323", "Excel 存日期用的序号", "写成“2024-02-01”"),
        ("assets", "移交日期", "type-error", None, " 2024-02-01", "前面有看不见的空格", "写成“2024-02-01”"),
        ("assets", "移交日期", "type-error", None, "2024-02-01\u3000", "后面有看不见的空格", "写成“2024-02-01”"),
        ("assets", "移交日期", "type-error", None, "\u00a02024-02-01 ", "前后有看不见的空格", "写成“2024-02-01”"),
        ("assets", "移交日期", "type-error", None, " 2024/2/1 ", "不是规定的写法", "写成“2024-02-01”"),
        ("assets", "使用状态", "constraint-error", "enum", "在用 ", "后面有看不见的空格", "写成“在用”"),
        ("assets", "项目编号", "foreign-key", None, " X1", "前面有看不见的空格", "写成“X1”"),
        ("assets", "村代码", "constraint-error", "pattern", "141121104201\u200b", "后面有看不见的空格", "141121104201"),
        ("assets", "原值", "type-error", None, "\u30005 ", "前后有看不见的空格", "写成“5”"),
        ("assets", "购建年度", "type-error", None, "2019年", "不是规定的写法", "写成“2019”"),
        ("assets", "购建年度", "type-error", None, "2019-05", "写得比年份多", "写成“2019”"),
        ("welfare_cases", "起始月", "type-error", None, "2024年1月", "不是规定的写法", "写成“2024-01”"),
        ("welfare_cases", "起始月", "type-error", None, "202401", "连在一起", "写成“2024-01”"),
        ("welfare_cases", "起始月", "type-error", None, "2024-01-05", "写得比年月多", "写成“2024-01”"),
        ("assets", "购建年度", "type-error", None, "二〇一九", "年份", "2019"),
        ("assets", "原值", "type-error", None, "约50万元", "不是确切的数", "元"),
        ("assets", "原值", "type-error", None, "5万元", "带了单位", "50000元"),
        ("assets", "原值", "type-error", None, "1.05亿元", "带了单位", "105000000元"),
        ("assets", "原值", "type-error", None, "300元", "带了单位", "“300”"),
        ("assets", "原值", "type-error", None, "1,500.50", "逗号", "1500.50"),
        ("assets", "原值", "type-error", None, "3-5", "范围", "确切"),
        ("assets", "原值", "constraint-error", "minimum", "-5", "最小值 0", "不小于 0"),
        ("assets", "受益户数", "type-error", None, "3.5", "不是整数", "整数"),
        ("assets", "资产名称", "constraint-error", "required", "", "必填", "酥梨冷库1号"),
        ("assets", "村代码", "constraint-error", "pattern", "云洲村", "找不到", "是不是“云周村”"),
        ("assets", "村代码", "foreign-key", None, "141121104999", "行政村台账", "村名"),
        ("assets", "项目编号", "foreign-key", None, "X1", "帮扶项目", "登记"),
        ("problems", "专班", "foreign-key", None, "资金专班", "工作专班台账", "是不是“资金项目专班”"),
        ("persons", "身份证号", "constraint-error", "pattern", "1.41E+17", "科学计数法", "文本格式"),
        ("persons", "身份证号", "constraint-error", "pattern", "1411****1221", "星号", "完整"),
        ("households", "联系电话", "constraint-error", "pattern", "无号码", "电话", "手机号"),
        ("welfare_cases", "起始月", "type-error", None, "2024.1", "10月", "2024-10"),
        ("welfare_cases", "起始月", "type-error", None, "20241", "连在一起", "2024-01"),
        ("welfare_cases", "起始月", "type-error", None, "去年", "不是年月", "2024-07"),
        ("assets", "资产编号", "primary-key", None, "Z1", "重复", "不同"),
    ],
)
def test_remedies(
    package: Package, ledger: str, field: str, error: str, constraint: str | None, value: str, cause: str, remedy: str
) -> None:
    found = remedy_for(package[ledger].by_name[field], error, constraint, value, package)
    assert cause in found[0]
    assert remedy in found[1]
    assert not found[0].endswith("。") and not found[1].endswith("。")


def test_every_field_has_something_to_say_about_everything(package: Package) -> None:
    kinds = [("type-error", None), ("foreign-key", None), ("primary-key", None)]
    kinds += [("constraint-error", one) for one in ("required", "enum", "pattern", "minimum", "maximum", "unique")]
    for ledger in package.ledgers.values():
        for field in ledger.fields:
            for error, constraint in kinds:
                assert all(remedy_for(field, error, constraint, "甲", package))


def test_a_required_cell_is_never_told_to_stay_blank(package) -> None:
    events, assets = package["person_events"].by_name["日期"], package["assets"].by_name["移交日期"]
    for written in ("2024年6月", "2024", "去年三月"):
        assert "留空" not in remedy_for(events, "type-error", None, written, package)[1]
        assert "留空" in remedy_for(assets, "type-error", None, written, package)[1]
