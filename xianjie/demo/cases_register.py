"""Cases of the audit duplicate_person."""

from __future__ import annotations

from collections.abc import Callable

from xianjie.demo import names
from xianjie.demo.casting import Act, Case, Script, Stage, planted
from xianjie.demo.days import age, day, year_of
from xianjie.demo.fate import recent
from xianjie.demo.model import Event, Household, Person, SecondEntry
from xianjie.demo.register import relation_as_guest

CHILDREN = ("之子", "之女", "之孙子", "之孙女")


def moved_in(person: Person) -> bool:
    """Married into the household, so may have come from another one of the town."""
    return person.relation in ("配偶", "之儿媳") and 22 <= age(person.birth) < 55


def anyone(person: Person) -> bool:
    return 3 <= age(person.birth) < 80


def infant(person: Person) -> bool:
    return (
        person.relation in CHILDREN
        and age(person.birth) < 7
        and all(person.birth - other.birth > 365 for other in person.household.members if other is not person)
        and any(o.sex == "女" and o.relation != person.relation and 20 <= age(o.birth) <= 44 for o in _others(person))
    )


def _others(person: Person) -> list[Person]:
    return [other for other in person.household.members if other is not person]


def another_household(stage: Stage, person: Person, fits: Callable[[Household], bool] = bool) -> Household | None:
    """A household that acts no case yet, to stand in the case as well; None in a very small town."""
    households = stage.town.households
    start = stage.dice.below(len(households))
    for step in range(len(households)):
        household = households[(start + step) % len(households)]
        if not household.case and household is not person.household and fits(household):
            household.case = person.household.case
            return household
    return None


def _elsewhere(status: str = "在籍", other_name: bool = False) -> Act:
    """Entered in another household too."""

    def act(stage: Stage, person: Person) -> None:
        other = another_household(stage, person)
        if other is None:
            return
        entry = SecondEntry(person, relation_as_guest(person, other), status)
        if other_name:  # written differently: same surname, another given name
            entry.name = person.surname + names.given(stage.dice, person.sex, year_of(person.birth))
        other.also.append(entry)
        stage.subject(person)

    return act


def _twice_in_household(stage: Stage, person: Person) -> None:
    person.household.also.append(SecondEntry(person, "其他", together=person.together))
    stage.subject(person)


def _moved_within(stage: Stage, person: Person) -> None:
    """The old household's row says 已迁出: left and came on the same day."""
    other = another_household(stage, person)
    if other is None:
        return
    other.also.append(SecondEntry(person, relation_as_guest(person, other), "已迁出"))
    moved = recent(stage.dice.between(100, 700))
    person.events += [Event("迁出", moved, "公安"), Event("迁入", moved, "公安"), Event("婚嫁", moved - 20, "民政")]


def _cancelled(stage: Stage, person: Person) -> None:
    other = another_household(stage, person)
    if other is not None:
        other.also.append(SecondEntry(person, relation_as_guest(person, other), "已注销"))


def _namesakes(stage: Stage, person: Person) -> None:
    """Two people of one name, sex and birth date, each with a number of their own."""
    other = another_household(stage, person, lambda h: any(_alike(p, person) for p in h.members))
    if other is None:
        return
    namesake = next(p for p in other.members if _alike(p, person))
    namesake.surname = person.surname
    person.name = namesake.name = person.surname + names.given(stage.dice, person.sex, year_of(person.birth))
    namesake.birth = person.birth


def _alike(one: Person, two: Person) -> bool:
    """Near enough in age that giving both the same birth date makes no family impossible."""
    return one.sex == two.sex and abs(one.birth - two.birth) < 400 and one.relation == "户主" and age(one.birth) > 40


def _numberless_babies(stage: Stage, person: Person) -> None:
    """Two babies, not yet entered at the police: both have the same placeholder 999999…"""
    other = another_household(stage, person, lambda h: any(infant(p) for p in h.members))
    if other is None:
        return
    twin = next(p for p in other.members if infant(p))
    for baby in (person, twin):
        baby.sex, baby.birth = "女", day("2024-11-05")
        baby.relation = {"之子": "之女", "之孙子": "之孙女"}.get(baby.relation, baby.relation)
        baby.placeholder, baby.status, baby.covers = True, "未落户", []


CASES = (
    planted("two_households", moved_in, _elsewhere()),
    planted("name_differs", anyone, _elsewhere(other_name=True)),
    planted("status_blank", anyone, _elsewhere("")),
    planted("empty_registration", anyone, _elsewhere("空挂户")),
    planted("twice_in_household", anyone, _twice_in_household),
    Case("moved_within", False, moved_in, _moved_within),
    Case("cancelled", False, anyone, _cancelled),
    Case("namesakes", False, lambda p: p.relation == "户主" and 40 < age(p.birth) < 80, _namesakes),
    Case("numberless_babies", False, infant, _numberless_babies),
)

SCRIPT = Script("duplicate_person", 1.6, CASES)
