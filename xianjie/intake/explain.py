"""Why the engine refused a value, and what to write instead: the half of an error's sentence that helps."""

from __future__ import annotations

import difflib
import re
from decimal import Decimal

from xianjie.intake import dates
from xianjie.intake.clean import UNITS, half_width, plain
from xianjie.intake.references import closest, load_references
from xianjie.package import Field, Package

_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
# What no spreadsheet shows: blanks of every width, and the marks that come along when copying from web pages.
_BLANKS = " \t\r\n\v\f\u00a0\u3000\u2002\u2003\u2009\u200b\u200e\u200f\u202f\u2060\ufeff"
_ISO = {
    "date": re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "yearmonth": re.compile("[0-9]{4}-[0-9]{2}"),
    "year": re.compile("[0-9]{4}"),
}


def remedy_for(field: Field, error_type: str, constraint: str | None, value: str, package: Package) -> tuple[str, str]:
    """(cause, remedy) of an engine's error on a cell, both Chinese without a full stop.

    `error_type` and `constraint` are Frictionless' ("type-error"; "constraint-error" with "required", "enum",
    "pattern", "minimum", "maximum", "unique"; "foreign-key", "primary-key"). The cause continues the sentence
    「残疾级别」填的是“五级”，…
    """
    bare = (value or "").strip(_BLANKS)
    text = half_width(bare)
    if constraint == "required":
        return "是必填的，这里空着", _required(field)
    if bare != value and _is_right(field, error_type, bare):
        return f"{_where_blanks(value)}有看不见的空格", f"请删去空格，写成“{bare}”"
    if error_type == "foreign-key":
        return _foreign_key(field, text, package)
    if error_type in ("primary-key", "unique-error") or constraint == "unique":
        return "与另一行重复", f"每一行的{field.name}都应不同，请改正或删去重复的一行"
    if constraint == "enum":
        return _enum(field, text)
    if constraint in ("minimum", "maximum"):
        bound = field.constraints.get(constraint)
        if constraint == "minimum":
            return f"小于允许的最小值 {bound}", f"请核对后填写不小于 {bound} 的数"
        return f"大于允许的最大值 {bound}", f"请核对后填写不大于 {bound} 的数"
    if constraint == "pattern":
        return _pattern(field, text, package)
    if field.type in ("date", "yearmonth", "year"):
        cause, remedy = _dated(field, text)
        return cause, remedy.removesuffix("；查不到的留空") if field.required else remedy
    if field.type in ("number", "integer"):
        return _number(field, text)
    return "不符合这一列的要求", _example(field)


def _is_right(field: Field, error_type: str, bare: str) -> bool:
    """Whether a value would be right without the blanks around it, as far as the column alone can tell."""
    if not bare:
        return False
    if field.enum:
        return bare in field.enum
    if error_type == "foreign-key":
        return True
    if field.type in _ISO:
        return bool(_ISO[field.type].fullmatch(bare))
    pattern = field.constraints.get("pattern")
    return (
        bool(re.fullmatch(pattern, bare))
        if pattern
        else field.type in ("number", "integer") and bool(re.fullmatch(rf"-?{_NUMBER}", bare))
    )


def _where_blanks(value: str) -> str:
    before, after = value != value.lstrip(_BLANKS), value != value.rstrip(_BLANKS)
    return "前后" if before and after else "前面" if before else "后面"


def _example(field: Field) -> str:
    return f"请按“{field.example}”的样子填写" if field.example else "请照填表说明填写"


def _required(field: Field) -> str:
    if field.enum:
        return f"请填写：{'、'.join(field.enum)} 之一"
    return f"请补填，如“{field.example}”" if field.example else "请补填"


def _enum(field: Field, text: str) -> tuple[str, str]:
    codes = "、".join(field.enum or [])
    cause = "不在代码表里"
    near = difflib.get_close_matches(text, field.enum or [], n=1)
    if near:
        return cause, f"是不是“{near[0]}”？只能填：{codes}"
    if field.name == "整改结果" and re.search("已|完成", text):
        return cause, f"只能填：{codes}；已经整改好的填“整改完成”"
    return cause, f"只能填：{codes}"


def _foreign_key(field: Field, text: str, package: Package) -> tuple[str, str]:
    references = load_references(package)
    names = {"村代码": references.villages, "专班": references.teams}.get(field.name)
    if names:
        title = "行政村台账" if field.name == "村代码" else "工作专班台账"
        near = closest(names, text)
        hint = f"是不是“{near}”？" if near else ""
        wanted = "村名或12位村代码" if field.name == "村代码" else "专班的名称"
        return f"在{title}里找不到", f"{hint}请填写{title}里有的{wanted}"
    for ledger in package.ledgers.values():
        if field.name in ledger.primary_key:
            return f"在{ledger.title}台账里找不到", f"请核对编号，或者先在{ledger.title}台账里登记"
    target = next(
        (
            package[key.ledger]
            for ledger in package.ledgers.values()
            if field in ledger.fields
            for key in ledger.foreign_keys
            if key.fields == (field.name,) and key.ledger in package.ledgers
        ),
        None,
    )
    title = f"{target.title}台账" if target else "所引用的台账"
    return f"在{title}里找不到", f"请核对，或者先在{title}里登记"


def _pattern(field: Field, text: str, package: Package) -> tuple[str, str]:
    if field.name == "村代码":
        return _foreign_key(field, text, package)
    if field.check == "id_number" or field.check == "bank_card" or field.check == "disability_certificate":
        name = {"id_number": "身份证号", "bank_card": "账号"}.get(field.check, "残疾人证号")
        if re.search(r"[eE]\+?[0-9]", text):
            return (
                "已经被 Excel 变成科学计数法，后几位数字丢失了",
                f"请把这一列设为文本格式，照原件重新填写完整的{name}",
            )
        if "*" in text:
            return "打了星号", f"请填写完整的{name}"
        return "里有数字和字母以外的字符", f"请只填一个{name}，如“{field.example}”"
    if field.name == "整改时限":
        return _deadline(text)
    if field.name == "联系电话":
        return "不像电话号码", "请只填一个手机号或座机号，如“0358-3012345”"
    if field.check == "uscc":
        return "里有小写字母或其他字符", "请照证照填写18位统一社会信用代码"
    return "不符合规定的写法", _example(field)


def _deadline(text: str) -> tuple[str, str]:
    day = re.match(r"(?:([0-9]{4})[年./-])?([0-9]{1,2})[月./-]([0-9]{1,2})[日号]?", text)
    if day and dates.iso(int(day.group(1) or 2024), int(day.group(2)), int(day.group(3))):
        year = f"{day.group(1)}年" if day.group(1) else ""
        return "没有写明“前”", f"请写成“{year}{int(day.group(2))}月{int(day.group(3))}日前”"
    return "不是明确的时限", "请写明到哪一天，如“8月15日前”或“8月15日前并长期坚持”"


def _dated(field: Field, text: str) -> tuple[str, str]:
    if re.fullmatch(r"[0-9]+\.[0-9]+E\+?[0-9]+", text, re.IGNORECASE):
        return "是科学计数法", _example(field)
    # Excel makes 2024.1 of 2024.10: that cannot be read with certainty.
    other = None if re.fullmatch(r"[0-9]{4}\.1", text) else _other_spelling(field, text)
    if other:
        return other
    if field.type == "year":
        return "不是四位数字的年份", f"请写成四位数字，如“{_digits_year(text) or field.example or '2024'}”"
    month = dates.parse_month(text)
    if field.type == "yearmonth":
        if re.fullmatch(r"[0-9]{4}\.1", text):
            year = text[:4]
            return "分不清是1月还是10月（Excel 会去掉末尾的0）", f"请写成“{year}-01”或“{year}-10”"
        if re.fullmatch("(?:19|20)[0-9]{3}", text):
            return "年和月连在一起，分不清", f"请写成“{text[:4]}-{text[4]:0>2}”这样"
        return "不是年月", "请写明年和月，如“2024-07”"
    if month:
        return "只写到月，没有写日", f"请写明是哪一天，如“{month[0]}-15”；查不到的留空"
    if re.fullmatch(r"[12][0-9]{3}\s*年?", text):
        return "只写了年份，没有写月和日", f"请写明是哪一天，如“{text[:4]}-07-05”；查不到的留空"
    if re.fullmatch(r"[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*[日号]", text):
        return "没有写年份", "请写明年份，如“2024-07-05”"
    if re.fullmatch(r"[0-9]{2}[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?", text):
        return "年份只写了两位", "请写四位数字的年份，如“2024-07-05”"
    if re.fullmatch(r"[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{4}", text):
        return "分不清哪个是月、哪个是日", "请按年、月、日的顺序写，如“2024-07-05”"
    if re.fullmatch(r"[0-9]{4}[-./年]?[0-9]{1,2}[-./月]?[0-9]{1,2}日?", text):
        return "没有这一天", "请核对后填写实际存在的日期，如“2024-07-05”"
    return "不是日期", "请写明年月日，如“2024-07-05”；查不到的留空"


def _other_spelling(field: Field, text: str) -> tuple[str, str] | None:
    """A date, month or year that can be read with certainty, but is not written as csv/ has it."""
    read = {"date": dates.parse_date, "yearmonth": dates.parse_month, "year": dates.parse_year}[field.type](text)
    if read is None:
        return None
    value, how = read
    if how == "serial" or re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", text):
        return "是 Excel 存日期用的序号", f"请核对后写成“{value}”"
    if how in ("month-of-date", "year-of-date"):
        return f"写得比{'年月' if field.type == 'yearmonth' else '年份'}多", f"请写成“{value}”"
    if text.isdigit():
        return "年、月、日连在一起" if field.type == "date" else "年和月连在一起", f"请写成“{value}”"
    return "不是规定的写法", f"请写成“{value}”"


def _digits_year(text: str) -> str:
    """二〇一九 -> 2019: only as a hint, the clerk decides."""
    digits = text.rstrip("年度").translate(str.maketrans("〇零○ＯO一二三四五六七八九", "00000123456789"))
    return digits if re.fullmatch("(?:19|20)[0-9]{2}", digits) else ""


def _number(field: Field, text: str) -> tuple[str, str]:
    if field.unit == "元":  # the table may be in 万元: an example in 元 would mislead
        unit, like = "，单位照表上写明的（没有写明的是元）", ""
    else:
        unit, like = (f"，单位是{field.unit}" if field.unit else ""), f"，如“{field.example or '12.5'}”"
    if re.fullmatch(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", text):
        return "里有千位分隔的逗号", f"请去掉逗号，写成“{text.replace(',', '')}”"
    if re.search("约|左右|大概|近|余|多", text):
        return "不是确切的数", f"请照凭证写确切的数字，不写“约”和单位{unit}{like}"
    if re.fullmatch(rf"{_NUMBER}\s*[-~～—至到]\s*{_NUMBER}\D*", text):
        return "是一个范围，不是一个数", f"请写一个确切的数字{unit}{like}"
    found = re.fullmatch(rf"[¥￥]?\s*({_NUMBER})\s*(亿|万|千|百)?\s*([^0-9.]*)", text)
    if found and (found.group(2) or found.group(3) or not text[0].isdigit()):
        number, multiple = found.group(1), found.group(2)
        if field.unit == "元" and multiple:
            return "带了单位", f"请只写数字{unit}；{number}{multiple}元合{_yuan(number, multiple)}元"
        return "带了单位或文字", f"请只写数字{unit}，如“{number}”"
    if field.type == "integer" and re.fullmatch(_NUMBER, text):
        return "不是整数", f"请写整数{unit}{like}"
    return "不是数", f"请只写数字{unit}{like}"


def _yuan(number: str, unit: str) -> str:
    """1.5, 万 -> 15000, exactly."""
    return plain(Decimal(number) * UNITS[unit])
