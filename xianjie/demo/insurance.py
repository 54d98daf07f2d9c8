"""Medical insurance: who is insured where, and who pays."""

from __future__ import annotations

from xianjie.demo.days import TODAY, age, day, month, year_of
from xianjie.demo.dice import Dice, Weighted
from xianjie.demo.model import Cover, Flag, Person, Township
from xianjie.demo.standards import Standards

YEARS = (2023, 2024)
_RELIEF = {
    "特困": "特困人员",
    "孤儿": "孤儿",
    "事实无人抚养": "事实无人抚养儿童",
    "低保": "低保对象",
    "低保边缘": "低保边缘家庭成员",
}
_CITIES = ("太原市", "吕梁市", "晋中市", "汾阳市", "孝义市", "北京市", "西安市", "天津市")
_COUNTY = "文水县"
_ABROAD = Weighted.of({"none": 88.0, "employee": 5.0, "employee_away": 3.0, "away": 2.5, "flag": 1.5})
_STUDENT = Weighted.of({"university": 55.0, "home": 30.0, "flag": 15.0})
UNIVERSITY = ("本科", "高职高专", "技师学院", "硕士")


def fee(standards: Standards, year: int) -> int:
    """个人缴费 of a year, in 元."""
    return int(standards.of_year("医保个人缴费", year))


def aid(standards: Standards, category: str) -> int:
    """How much of the fee is paid for those of a 资助类别, in 元; the rest is paid by oneself."""
    return standards.whole("参保资助", category) if category else 0


def resident(dice: Dice, year: int, paid: int, aid: int = 0, category: str = "") -> Cover:
    """A 城乡居民 row of a full year, paid in the last months of the year before."""
    paid_on = day(f"{year - 1}-09-05") + dice.below(100) if paid else None
    first, last = day(f"{year}-01-01"), day(f"{year}-12-31")
    return Cover(year, first=first, last=last, category=category, aid=aid, paid=paid, paid_on=paid_on)


def _category(person: Person, year: int) -> str:
    """The highest category in which a person is helped with the fee of a year."""
    household = person.household
    january = month(f"{year}-01")
    kinds = {relief.kind for relief in person.relief if relief.first < january <= (relief.last or january)}
    for kind, category in _RELIEF.items():
        if kind in kinds and kind != "低保边缘":
            return category
    if household.monitored and household.risk_gone == "否":
        return "监测对象"
    if "低保边缘" in kinds:
        return "低保边缘家庭成员"
    return "稳定脱贫人口" if household.lifted else ""


def _home(town: Township, dice: Dice, person: Person, year: int) -> Cover:
    category = _category(person, year)
    whole = fee(town.standards, year)
    helped = min(aid(town.standards, category), whole)
    cover = resident(dice, year, whole - helped, helped, category)
    if person.birth > cover.first:  # the newborn: insured from the day of birth, paid within the weeks after
        cover.first = person.birth
        cover.paid_on = min(person.birth + 20 + dice.below(60), TODAY) if cover.paid else None
    return cover


def _away(kind: str, place: str, year: int) -> Cover:
    return Cover(year, kind, place, first=day(f"{year}-01-01"), last=day(f"{year}-12-31"))


def _worker(town: Township, dice: Dice, person: Person) -> list[Cover]:
    """Of working age and on no relief: some are insured where they work."""
    where = dice.weighted(_ABROAD)
    if where == "employee":
        return [_away("职工医保", _COUNTY, year) for year in YEARS]
    city = dice.pick(_CITIES)
    if where == "employee_away":
        person.flags.append(Flag("职工参保", "医保", day("2022-01-01") + dice.below(300)))
        return [_away("职工医保", city, year) for year in YEARS]
    if where == "away":
        return [_away("城乡居民医保", city, year) for year in YEARS]
    if where == "flag":
        person.flags.append(Flag(dice.pick(("职工参保", "异地参保")), "医保", day("2022-01-01") + dice.below(300)))
        return []
    return [_home(town, dice, person, year) for year in YEARS]


def _student(town: Township, dice: Dice, person: Person) -> list[Cover]:
    where = dice.weighted(_STUDENT)
    home = [_home(town, dice, person, year) for year in YEARS]
    if where == "home":
        return home
    if where == "flag":
        person.flags.append(Flag("高校参保", "教育", day("2024-09-01")))
        return home[:1]
    return [home[0], _away("城乡居民医保", dice.pick(_CITIES), 2024)]


def _covers(town: Township, dice: Dice, person: Person) -> list[Cover]:
    if person.grade.startswith(UNIVERSITY) and not person.relief:
        return _student(town, dice, person)
    helped = person.relief or person.certificates or person.household.lifted or person.household.monitored
    if not person.household.case and not helped and not person.grade and 22 <= age(person.birth) < 60:
        return _worker(town, dice, person)
    return [_home(town, dice, person, year) for year in YEARS]


def insure(town: Township) -> None:
    """Insure everyone whose insurance no case has decided."""
    dice = town.dice("insurance")
    for person in town.everyone():
        if person.covers is None:
            gone = person.death if person.death is not None else person.left
            if any(event.kind == "参军" for event in person.events) and dice.chance(0.5):
                person.covers = []  # the army looks after its soldiers
                continue
            person.covers = [
                cover
                for cover in _covers(town, dice, person)
                if year_of(person.birth) <= cover.year and (gone is None or year_of(gone) >= cover.year)
            ]
