"""Cases of the audit uninsured_residents."""

from __future__ import annotations

from collections.abc import Callable

from xianjie.demo.casting import Script, Stage, lawful, planted_person
from xianjie.demo.days import TODAY, age, day
from xianjie.demo.fate import bury, depart, recent
from xianjie.demo.insurance import fee, resident
from xianjie.demo.model import Cover, Event, Flag, Person

CHILDREN = ("之子", "之女", "之孙子", "之孙女", "之外孙子", "之外孙女")
MOTHERS = ("配偶", "户主", "之儿媳", "之女")


def grown(person: Person) -> bool:
    return 20 <= age(person.birth) < 60


def past_infancy(person: Person) -> bool:
    return age(person.birth) >= 3


def young_man(person: Person) -> bool:
    return person.sex == "男" and person.relation in ("之子", "之孙子") and 18 <= age(person.birth) <= 26


def student(person: Person) -> bool:
    return person.relation in CHILDREN and 18 <= age(person.birth) <= 22


def graduate(person: Person) -> bool:
    return person.relation in CHILDREN and 21 <= age(person.birth) <= 25


def infant(person: Person) -> bool:
    """The youngest child of a family that may have had a child this year."""
    others = [other for other in person.household.members if other is not person]
    return (
        person.relation in CHILDREN
        and age(person.birth) < 7
        and all(TODAY - other.birth > 700 for other in others)
        and any(o.sex == "女" and o.relation in MOTHERS and 20 <= age(o.birth) <= 44 for o in others)
    )


def child_of_house(person: Person) -> bool:
    return person.relation in ("之子", "之女") and 18 <= age(person.birth) < 40


def old(person: Person) -> bool:
    return 64 <= age(person.birth) < 90


def _last_year(stage: Stage) -> list[Cover]:
    return [resident(stage.dice, 2023, paid=fee(stage.town.standards, 2023))]


def _never(stage: Stage, person: Person) -> None:
    person.covers = []


def _only_last_year(stage: Stage, person: Person) -> None:
    person.covers = _last_year(stage)


def _only_next_year(stage: Stage, person: Person) -> None:
    person.covers = [*_last_year(stage), resident(stage.dice, 2025, paid=fee(stage.town.standards, 2025))]


def _this_year(**changes: object) -> Callable[[Stage, Person], None]:
    """Insured last year; this year's row differs from a good one in `changes`."""

    def act(stage: Stage, person: Person) -> None:
        cover = resident(stage.dice, 2024, paid=fee(stage.town.standards, 2024))
        for name, value in changes.items():
            setattr(cover, name, value)
        person.covers = [*_last_year(stage), cover]

    return act


def _not_insured(stage: Stage, person: Person) -> None:
    _this_year(state="未参保", paid=None, paid_on=None)(stage, person)


def _after(*events: tuple[str, str, str]) -> Callable[[Stage, Person], None]:
    def act(stage: Stage, person: Person) -> None:
        person.covers = []
        person.events += [Event(kind, day(on), source) for kind, on, source in events]

    return act


def _flagged(kind: str, source: str, first: str = "2023-01-01", last: str = "") -> Callable[[Stage, Person], None]:
    def act(stage: Stage, person: Person) -> None:
        person.covers = []
        person.flags.append(Flag(kind, source, day(first), day(last) if last else None))

    return act


def _born(days_ago: Callable[[Stage], int]) -> Callable[[Stage, Person], None]:
    """Born so many days ago and not insured."""

    def act(stage: Stage, person: Person) -> None:
        person.birth = recent(days_ago(stage))
        person.covers = []

    return act


def _newborn_days(stage: Stage) -> int:
    return stage.threshold("新生儿参保天数")


def _without_birth_date(stage: Stage, person: Person) -> None:
    person.covers = []
    person.shows_birth = False


def _insured_in_town(stage: Stage, person: Person) -> None:
    person.covers = [
        Cover(year, "职工医保", "太原市", first=day(f"{year}-01-01"), last=day(f"{year}-12-31"))
        for year in (2023, 2024)
    ]
    person.flags.append(Flag("职工参保", "医保", day("2021-03-01")))


def _dead_still_listed(stage: Stage, person: Person) -> None:
    bury(person, recent(stage.dice.between(40, 300)), "在籍", "卫健")
    person.covers = _last_year(stage)


def _gone_still_listed(stage: Stage, person: Person) -> None:
    depart(person, recent(stage.dice.between(60, 500)), "在籍")
    person.covers = []


def _gone(stage: Stage, person: Person) -> None:
    depart(person, recent(stage.dice.between(60, 500)))
    person.covers = []


CASES = (
    planted_person("never", grown, _never),
    planted_person("last_year_only", grown, _only_last_year),
    planted_person("next_year_only", grown, _only_next_year),
    planted_person("paused", grown, _this_year(state="暂停参保")),
    planted_person("ended", grown, _this_year(last=day("2024-06-30"))),
    planted_person("not_paid", grown, _not_insured),
    planted_person("old_without_cover", old, _only_last_year),
    planted_person(
        "back_from_army", young_man, _after(("参军", "2021-09-10", "武装部"), ("退役", "2023-09-01", "武装部"))
    ),
    planted_person("released", grown, _after(("服刑", "2020-05-20", "司法"), ("刑满释放", "2023-05-19", "司法"))),
    planted_person("probation", grown, _after(("缓刑", "2024-03-11", "司法"))),
    planted_person("returned", child_of_house, _after(("迁出", "2021-04-02", "公安"), ("迁入", "2023-06-15", "公安"))),
    planted_person("left_job", grown, _flagged("职工参保", "医保", "2020-01-01", "2024-05-31")),
    planted_person("left_university", graduate, _flagged("高校参保", "教育", "2020-09-01", "2024-06-30")),
    planted_person("other_flag", grown, _flagged("车辆", "交警", "2022-08-09")),
    planted_person("no_birth_date", grown, _without_birth_date),
    planted_person("no_longer_newborn", infant, _born(lambda stage: _newborn_days(stage) + 1 + stage.dice.below(100))),
    planted_person("day_after_newborn", infant, _born(lambda stage: _newborn_days(stage) + 1)),
    lawful("newborn", infant, _born(lambda stage: _newborn_days(stage) * 2 // 3)),
    lawful("last_newborn_day", infant, _born(_newborn_days)),
    lawful("soldier", young_man, _after(("参军", "2023-09-10", "武装部"))),
    lawful("soldier_by_flag", young_man, _flagged("现役军人", "武装部", "2023-09-10")),
    lawful("prisoner", grown, _after(("服刑", "2022-11-30", "司法"))),
    lawful("in_custody", grown, _flagged("在押", "公安", "2024-10-21")),
    lawful("prisoner_by_flag", grown, _flagged("服刑", "司法", "2023-02-14")),
    lawful("employee_elsewhere", grown, _flagged("职工参保", "医保")),
    lawful("insured_elsewhere", grown, _flagged("异地参保", "医保")),
    lawful("student_elsewhere", student, _flagged("高校参保", "教育", "2023-09-01")),
    lawful("employee_in_town", grown, _insured_in_town),
    lawful("state_blank", grown, _this_year(state="")),
    lawful("dates_blank", grown, _this_year(first=None, last=None)),
    lawful("dead_still_listed", old, _dead_still_listed),
    lawful("gone_still_listed", child_of_house, _gone_still_listed),
    lawful("gone", child_of_house, _gone),
)

CONTROL = lawful("insured", past_infancy, _this_year())
SCRIPT = Script("uninsured_residents", 7.0, CASES, CONTROL)
