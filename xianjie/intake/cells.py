"""One raw cell -> the value that would stand in csv/, and what had to be repaired for it.

A cell that cannot be normalised keeps what was written: the engine reports it. Only what the engine would
let pass although it is wrong (an error of Excel, a number in scientific notation) is an error here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from xianjie.intake import dates
from xianjie.intake.clean import EXCEL_ERROR, UNITS, clean, half_width, is_missing, plain
from xianjie.intake.grid import Day, Number, Raw, Trouble
from xianjie.intake.references import Names, resolve
from xianjie.package import Field, Ledger

REPAIRS = {  # kind -> what was done
    "invisible": "去掉了看不见的字符",
    "spaces": "去掉了多余的空格",
    "wrapper": '去掉了外面的 ="…"',
    "apostrophe": "去掉了开头的单引号",
    "full-width": "全角字符改成了半角",
    "upper-case": "小写字母改成了大写",
    "x-lookalike": "末位像 X 的符号改成了 X",
    "trailing-zero": "去掉了末尾的 .0",
    "missing-token": "“无”“/”一类的写法按空白处理",
    "blank-word": "按空白处理（表示没有终止）",
    "synonym": "换成了代码表里的写法",
    "spelling": "统一了写法",
    "date-spelling": "日期统一成了 2024-07-05 的写法",
    "serial": "Excel 的日期序号换成了日期",
    "year-added": "按表上写明的年份补全了日期",
    "time-dropped": "去掉了日期后面的钟点",
    "month-spelling": "月份统一成了 2024-07 的写法",
    "month-of-date": "日期只取到月份",
    "year-spelling": "年份统一成了 2024 的写法",
    "year-of-date": "日期只取年份",
    "percent": "去掉了百分号",
    "unit": "金额换算成了元",
    "shown-unit": "金额按单元格里显示的单位换算成了元",
    "name-spaces": "去掉了姓名中间的空格",
    "name-dot": "统一了姓名里的间隔号",
    "name-to-code": "名称换成了代码",
    "proper-name": "换成了正式名称",
    "merged": "按合并单元格补填到每一行",
}
_MADE_A_DAY = (
    "是日期，多半是“1-2”一类的写法被 Excel 变成了日期",
    "请把这一列设为“文本”格式，重新填写原来的内容",
)
_PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_UPPER_CHECKS = ("id_number", "disability_certificate", "uscc")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{2}")


class Normal(NamedTuple):
    """A normalised cell."""

    value: str
    kinds: tuple[str, ...] = ()  # keys of REPAIRS
    error: tuple[str, str, str] | None = None  # (type, cause, remedy)


@dataclass(frozen=True)
class Context:
    """What the table says about all cells of one column."""

    factor: Decimal = Decimal(1)  # 元 for one unit of the amounts as written
    year: str | None = None  # told by the title or the file's name: completes 7月5日 in columns about that year
    date1904: bool = False
    names: Names | None = None  # of the villages or 专班 that the field refers to


def is_identifier(ledger: Ledger, item: Field) -> bool:
    """Codes and numbers that are compared letter by letter: spaces and full-width forms mean nothing in them."""
    keys = {*ledger.primary_key, *(name for key in ledger.foreign_keys for name in key.fields)}
    pattern = item.constraints.get("pattern", "")
    coded = bool(pattern) and pattern.isascii()
    return bool(item.check) or item.name in keys or item.name.endswith(("编号", "账号")) or coded


def is_person_name(item: Field) -> bool:
    """姓名, 户主姓名, 责任人 …"""
    return item.type == "string" and item.name.endswith(("姓名", "人")) and not item.enum


def is_scientific(text: str) -> bool:
    """1.41E+17: what Excel makes of a long number."""
    return bool(_SCIENTIFIC.fullmatch(half_width(text)))


def _number(item: Field, raw: Raw, text: str, context: Context) -> Normal:
    value = half_width(text)
    kinds = ("full-width",) if value != text else ()
    if item.unit == "%" and (getattr(raw, "percent", False) or value.endswith("%")):
        share = value.rstrip("% ")
        if _PLAIN_NUMBER.fullmatch(share):
            number = Decimal(share) * (100 if isinstance(raw, Number) else 1)
            return Normal(plain(number), (*kinds, "percent"))
    if not _PLAIN_NUMBER.fullmatch(value):
        try:
            Decimal(value)
        except InvalidOperation:
            return Normal(text)
        cause = "是科学计数法，后面的数字可能已经丢失" if is_scientific(value) else "不是普通写法的数"
        return Normal(text, error=("type-error", cause, "请照原始凭证写出完整的数字，如 12345.67"))
    if item.type == "integer":
        whole = re.sub(r"\.0*$", "", value)
        return Normal(whole, (*kinds, "trailing-zero") if whole != value else kinds)
    shown = raw.unit if isinstance(raw, Number) and item.unit == "元" else ""
    if shown:
        # The reader of the sheet sees this unit beside the number, whatever stands above the table.
        factor = UNITS.get(shown[0], 1)
        return Normal(plain(Decimal(value) * factor), (*kinds, "shown-unit")) if factor != 1 else Normal(value, kinds)
    if context.factor != 1 and item.unit == "元":
        return Normal(plain(Decimal(value) * context.factor), (*kinds, "unit"))
    return Normal(value.rstrip(".") if value.endswith(".") else value, kinds)


def _dated(item: Field, raw: Raw, text: str, context: Context) -> Normal:
    value = half_width(text).strip()
    if item.type == "date":
        found = dates.parse_date(value, context.year if item.in_year else None, context.date1904)
    elif item.type == "yearmonth":
        # A numeric cell 2024.1 may have been 2024.10: nobody can tell.
        lost = isinstance(raw, Number) and re.fullmatch(r"[0-9]{4}\.1", value)
        found = None if lost else dates.parse_month(value, context.date1904)
    else:
        found = dates.parse_year(value, context.date1904)
    if not found:
        # The engine takes 24-07 for a month of the year 24.
        if re.fullmatch(r"[0-9]{1,3}-[0-9]{1,2}|0[0-9]{3}(?:-[0-9]{1,2}){0,2}", value):
            return Normal(text, error=("type-error", "年份没有写全四位", "请写四位数字的年份，如“2024”"))
        return Normal(text)
    if isinstance(raw, Day) and raw.timed and item.type == "date":
        return Normal(found[0], ("time-dropped",))
    return Normal(found[0], (found[1],) if found[0] != text else ())


def _code(text: str) -> str:
    """A code for comparison: half-width, without spaces and without a full stop after it (整改完成。)."""
    tight = re.sub(r"\s+", "", half_width(text))
    return tight.rstrip("。.,;、!") or tight


def _lookup(item: Field) -> dict[str, tuple[str, str]]:
    """What may be written for a code -> (code, kind of repair where it is not the code itself)."""

    table = {_code(code): (code, "spelling") for code in item.enum or []}
    for written, code in item.synonyms.items():
        table.setdefault(_code(written), (code, "synonym"))
    if item.enum and set(item.enum) == {"是", "否"}:
        table.setdefault("TRUE", ("是", "synonym"))
        table.setdefault("FALSE", ("否", "synonym"))
    return table


def _identifier(item: Field, raw: Raw, text: str) -> Normal:
    if not item.constraints.get("pattern") and (getattr(raw, "lossy", False) or is_scientific(text)):
        cause, remedy = "已经被 Excel 变成科学计数法，后几位数字丢失了", "请把这一列设为文本格式，重新填写完整的编号"
        return Normal(text, error=("type-error", cause, remedy))
    if isinstance(raw, Day):
        return Normal(text, error=("type-error", *_MADE_A_DAY))
    if text.isascii() and text.isalnum() and text.upper() == text:
        return Normal(text)  # as most are
    kinds: list[str] = []
    value = re.sub(r"\s+", "", text)
    if value != text:
        kinds.append("spaces")
    narrow = half_width(value)
    if narrow != value:
        kinds.append("full-width")
        value = re.sub(r"\s+", "", narrow)
    if re.fullmatch(r"[0-9]{1,15}\.0", value):
        value = value[:-2]
        kinds.append("trailing-zero")
    if item.check == "id_number" and re.fullmatch("[0-9]{17}[×✕╳хХ]", value):
        value = value[:-1] + "X"
        kinds.append("x-lookalike")
    if item.check in _UPPER_CHECKS and value.upper() != value and not is_scientific(value):
        value = value.upper()
        kinds.append("upper-case")
    return Normal(value, tuple(kinds))


def _patterned(pattern: str, text: str) -> Normal:
    """A text of a fixed form (整改时限, 健康状况): the first harmless respelling that has the form."""
    if re.search(pattern, text):
        return Normal(text)
    tight = re.sub(r"\s+", "", half_width(text))
    day = re.sub(r"^([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})日?(?=前|之前|以前)", r"\1年\2月\3日", tight)
    day = re.sub(r"^([0-9]{1,2})[./]([0-9]{1,2})日?(?=前|之前|以前)", r"\1月\2日", day)
    day = re.sub(r"([0-9])号(?=前|之前|以前)", r"\1日", day).replace("日以前", "日前", 1)
    listed = re.sub(r"[、，,；;/\s]+", ",", half_width(text)).strip(",。.")
    for respelt in (tight, day, listed):
        if re.search(pattern, respelt):
            return Normal(respelt, ("spelling",))
    return Normal(text)


def _name(text: str) -> Normal:
    kinds = []
    value = re.sub(r"(?<=[\u3400-\u9fff\U00020000-\U0003ffff])\s+(?=[\u3400-\u9fff\U00020000-\U0003ffff])", "", text)
    if value != text:
        kinds.append("name-spaces")
    if re.search(r"[•・．‧∙]", value):
        value = re.sub(r"[•・．‧∙]", "·", value)
        kinds.append("name-dot")
    return Normal(value, tuple(kinds))


def _reference(names: Names, text: str, item: Field) -> Normal:
    value = half_width(text)
    key = resolve(names, value)
    if key is None:
        return Normal(value if value.isascii() else text)
    if key == text:
        return Normal(key)
    return Normal(key, ("full-width",) if key == value else (("name-to-code",) if key.isdigit() else ("proper-name",)))


def trouble_of(raw: Raw, text: str) -> tuple[str, str, str] | None:
    """(type, cause, remedy) where a cell shows an error of Excel instead of a value."""
    if isinstance(raw, Trouble) and raw.kind == "formula-without-value":
        cause = "是公式，文件里没有存下它的计算结果"
        return raw.kind, cause, "请用 Excel 打开文件，重新计算并保存；或者选中后“选择性粘贴—数值”"
    if not isinstance(raw, Trouble) and not EXCEL_ERROR.fullmatch(text):
        return None
    if set(text) == {"#"}:
        return "excel-error", "是列太窄时 Excel 显示的 ####，值没有导出来", "请把这一列拉宽后重新导出"
    return "excel-error", "是 Excel 的错误值，公式没有算出结果", "请改正公式，或者直接填写数值"


def normaliser(ledger: Ledger, item: Field, context: Context) -> Callable[[Raw], Normal]:
    """The function that normalises the cells of one column; equal cells are worked out once."""
    lookup = _lookup(item)
    identifier, person = is_identifier(ledger, item), is_person_name(item)
    blank = {half_width(word) for word in item.blank}
    pattern = item.constraints.get("pattern", "")

    def convert(raw: Raw, text: str) -> Normal:
        if lookup:
            key = _code(text)
            if key in lookup:
                code, kind = lookup[key]
                return Normal(code, (kind,) if code != text else ())
        if half_width(text) in blank:
            return Normal("", ("blank-word",))
        if is_missing(text):
            return Normal("", ("missing-token",))
        if context.names:
            return _reference(context.names, text, item)
        if item.type in ("number", "integer"):
            return _number(item, raw, text, context)
        if item.type in ("date", "yearmonth", "year"):
            return _dated(item, raw, text, context)
        if identifier:
            return _identifier(item, raw, text)
        if pattern:
            if isinstance(raw, Day) and not raw.month_only:
                year, month, day = (int(part) for part in raw.text.split("-"))
                return Normal(f"{year}年{month}月{day}日")
            return _patterned(pattern, text)
        if isinstance(raw, Day) and item.type == "string":
            # Nobody writes a whole day into 村民小组: 1-2 was typed.
            return Normal(text, error=("type-error", *_MADE_A_DAY))
        return _name(text) if person else Normal(text)

    cache: dict[Raw, Normal] = {}

    def normalise(raw: Raw) -> Normal:
        known = cache.get(raw)
        if known is None:
            written = str(raw)
            text, kinds = clean(written)
            error = trouble_of(raw, text)
            if error:
                known = Normal(written, error=error)
            elif not text:
                known = Normal("")  # a cell of spaces is an empty cell, not a repair
            else:
                result = convert(raw, text)
                known = Normal(result.value, kinds + tuple(k for k in result.kinds if k not in kinds), result.error)
            cache[raw] = known
        return known

    return normalise


def fits(item: Field, value: str) -> bool:
    """Whether a normalised value would pass the field's type, code list and pattern; "" never does."""
    shape = {
        "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
        "yearmonth": r"[0-9]{4}-[0-9]{2}",
        "year": r"[0-9]{4}",
        "integer": r"[+-]?[0-9]+",
        "number": r"[+-]?[0-9]*\.?[0-9]+",
    }.get(item.type, r"(?s).+")
    if not re.fullmatch(shape, value) or (item.enum and value not in item.enum):
        return False
    return bool(re.search(item.constraints.get("pattern", ""), value))
