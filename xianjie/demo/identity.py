"""Made-up identifiers that can belong to nobody: unassigned regions, impossible phone and card prefixes.

The check digits are right, so that the demo passes the same doubts as real ledgers.
"""

from __future__ import annotations

from datetime import date

from stdnum import luhn

from xianjie.demo.model import Person
from xianjie.identifiers import id_number_check_digit, uscc_check_digit

REGION = "141199"  # no county has this code
NO_NUMBER = "999999"  # what the national system writes for people without a number
CATEGORIES = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
LEVELS = ("一级", "二级", "三级", "四级")


class IdNumbers:
    """18-digit numbers, each given once."""

    def __init__(self) -> None:
        self._next: dict[tuple[int, str], int] = {}

    def issue(self, birth: int, sex: str, region: str = REGION) -> str:
        """The next number for this birth date (ordinal) and sex; 500 people of one sex may share a birth date.

        A number that ends in 000 is skipped: it looks like one that Excel has destroyed.
        """
        key = (birth, sex)
        first = 1 if sex == "男" else 2  # odd for men, even for women
        while True:
            sequence = self._next.get(key, first)
            self._next[key] = sequence + 2
            if sequence > 999:
                raise ValueError(f"more than 499 people of one sex born on {date.fromordinal(birth)}")
            # 37 has no factor in common with 500: the numbers of one day are spread, and none comes twice
            spread = (sequence // 2 * 37 + birth * 11) % 500 * 2 + first % 2
            number = f"{region}{date.fromordinal(birth):%Y%m%d}{spread:03d}"
            number += id_number_check_digit(number)
            if spread and not number.endswith("000"):
                return number


def faulty(issue: IdNumbers, person: Person) -> str:
    """A number that is wrong in the way that `person.fault` says."""
    sex, birth = person.sex, person.birth
    if person.fault == "sex":
        sex = "女" if sex == "男" else "男"
    number = issue.issue(birth + (person.fault == "birth"), sex)
    if person.fault == "check":  # the last digit is another one
        return number[:17] + ("1" if number[17] != "1" else "2")
    if person.fault == "short":
        return number[:16] + number[17]
    if person.fault == "old":  # 15 digits, as before 1999
        return number[:6] + number[8:17]
    return number[:15] + "000" if person.fault == "excel" else number


def certificate_number(id_number: str, category: str, level: str, renewal: str = "") -> str:
    return f"{id_number}{CATEGORIES.index(category) + 1}{LEVELS.index(level) + 1}{renewal}"


def account_number(sequence: int) -> str:
    """19 digits, beginning 999 as no bank's card does, with a right Luhn digit."""
    digits = f"999{sequence:015d}"
    return digits + luhn.calc_check_digit(digits)


def phone_number(sequence: int) -> str:
    """11 digits in 142, which no operator uses."""
    return f"142{sequence:08d}"


def credit_code(kind: str, sequence: int) -> str:
    """统一社会信用代码: two characters for who registered what, the unassigned region, a body, a check character."""
    code = f"{kind}{REGION}MF{sequence:07d}"
    return code + uscc_check_digit(code)
