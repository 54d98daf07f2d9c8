"""What happened in the last two years to those who act no case: births, deaths, moves, service."""

from __future__ import annotations

from xianjie.demo.days import TODAY, age, day
from xianjie.demo.dice import Dice
from xianjie.demo.fate import bury, depart, inherit, pass_on
from xianjie.demo.model import Event, Flag, Household, Person, Township

SINCE = day("2022-12-16")
_DEATHS = ((40, 0.001), (60, 0.006), (70, 0.02), (80, 0.06), (90, 0.15), (200, 0.3))  # in two years, below an age
KEEPS_DEAD_HEAD = "paid_after_death:farmland_to_dead_head"


def _may_die(dice: Dice, person: Person) -> bool:
    years = age(person.birth)
    return dice.chance(next(share for below, share in _DEATHS if years < below))


def _dies(dice: Dice, person: Person) -> None:
    on = SINCE + dice.below(TODAY - SINCE - 20)
    status = "已注销" if dice.chance(0.9) else "在籍"
    bury(person, on, status, dice.pick(("公安", "卫健", "民政")))
    if dice.chance(0.1):  # a second office, some days off; the later date counts
        person.events.append(Event("死亡", on - dice.between(0, 3), "医保"))


def _moves(dice: Dice, person: Person) -> None:
    years = age(person.birth)
    plain = not (person.certificates or person.relief)
    if plain and person.relation in ("之子", "之女") and 20 <= years < 35 and dice.chance(0.05):
        on = SINCE + dice.below(TODAY - SINCE - 20)
        if person.relation == "之女" and dice.chance(0.6):
            person.events.append(Event("婚嫁", on - dice.between(5, 60), "民政"))
        depart(person, on, "已迁出" if dice.chance(0.75) else "在籍")
    elif person.relation in ("配偶", "之儿媳") and 21 <= years < 34 and dice.chance(0.12):
        on = SINCE + dice.below(TODAY - SINCE - 20)
        person.events += [Event("婚嫁", on, "民政"), Event("迁入", on + dice.between(0, 20), "公安")]


def _serves(dice: Dice, person: Person) -> None:
    years = age(person.birth)
    if person.sex == "男" and person.relation == "之子" and 19 <= years < 23 and dice.chance(0.03):
        person.events.append(Event("参军", day(f"2024-{dice.pick(('03', '09'))}-10"), "武装部"))
        person.flags.append(Flag("现役军人", "武装部", person.events[-1].on))


def _free(dice: Dice, household: Household) -> None:
    """At most one death in a household, so that nobody's heirs die out in a demo of two years."""
    lost = household.spared
    for person in household.members:
        if not lost and _may_die(dice, person):
            _dies(dice, person)
            lost = True
        elif not person.events and not person.certificates and not person.relief:
            _moves(dice, person)
            if person.present:
                _serves(dice, person)


def live(town: Township) -> None:
    dice = town.dice("life")
    for household in town.households:
        if not household.case:
            _free(dice, household)
        for person in household.members:
            if person.birth >= SINCE:
                person.events.append(Event("出生", person.birth, "卫健"))
            if person.together == "是" and _lives_apart(dice, person):
                person.together = "否"
        if household.head.death is not None and household.case != KEEPS_DEAD_HEAD and not pass_on(household):
            inherit(household)


def _lives_apart(dice: Dice, person: Person) -> bool:
    """Grown children who are registered at home and live elsewhere, where nothing depends on it."""
    return (
        not person.household.case
        and person.relation in ("之子", "之女")
        and age(person.birth) >= 24
        and not any(other.relief for other in person.household.members)
        and dice.chance(0.15)
    )


def poverty(town: Township) -> None:
    """Which households were lifted out of poverty, and which are watched."""
    dice = town.dice("poverty")
    sequence = 0
    for household in town.households:
        old = sum(age(person.birth) >= 60 for person in household.members)
        if household.lifted is None and dice.chance(0.065 + 0.02 * old) and not household.case.startswith("loan"):
            household.lifted = dice.between(2014, 2020)
        if not household.case and dice.chance(0.016):
            sudden = dice.chance(0.3)
            household.monitored = "突发严重困难户" if sudden else "脱贫不稳定户" if household.lifted else "边缘易致贫户"
            household.risk_gone = "是" if dice.chance(0.45) else "否"
        if household.lifted or household.monitored:
            sequence += 1
            household.system_number = f"14219900{sequence:06d}"
            for place, person in enumerate(household.members, 1):
                person.system_number = f"{household.system_number}{place:02d}"
