"""What goes wrong at school, and what only looks so: pupils without a row, aid that is not due, persuading too late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xianjie.demo.cases_education import FILE, NO_YULU, NOT_PLACED, SCHOOL_YEAR, TOO_RARE
from xianjie.demo.casting import how_many, look_alikes, rotation
from xianjie.demo.days import TODAY, age
from xianjie.demo.model import Person
from xianjie.demo.school import AID, YULU, School

Deed = Callable[[School], "Person | None"]


ENROLLED, PERSUADED = "school_age_not_enrolled", "dropout_not_persuaded"


def _missing(school: School) -> Person | None:
    person = school.take(school.pupil) if school.several else None
    if person is not None:
        school.leave(person)
    return person


def _absent(way: str, reason: str, approval: str | None = None, until: str | None = None) -> Deed:
    def deed(school: School) -> Person | None:
        person = school.take(school.pupil)
        if person is not None:
            school.absent(person, way, reason, approval, until)
        return person

    return deed


def _just_found(school: School) -> Person | None:
    person = _absent("疑似辍学", "厌学")(school)
    if person is not None:
        school.drop_out(person, TODAY - min(8, school.town.standards.whole("控辍劝返天数")))
    return person


def _open_case(days: Callable[[School], int], **more: Any) -> Deed:
    def deed(school: School) -> Person | None:
        person = school.take(school.pupil)
        if person is not None:
            school.drop_out(person, TODAY - days(school), **more)
        return person

    return deed


def _back_limit(school: School) -> int:
    return school.town.standards.whole("控辍劝返天数")


def _close_limit(school: School) -> int:
    return school.town.standards.whole("控辍销号天数")


BACK = {"劝返结果": "已复学"}


NOT_ENROLLED = (
    _missing,
    _absent("休学", "因病"),
    _absent("休学", "因病", "示范教休〔2023〕8号", "2024-08-31"),
    _just_found,
)


NOT_PERSUADED = (
    _open_case(lambda school: _close_limit(school) + 1, **BACK),
    _open_case(lambda school: _close_limit(school) + 40),
    _open_case(lambda school: _back_limit(school) + 1, 劝返日期=None, 劝返记录=None),
)


LAWFULLY_ABSENT = (
    _absent("休学", "因病", "示范教休〔2024〕3号", "2025-02-28"),
    _absent("休学", "因病", "示范教休〔2024〕5号"),
    _open_case(lambda school: 250, **BACK, 销号日期="2024-04-20"),
    _open_case(_close_limit, **BACK),
    _open_case(_back_limit, 劝返日期=None),
)


def _unaided(state: str = "") -> Deed:
    def deed(school: School) -> Person | None:
        def fits(person: Person) -> bool:
            return school.needy(person) and school.stage(person) in ("学前", "小学", "初中", "普通高中", "特殊教育")

        person = school.take(fits)
        if person is not None:
            row = school.autumn[id(person)]
            school.unhelp(person)
            if state:
                school.grant(person, row, AID[row["学段"], row["是否寄宿"]], state)
        return person

    return deed


def _wrong_aid(item: str, fits: Callable[[School, Person], bool], **change: Any) -> Deed:
    def deed(school: School) -> Person | None:
        person = school.take(lambda p: school.plain(p) and not school.helped.get(id(p)) and fits(school, p))
        if person is not None:
            school.autumn[id(person)].update(change)
            school.grant(person, school.autumn[id(person)], item)
        return person

    return deed


def _day_pupil(school: School, person: Person) -> bool:
    return school.pupil(person) and school.autumn[id(person)]["是否寄宿"] == "否"


def _high_school(school: School, person: Person) -> bool:
    return school.stage(person) in ("普通高中", "中职")


INELIGIBLE = (
    _wrong_aid("寄宿生生活补助", _day_pupil),
    _wrong_aid("中职国家助学金", School.pupil),
    _wrong_aid("雨露计划", _high_school),
    _wrong_aid("普通高中国家助学金", _high_school, 就读方式="休学", 不在校原因="因病", 批准文号="示范教休〔2024〕9号"),
)


def _twice(state: str = "已发放") -> Deed:
    def deed(school: School) -> Person | None:
        person = school.take(lambda p: bool(school.helped.get(id(p))))
        if person is not None:
            first = school.helped[id(person)][0]
            if state != "已发放":  # failed at first, then paid
                first["资助状态"], first["发放日期"] = state, None
            school.grant(person, school.autumn[id(person)], first["资助项目"])
        return person

    return deed


def _wrong_grade(stage: str, grade: str, low: int, high: int) -> Deed:
    def deed(school: School) -> Person | None:
        def fits(person: Person) -> bool:
            return (
                school.pupil(person)
                and not school.helped.get(id(person))
                and low <= age(person.birth, SCHOOL_YEAR) <= high
            )

        person = school.take(fits)
        if person is not None:
            school.autumn[id(person)].update({"学段": stage, "年级": grade})
        return person

    return deed


SPOILED: tuple[tuple[str, float, tuple[Deed, ...]], ...] = (
    ("student_without_aid", 2.0, (_unaided(), _unaided("发放失败"), _unaided("不予资助"))),
    ("duplicate_student_aid", 0.8, (_twice(),)),
    ("aid_to_ineligible_student", 1.2, INELIGIBLE),
    (ENROLLED, 1.5, NOT_ENROLLED),
    (PERSUADED, 1.0, NOT_PERSUADED),
    ("grade_age_mismatch", 0.6, (_wrong_grade("初中", "八年级", 6, 11), _wrong_grade("学前", "大班", 8, 14))),
)


def act(school: School) -> None:
    """The irregularities first, then their lawful look-alikes."""
    town = school.town
    for audit, per_thousand, deeds in SPOILED:
        dice = town.dice(f"cast:{audit}")
        wanted = how_many(dice, town.persons, town.persons * per_thousand / 1000)
        for deed in rotation(dice, deeds, wanted):
            person = deed(school) or next((p for other in deeds if (p := other(school)) is not None), None)
            if person is not None:
                town.plant(audit, person)
    for deed in (*LAWFULLY_ABSENT, _twice("发放失败")):
        for _ in range(look_alikes(school.dice, town.persons)):
            deed(school)


def act_yulu(school: School, actors: dict[int, str]) -> None:
    for person in school.pupils:
        case = actors.get(id(person))
        if case in ("nothing", "failed"):
            made = next(row for row in school.helped[id(person)] if row["资助项目"] == YULU)
            if case == "failed":
                made["资助状态"], made["发放日期"] = "发放失败", None
            else:
                school.drop(made)
            school.town.plant(NO_YULU, person)


def act_cast(school: School) -> None:
    """What the pupils do who were cast as disabled: see cases_education."""
    for person in list(school.pupils):
        row = school.autumn[id(person)]
        mine, late = school.taught.get(id(person), []), school.late(person)
        case = school.case(person, NOT_PLACED)
        if case == "no_row" and school.several:
            school.leave(person)
        elif case in ("no_row", "dropped_out"):
            school.absent(person, "疑似辍学", "因残")
            school.drop_out(person, TODAY - min(5, _back_limit(school)), 失学分类="因病因残")
        elif case == "not_excused":
            school.absent(person, "休学", "因残")
        elif case == "excused":
            school.absent(person, "休学", "因残", "示范教休〔2024〕11号", "2025-02-28")
        if case in ("no_row", "dropped_out", "not_excused"):
            school.town.plant(NOT_PLACED, person)
        case = school.case(person, TOO_RARE)
        if case == "one_month_short":
            school.drop(next(lesson for lesson in late if lesson["日期"] >= "2024-10"))
        elif case == "lessons_short":
            late[0]["课时"] = max(0, late[0]["课时"] - 1)
        elif case == "never":
            for lesson in late:
                school.drop(lesson)
        if case in ("one_month_short", "lessons_short", "never"):
            school.town.plant(TOO_RARE, person)
        case = school.case(person, FILE)
        if case == "no_number":
            row["学籍号"] = None
        elif case == "not_signed":
            for lesson in late[2:5]:
                lesson["监护人签字"] = "否"
        elif case == "signature_blank":
            late[-1]["监护人签字"] = None
        elif case == "unsigned_last_term":
            mine[0]["监护人签字"] = "否"
        if case in ("no_number", "not_signed", "signature_blank"):
            school.town.plant(FILE, person)
