"""Identifiers: check digits, and the doubts that a number raises. A doubt is a sentence and never an error.

Numbers of real people fail the validators of libraries (a county's old code, a re-coded one), so only the
check digits are taken from python-stdnum; everything else is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from stdnum import luhn
from stdnum.cn import ric, uscc

# GB/T 2260: the codes of provinces. Counties come and go, and made-up samples use unassigned ones.
_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(first, last + 1)
)
_CATEGORIES = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
_LEVELS = ("一级", "二级", "三级", "四级")
# What a check looks at beside the number itself, in the same row.
BESIDE = {"disability_certificate": ("身份证号", "残疾类别", "残疾等级"), "bank_card": ("账户类型",)}
_ID = re.compile(r"[0-9]{17}[0-9X]")
_CERTIFICATE = re.compile(r"([0-9]{17}[0-9X])([1-7])([1-4])(B[0-9])?")
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")


def id_number_check_digit(first17: str) -> str:
    """The 18th character for 17 digits (GB 11643: ISO 7064 MOD 11-2)."""
    return ric.calc_check_digit(first17 + "0")  # it wants a whole number and leaves its last digit out


def uscc_check_digit(first17: str) -> str:
    """The 18th character of a 统一社会信用代码 (GB 32100: modulus 31)."""
    return uscc.calc_check_digit(first17)


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def doubts_of_id_number(value: str, as_of: str, known_prefix: Callable[[str], bool] | None = None) -> str | None:
    """What is doubtful about a 身份证号, as a Chinese sentence without its full stop; None for nothing.

    `as_of` (YYYY-MM-DD) bounds birth dates. `known_prefix`, where given, says whether a six-digit area exists.
    """
    if re.fullmatch("[0-9]{15}", value):
        return "是15位的旧身份证号，请核对并换成18位"
    if len(value) in (20, 22) and _CERTIFICATE.fullmatch(value):
        return f"有{len(value)}位，像是残疾人证号，不是身份证号"
    if len(value) != 18:
        return f"有{len(value)}位，身份证号应是18位"
    if not _ID.fullmatch(value):
        return "里有不该有的字母，身份证号是17位数字加1位数字或X"
    if value.startswith("999999"):
        return "以999999开头，是没有身份证的人的临时编号，请尽快补上真实号码"
    birth = _day(value[6:14])
    if birth is None:
        return f"第7至14位 {value[6:14]} 不是日期"
    if not date(1900, 1, 1) <= birth <= date.fromisoformat(as_of):
        return f"的出生日期 {birth.isoformat()} 不在1900年至{as_of}之间"
    if value[:2] not in _PROVINCES or (known_prefix and not known_prefix(value[:6])):
        return f"的前6位 {value[:6]} 不是已知的行政区划"
    expected = id_number_check_digit(value[:17])
    if value.endswith("000") and value[17] != expected:
        return "末尾是000，而且校验码不对，多半被 Excel 改过，请照证件核对"
    if value[17] != expected:
        return "校验码不对（18位里至少有一位写错），请照证件核对"
    if value.endswith("000"):
        return "末尾是000，可能被 Excel 改过，请照证件核对"
    return None


def doubts_of_disability_certificate(
    value: str, as_of: str, id_number: str = "", category: str = "", level: str = ""
) -> str | None:
    """What is doubtful about a 残疾人证号, alone and against the row's 身份证号, 残疾类别 and 残疾等级 where given."""
    found = _CERTIFICATE.fullmatch(value)
    if not found:
        return "不是18位身份证号加1位类别、1位等级（补换证再加B和1位数字）的样子"
    number, kind, grade = found.group(1), _CATEGORIES[int(found.group(2)) - 1], _LEVELS[int(found.group(3)) - 1]
    if re.fullmatch("[0-9A-Z]+", id_number) and number != id_number:
        return f"的前18位与身份证号 {id_number} 不一致"
    if category in _CATEGORIES and category != kind:
        return f"第19位表示{kind}，与残疾类别“{category}”不一致"
    if level in _LEVELS and level != grade:
        return f"第20位表示{grade}，与残疾等级“{level}”不一致"
    if id_number:
        return None  # the same 18 digits are judged in their own column
    doubt = doubts_of_id_number(number, as_of)
    return f"的前18位（身份证号）{doubt}" if doubt else None


def doubts_of_bank_card(value: str, account_type: str = "卡") -> str | None:
    """A card fails Luhn. Passbooks and old social security accounts have no check digit: only `卡` is judged."""
    if account_type != "卡" or not re.fullmatch("[0-9]{16,19}", value):
        return None
    return None if luhn.is_valid(value) else "的校验位不对（银行卡号里至少有一位写错），请照卡核对"


def doubts_of_uscc(value: str) -> str | None:
    """What is doubtful about a 统一社会信用代码."""
    if len(value) != 18:
        return f"有{len(value)}位，统一社会信用代码应是18位"
    if not _USCC.fullmatch(value):
        return "里有不该有的字符，统一社会信用代码不用字母 I、O、S、V、Z，第3至8位是数字"
    return None if uscc_check_digit(value[:17]) == value[17] else "的校验码不对，请照证照核对"


def doubts_of(check: str, value: str, row: dict[str, str], as_of: str) -> str | None:
    """The doubt about a value of a field with this `check`; `row` holds the other values of its row."""
    if check == "id_number":
        return doubts_of_id_number(value, as_of)
    if check == "disability_certificate":
        others = [row.get(name) or "" for name in BESIDE[check]]
        return doubts_of_disability_certificate(value, as_of, *others)
    if check == "bank_card":
        # 发放台账 does not say whether an account is a card: nothing to hold against it.
        return doubts_of_bank_card(value, row.get(BESIDE[check][0]) or "")
    if check == "uscc":
        return doubts_of_uscc(value)
    raise ValueError(f"unknown check {check!r}")
