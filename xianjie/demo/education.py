"""Schooling: everybody at school with what follows from it, the cases, and the checks of the villages."""

from __future__ import annotations

from collections.abc import Iterator

from xianjie.demo import cases_education
from xianjie.demo.cases_education import NO_YULU, SCHOOL_YEAR
from xianjie.demo.cases_school import act, act_cast, act_yulu
from xianjie.demo.casting import how_many, rotation
from xianjie.demo.days import age, day, iso
from xianjie.demo.model import Household, Township
from xianjie.demo.school import GRADES, Row, School


def _send_to_vocational_school(town: Township) -> dict[int, str]:
    """Who was cast for the audit of the 雨露计划 goes to a vocational school; gives back whose case is which."""
    actors: dict[int, str] = {}
    for household in town.households:
        if household.case.startswith(f"{NO_YULU}:"):
            person = next((p for p in household.members if cases_education.vocational(p)), None)
            if person is not None:
                years = age(person.birth, SCHOOL_YEAR)
                kind, year = ("中职", years - 15) if years < 18 else ("高职高专", years - 18)
                person.schooling, person.grade, person.labour = "", f"{kind}{GRADES[year]}", "无劳动力"
                actors[id(person)] = household.case.removeprefix(f"{NO_YULU}:")
    return actors


def _checks(school: School) -> Iterator[Row]:
    """Each village compares its children with the school registers at the beginning of both terms."""
    town, dice = school.town, school.town.dice("school checks")
    houses: dict[str, dict[int, Household]] = {}
    for person in town.everyone():
        if person.present and 6 <= age(person.birth, SCHOOL_YEAR) <= 14:
            house = school.home(person)
            houses.setdefault(house.village.code, {})[id(house)] = house
    skipped: dict[str, tuple[str, ...]] = {}
    codes = sorted(houses)
    wanted = how_many(dice, town.persons, len(codes) * town.persons / 60000)
    kinds = (("秋季",), ("春季",), ("春季", "秋季"))
    for code, terms in zip(dice.shuffled(codes), rotation(dice, kinds, wanted), strict=False):
        skipped[code] = terms
        town.plant("opening_check_missing", code)
    names_of = {village.code: village.keepers for village in town.villages}
    for code in codes:
        for term, opened in (("春季", day("2024-03-01")), ("秋季", day("2024-09-01"))):
            if term in skipped.get(code, ()):
                continue
            on = opened + dice.between(-3, min(12, town.standards.whole("开学比对天数")))
            for house in houses[code].values():
                yield {
                    "排查类型": "控辍保学",
                    "户编号": house.number,
                    "轮次名称": f"2024年{term}",
                    "日期": iso(on),
                    "排查人": dice.pick(names_of[code]),
                    "排查结果": "无风险",
                }


def fill(town: Township) -> None:
    """Fill students, student_aid, home_teaching and dropout_cases, and put the villages' checks to the screenings."""
    actors = _send_to_vocational_school(town)
    school = School(town)
    for person in town.everyone():
        if person.present and person.grade not in ("", "学龄前儿童"):
            school.register(person)
    act_cast(school)
    act_yulu(school, actors)
    act(school)
    town.tables["students"] = school.kept(school.rows)
    town.tables["student_aid"] = school.kept(school.aid)
    town.tables["home_teaching"] = school.kept(lesson for lessons in school.taught.values() for lesson in lessons)
    town.tables["dropout_cases"] = school.cases
    town.tables.setdefault("screenings", []).extend(_checks(school))
