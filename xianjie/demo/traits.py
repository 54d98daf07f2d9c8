"""Names and numbers, schooling, health, the ability to work: what a person's age and fate lead to."""

from __future__ import annotations

from datetime import date

from xianjie.demo import names
from xianjie.demo.days import AS_OF, age, year_of
from xianjie.demo.dice import Dice, Weighted
from xianjie.demo.identity import NO_NUMBER, IdNumbers, account_number, faulty, phone_number
from xianjie.demo.model import Person, Township

STUDENT_WORK = "无劳动力"
_SCHOOL = ("小学",) * 6 + ("七年级", "八年级", "九年级")
_YEARS = "一二三四"
_COHORTS = (  # born before, schooling
    (1945, Weighted.of({"文盲或半文盲": 45.0, "小学": 40.0, "初中": 13.0, "高中": 2.0})),
    (1960, Weighted.of({"文盲或半文盲": 12.0, "小学": 46.0, "初中": 34.0, "高中": 8.0})),
    (
        1980,
        Weighted.of({"文盲或半文盲": 1.0, "小学": 19.0, "初中": 61.0, "高中": 14.0, "大专": 4.0, "本科及以上": 1.0}),
    ),
    (1995, Weighted.of({"小学": 3.0, "初中": 58.0, "高中": 19.0, "大专": 13.0, "本科及以上": 7.0})),
    (2100, Weighted.of({"初中": 36.0, "高中": 25.0, "大专": 24.0, "本科及以上": 15.0})),
)
_AFTER_NINE = Weighted.of({"普通高中": 60.0, "中职": 37.0, "": 3.0})
_AFTER_TWELVE = Weighted.of({"本科": 26.0, "高职高专": 34.0, "": 40.0})


def give_numbers(town: Township) -> None:
    """身份证号, 姓名, 联系电话: last, because a case may have changed a birth date."""
    dice = town.dice("names")
    issue = IdNumbers()
    for sequence, household in enumerate(town.households, 1):
        household.phone = phone_number(sequence)
        for person in household.members:
            if person.placeholder:
                person.number = f"{NO_NUMBER}{date.fromordinal(person.birth):%Y%m%d}0001"
            else:
                person.number = faulty(issue, person) if person.fault else issue.issue(person.birth, person.sex)
            given = names.given(dice, person.sex, year_of(person.birth))
            person.name = person.name or person.surname + given


def open_accounts(town: Township) -> None:
    """An account for everyone past 16, for every child who draws something, and for whoever is head."""
    sequence = 0
    for person in town.everyone():
        draws = person.relief or person.subsidies or person.payments or person is person.household.head
        if age(person.birth) >= 16 or draws:
            sequence += 1
            person.account = account_number(sequence)


def _school_year(birth: int) -> int:
    """Years of school behind someone who entered at six; the school year begins on 1 September."""
    born = date.fromordinal(birth)
    return int(AS_OF[:4]) - (born.year + 6 + ((born.month, born.day) > (8, 31)))


def _school(dice: Dice, person: Person) -> None:
    """文化程度 or 在校生状况, exactly one of them."""
    done = _school_year(person.birth)
    if done < 0:
        person.grade = "学前教育" if age(person.birth) >= 3 else "学龄前儿童"
        return
    if done < len(_SCHOOL):
        person.grade = _SCHOOL[done]
        return
    person.schooling = dice.weighted(next(shares for before, shares in _COHORTS if year_of(person.birth) < before))
    if any(flag.kind == "高校参保" and flag.last is None for flag in person.flags):
        person.schooling, person.grade = "", f"本科{_YEARS[min(max(done - 12, 0), 3)]}年级"
    elif done <= 11:
        kind = dice.weighted(_AFTER_NINE)
        studies = kind and not person.events and not person.certificates
        person.schooling, person.grade = ("", f"{kind}{_YEARS[done - 9]}年级") if studies else ("初中", "")
    elif done <= 15 and person.relation not in ("户主", "配偶", "之儿媳", "之女婿"):
        kind = dice.weighted(_AFTER_TWELVE)
        if kind and not (kind == "高职高专" and done == 15) and not person.events and not person.certificates:
            person.schooling, person.grade = "", f"{kind}{_YEARS[done - 12]}年级"


def _health(dice: Dice, person: Person) -> None:
    years = age(person.birth)
    found = ["残疾"] if any(c.state == "有效" for c in person.certificates) else []
    if dice.chance(0.01 if years < 35 else 0.1 if years < 55 else 0.28 if years < 70 else 0.42):
        found.append("长期慢性病")
    if dice.chance(0.002 if years < 40 else 0.012 if years < 60 else 0.03):
        found.append("患有大病")
    person.health = tuple(found) or ("健康",)


def _labour(dice: Dice, person: Person) -> str:
    years = age(person.birth)
    if years < 16 or person.grade:
        return STUDENT_WORK
    level = next((c.level for c in person.certificates if c.state == "有效"), "")
    if level == "一级" or years >= 80:
        return "丧失劳动力"
    if level == "二级" or years >= 70:
        return "丧失劳动力" if dice.chance(0.45) else "弱劳动力或半劳动力"
    if years >= 60 or level or "患有大病" in person.health:
        return "弱劳动力或半劳动力"
    if "长期慢性病" in person.health and dice.chance(0.5):
        return "弱劳动力或半劳动力"
    return "技能劳动力" if dice.chance(0.12) else "普通劳动力"


def give_traits(town: Township) -> None:
    dice = town.dice("traits")
    for person in town.everyone():
        _school(dice, person)
        _health(dice, person)
        person.labour = _labour(dice, person)
