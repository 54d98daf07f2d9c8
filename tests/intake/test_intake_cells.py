"""One cell at a time: what is repaired, what stays for the engine, what is an error at once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from clerk_files import ROOT, person
from hypothesis import given, settings
from hypothesis import strategies as st

from xianjie.intake.cells import Context, Normal, normaliser
from xianjie.intake.clean import plain
from xianjie.intake.grid import Day, Number, Raw, Trouble, number_cell
from xianjie.package import load_package

PROJECT = load_package(ROOT)


def cell(ledger: str, field: str, raw: Raw, context: Context = Context()) -> Normal:  # noqa: B008
    return normaliser(PROJECT[ledger], PROJECT[ledger].by_name[field], context)(raw)


@pytest.mark.parametrize(
    ("ledger", "field", "written", "value"),
    [
        ("persons", "身份证号", "１４１１９９１９６００３０７１２２Ｘ", "14119919600307122X"),
        ("persons", "身份证号", "14119919600307122x", "14119919600307122X"),
        ("persons", "身份证号", "14119919600307122×", "14119919600307122X"),
        ("persons", "身份证号", " 141199 19600307 1221\u200b", "141199196003071221"),
        ("persons", "身份证号", '="141199196003071221"', "141199196003071221"),
        ("persons", "身份证号", "'141199196003071221", "141199196003071221"),
        ("persons", "身份证号", "\ufeff141199196003071221\t", "141199196003071221"),
        ("persons", "姓名", "王　秀 英", "王秀英"),
        ("persons", "姓名", "阿依古丽•买买提", "阿依古丽·买买提"),
        ("persons", "姓名", "John  Smith", "John  Smith"),
        ("persons", "性别", " 男 ", "男"),
        ("persons", "性别", "2", "女"),
        ("persons", "与户主关系", "长 子", "之子"),
        ("persons", "健康状况", "残疾、长期慢性病", "残疾,长期慢性病"),
        ("persons", "出生日期", "１９６０年３月７日", "1960-03-07"),
        ("households", "脱贫年度", "2016年", "2016"),
        ("households", "家庭人口数", "３", "3"),
        ("households", "家庭人口数", "3.0", "3"),
        ("households", "联系电话", "138 0000 0000", "13800000000"),
        ("disability_certificates", "有效期止", "长期", ""),
        ("disability_certificates", "需长期照护", "无", "否"),  # 无 is a code's synonym here, not a blank
        ("disability_certificates", "需长期照护", "TRUE", "是"),
        ("assets", "经营主体", "无", ""),
        ("assets", "经营主体", "——", ""),
        ("assets", "经营主体", "待补", ""),
        ("assets", "经营主体", "无锡商贸公司", "无锡商贸公司"),
        ("persons", "健康状况", "残疾，长期慢性病，", "残疾,长期慢性病"),
        ("persons", "健康状况", "残疾,", "残疾"),
        ("problems", "整改结果", "整改完成。", "整改完成"),
        ("problems", "整改结果", "整改完成，长期坚持；", "整改完成长期坚持"),
        ("problems", "整改时限", "８月１５日前", "8月15日前"),
        ("problems", "整改时限", "2024.8.15前", "2024年8月15日前"),
        ("problems", "整改时限", "8月15日以前", "8月15日前"),
        ("problems", "整改措施", "　落实（盘活）方案，\r\n月底见效 ", "落实（盘活）方案，\n月底见效"),
        ("loans", "利率", "3.65%", "3.65"),
    ],
)  # fmt: skip
def test_repairs(ledger: str, field: str, written: str, value: str) -> None:
    found = cell(ledger, field, written)
    assert (found.value, found.error) == (value, None)
    assert found.kinds or written == value


@pytest.mark.parametrize(
    ("ledger", "field", "written"),
    [
        ("assets", "购建年度", "二〇一九"),
        ("assets", "原值", "约50万元"),
        ("assets", "原值", "1,500"),
        ("assets", "原值", "300元"),
        ("assets", "原值", "3-5"),
        ("assets", "移交日期", "2022年5月"),
        ("problems", "整改时限", "尽快"),
        ("problems", "整改时限", "8月15日"),
        ("problems", "整改结果", "已整改"),
        ("disability_certificates", "残疾等级", "五级"),
        ("disability_certificates", "发证日期", "7月5日"),
        ("persons", "身份证号", "1411**********1221"),
        ("persons", "身份证号", "1.41199E+17"),
        ("payments", "金额", ""),
    ],
)
def test_what_cannot_be_repaired_keeps_what_was_written(ledger: str, field: str, written: str) -> None:
    assert cell(ledger, field, written, Context(Decimal(10000))) == Normal(written)


@pytest.mark.parametrize(
    ("ledger", "field", "raw", "kind"),
    [
        ("assets", "原值", Trouble("formula-without-value", "=A1"), "formula-without-value"),
        ("assets", "资产名称", "#N/A", "excel-error"),
        ("assets", "资产名称", "#######", "excel-error"),
        ("assets", "原值", "1.2E+07", "type-error"),  # the engine would take these for numbers
        ("assets", "原值", "1_000", "type-error"),
        ("assets", "原值", "Infinity", "type-error"),
        ("welfare_cases", "起始月", "24-07", "type-error"),
        ("assets", "资产编号", Day("2024-03-05"), "type-error"),
        ("households", "户编号", Number("1.23456789012345E+17", lossy=True), "type-error"),
        ("households", "村民小组", Day("2024-01-02"), "type-error"),  # 1-2 was typed
    ],
)
def test_errors_that_the_engine_would_not_see(ledger: str, field: str, raw: Raw, kind: str) -> None:
    assert cell(ledger, field, raw).error[0] == kind


def test_amounts_are_converted_exactly() -> None:
    in_wan = Context(Decimal(10000))
    assert cell("assets", "原值", number_cell(106.33), in_wan).value == "1063300"
    assert cell("assets", "原值", number_cell(0.07), in_wan).value == "700"
    assert cell("assets", "原值", "0.00005", in_wan).value == "0.5"
    assert cell("assets", "受益户数", number_cell(35), in_wan).value == "35"  # households are not money


@settings(deadline=None)  # a loaded machine is not a failure
@given(st.decimals(0, 10**7, places=2))
def test_no_amount_in_wan_loses_a_cent(amount: Decimal) -> None:
    found = cell("assets", "原值", number_cell(float(amount)), Context(Decimal(10000)))
    assert Decimal(found.value) == amount * 10000
    assert found.value == plain(amount * 10000)


def test_numeric_cells() -> None:
    assert str(number_cell(0.1 + 0.2)) == "0.3"  # as Excel shows it
    assert str(number_cell(44801.0)) == "44801"
    assert str(number_cell(1.41199196003071e17)) == "1.41199196003071E+17"
    assert str(number_cell(141199196003071000)) == "1.41199196003071E+17"
    assert str(number_cell(7, "0000")) == "0007"
    assert cell("loans", "利率", number_cell(0.0365, "0.00%")).value == "3.65"


@pytest.mark.parametrize(
    ("stored", "number_format", "value"),
    [
        (48.65, '0.00"万元"', "486500"),
        (48.65, "0.00万元", "486500"),
        (48.65, '#,##0.00" 万元"_);-0.00', "486500"),
        (48.65, 'General"万"', "486500"),
        (486500, '0!.0,"万元"', "486500"),  # shows 48.7万元 of an amount of 元
        (486500, '0\\.0,"万"', "486500"),
        (486500, '#,##0,"千元"', "486500"),
        (486500, '#,##0.00"元"', "486500"),
    ],
)
def test_units_that_only_the_format_shows(stored: float, number_format: str, value: str) -> None:
    for context in (Context(), Context(Decimal(10000))):  # what stands beside the number holds, not 单位：万元 above
        found = cell("assets", "原值", number_cell(stored, number_format), context)
        assert found.value == value
        assert found.kinds == (("shown-unit",) if stored < 100 else ())
    assert cell("assets", "受益户数", number_cell(35, '0"万元"')).value == "35"


def test_october_that_a_number_made_january() -> None:
    assert cell("welfare_cases", "起始月", number_cell(2024.1)).value == "2024.1"
    assert cell("welfare_cases", "起始月", number_cell(2024.7)).value == "2024-07"
    assert cell("welfare_cases", "起始月", "2024.10").value == "2024-10"


FIELDS = st.sampled_from([(ledger.name, field.name) for ledger in PROJECT.ledgers.values() for field in ledger.fields])
CLERKS = (
    "0123456789０１２９.．-－/／年月日前号万元约,，、xXＸ×　 \u200b\u00a0\n'“”\"=#（）无男女是否一二级村专班王秀英·•"
)


@settings(deadline=None)  # a loaded machine is not a failure
@given(st.text(max_size=30), FIELDS)
def test_no_text_in_any_field_is_too_much(text: str, where: tuple[str, str]) -> None:
    assert isinstance(cell(*where, text).value, str)


@settings(deadline=None)  # a loaded machine is not a failure
@given(st.text(CLERKS, max_size=12), FIELDS)
def test_a_normalised_value_is_normal(text: str, where: tuple[str, str]) -> None:
    found = cell(*where, text)
    if found.value and not found.error:
        assert cell(*where, found.value).value in (found.value, "")


def test_a_sound_value_is_not_touched() -> None:
    assert cell("persons", "身份证号", person(1)) == Normal(person(1))
    assert cell("persons", "出生日期", "1960-03-07") == Normal("1960-03-07")
    assert cell("assets", "原值", "486500.00") == Normal("486500.00")
