"""Who is a disabled pupil or a student at a vocational school, cast here; education tells what goes wrong there."""

from __future__ import annotations

from collections.abc import Callable

from xianjie.demo.casting import Case, Script, Stage
from xianjie.demo.days import age, day
from xianjie.demo.model import Person
from xianjie.demo.relief import certificate

NOT_PLACED = "disabled_child_not_placed"
TOO_RARE = "home_teaching_too_rare"
FILE = "home_teaching_file_incomplete"
NO_YULU = "vocational_without_yulu"
SCHOOL_YEAR = day("2024-08-31")
CHILDREN = ("之子", "之女", "之孙子", "之孙女", "之外孙子", "之外孙女")


def pupil(person: Person) -> bool:
    """Of the age of compulsory schooling, even for someone who may begin a year later."""
    return person.relation in CHILDREN and 7 <= age(person.birth, SCHOOL_YEAR) <= 14


def _certified(level: str, category: str) -> Callable[[Stage, Person], None]:
    def act(stage: Stage, person: Person) -> None:
        certificate(stage.dice, person, category, level, "是" if level in ("一级", "二级") else "否")

    return act


def _severe(name: str, planted: bool) -> Case:
    return Case(name, planted, pupil, _certified("一级", "智力"))


def _light(name: str, planted: bool) -> Case:
    return Case(name, planted, pupil, _certified("三级", "肢体"))


NOT_PLACED_SCRIPT = Script(
    NOT_PLACED,
    0.5,
    (
        _severe("no_row", True),
        _severe("dropped_out", True),
        _light("not_excused", True),
        _light("in_class", False),
        _severe("special_school", False),
        _severe("excused", False),
    ),
)
TOO_RARE_SCRIPT = Script(
    TOO_RARE,
    0.4,
    (
        _severe("one_month_short", True),
        _severe("lessons_short", True),
        _severe("never", True),
        _severe("just_enough", False),
    ),
)
FILE_SCRIPT = Script(
    FILE,
    0.4,
    (
        _severe("no_number", True),
        _severe("not_signed", True),
        _severe("signature_blank", True),
        _severe("unsigned_last_term", False),
    ),
)


def vocational(person: Person) -> bool:
    """Old enough for a vocational school, and a child of the house."""
    return person.relation in CHILDREN and 15 <= age(person.birth, SCHOOL_YEAR) <= 20


def _lifted(stage: Stage, person: Person) -> None:
    person.household.lifted = stage.dice.between(2014, 2020)


NO_YULU_SCRIPT = Script(
    NO_YULU,
    0.6,
    (
        Case("nothing", True, vocational, _lifted),
        Case("failed", True, vocational, _lifted),
        Case("draws", False, vocational, _lifted),
    ),
)
