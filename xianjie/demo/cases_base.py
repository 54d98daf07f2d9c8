"""Cases of the audits of the register: numbers, heads, relations, household sizes, telephones, people not in it."""

from __future__ import annotations

from xianjie.demo.cases_register import another_household
from xianjie.demo.casting import Act, Case, Script, Stage, planted
from xianjie.demo.days import age
from xianjie.demo.model import Person


def grown(person: Person) -> bool:
    return 24 <= age(person.birth) < 58


def grown_man(person: Person) -> bool:
    return grown(person) and person.sex == "男"


def spouse(person: Person) -> bool:
    return person.relation == "配偶"


def alone(person: Person) -> bool:
    return len(person.household.members) == 1 and age(person.birth) >= 30


def grown_child(person: Person) -> bool:
    return person.relation in ("之子", "之女") and 18 <= age(person.birth) < 45


def married_in(person: Person) -> bool:
    return person.relation in ("配偶", "之儿媳", "之女婿") and grown(person)


def head_of_family(person: Person) -> bool:
    return person.relation == "户主" and len(person.household.members) >= 2


def head(person: Person) -> bool:
    return person.relation == "户主"


def _fault(kind: str) -> Act:
    def act(stage: Stage, person: Person) -> None:
        person.fault = kind
        stage.subject(person)

    return act


def _relation(relation: str) -> Act:
    """Another relation; the household has two heads then, or none."""

    def act(stage: Stage, person: Person) -> None:
        person.relation = relation
        stage.subject(person.household.number)

    return act


def _other_sex(stage: Stage, person: Person) -> None:
    person.relation = {"之子": "之女", "之女": "之子"}[person.relation]
    stage.subject(person)


def _parent_as_child(stage: Stage, person: Person) -> None:
    person.relation = {"之父": "之子", "之母": "之女"}[person.relation]
    stage.subject(person)


def _miscounted(by: int) -> Act:
    def act(stage: Stage, person: Person) -> None:
        person.household.miscounted = by
        stage.subject(person.household.number)

    return act


def _lives_elsewhere(stage: Stage, person: Person) -> None:
    """Registered here, living elsewhere: does not count."""
    person.together = "否"


def _same_phone(stage: Stage, person: Person) -> None:
    other = another_household(stage, person)
    if other is not None:
        person.household.phone_of = other
        stage.subject(person.household.number)
        stage.subject(other.number)


def _unlisted(stage: Stage, person: Person) -> None:
    person.listed = False
    stage.subject(person)


SCRIPTS = (
    Script(
        "invalid_id_number",
        0.6,
        tuple(planted(kind, grown, _fault(kind)) for kind in ("check", "short", "old")),
    ),
    Script("id_damaged_by_excel", 0.4, (planted("excel", grown_man, _fault("excel")),)),
    Script(
        "id_sex_or_birth_mismatch",
        0.6,
        (planted("sex", grown, _fault("sex")), planted("birth", grown, _fault("birth"))),
    ),
    Script(
        "household_without_one_head",
        0.6,
        (planted("two_heads", spouse, _relation("户主")), planted("no_head", alone, _relation("其他"))),
    ),
    Script(
        "impossible_relation",
        0.6,
        (
            planted("other_sex", grown_child, _other_sex),
            planted("parent_as_child", lambda p: p.relation in ("之父", "之母"), _parent_as_child),
        ),
    ),
    Script(
        "household_size_mismatch",
        0.8,
        (
            planted("one_more", head, _miscounted(1)),
            planted("one_less", head_of_family, _miscounted(-1)),
            Case("lives_elsewhere", False, grown_child, _lives_elsewhere),
        ),
    ),
    Script("shared_phone", 0.5, (planted("another_household", head, _same_phone),)),
    Script("person_not_in_register", 0.5, (planted("unlisted", married_in, _unlisted),)),
)
