"""Cases of posts without work, posts for the wrong people, and fares and stay subsidies that were not paid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xianjie.demo.casting import how_many, look_alikes, rotation
from xianjie.demo.days import in_month, iso, month
from xianjie.demo.dice import Dice
from xianjie.demo.employment_rows import (
    AWAY,
    LAST,
    able,
    applies,
    fare,
    hold,
    poor,
    post,
    special_post,
    stays,
    works,
)
from xianjie.demo.model import Household, Person, Township
from xianjie.demo.pool import Pool

Act = Callable[[Township, Dice, Person], str | Person]
Fits = Callable[[Person], bool]
Part = tuple[Fits, Act]
DUTY = in_month(month("2024-01"), 1)
BEHIND = "subsidy_rate_behind"
TOWN = "全镇"
UNPAID = ("transport_subsidy_missing", "stable_job_subsidy_missing")


def _serve(
    town: Township, dice: Dice, person: Person, number: str = "", last: int | None = None
) -> tuple[str, list[dict[str, Any]]]:
    """On a post since January: who serves where (岗位|身份证号|上岗日期), and the months of attendance."""
    number = number or post(town, person.household.village, dice.below(4))
    attendance = town.tables["post_attendance"]
    before = len(attendance)
    hold(town, dice, person, number, DUTY, last)
    return f"{number}|{person.number}|{iso(DUTY)}", attendance[before:]


# --- posts


def _paid_absent(town: Township, dice: Dice, person: Person) -> str:
    holder, months = _serve(town, dice, person)
    months[-2]["出勤天数"] = "0"
    return holder


def _never_there(town: Township, dice: Dice, person: Person) -> str:
    """Nobody has written down any attendance since the summer."""
    holder, months = _serve(town, dice, person)
    del town.tables["post_attendance"][2 - len(months) :]
    return holder


def _sick(town: Township, dice: Dice, person: Person) -> str:
    """A month off, unpaid."""
    holder, months = _serve(town, dice, person)
    months[-2] |= {"出勤天数": "0", "发放金额": "0.00", "发放日期": None}
    return holder


def _gave_up(town: Township, dice: Dice, person: Person) -> str:
    return _serve(town, dice, person, last=in_month(month("2024-08"), 20))[0]


def _on_post(town: Township, dice: Dice, person: Person) -> Person:
    _serve(town, dice, person)
    return person


def _idle_post(duty: str | None) -> Act:
    def act(town: Township, dice: Dice, person: Person) -> str:
        number = special_post(town, person.household.village, duty)
        _serve(town, dice, person, number)
        return number

    return act


def _two_on_post(share: int) -> Act:
    """Two of a family on one post, of whom one comes on five days and gets so many percent of the pay."""

    def act(town: Township, dice: Dice, person: Person) -> str:
        number = special_post(town, person.household.village, "看护文化广场，每周清扫三次", places=2)
        other = next(each for each in person.household.living if each is not person and able(each))
        _serve(town, dice, person, number)
        months = _serve(town, dice, other, number)[1]
        pay = town.standards.whole("公益岗月补贴") * share // 100
        months[-1] |= {"出勤天数": "5", "发放金额": f"{pay}.00"}
        return number

    return act


# --- subsidies


def _away(first: str, last: int = LAST, fares: str = "paid", stayed: bool = True) -> Act:
    """Works outside the county; `fares`: paid, refused, or not even applied for ("")."""

    def act(town: Township, dice: Dice, person: Person) -> Person:
        where = dice.pick(AWAY)
        works(town, dice, person, where, month(first), last)
        if fares == "paid":
            fare(town, dice, person, where[0])
        elif fares == "refused":
            applied = in_month(month("2024-07"), dice.between(1, 28))
            applies(town, person, "一次性交通补贴", where[0], applied, 不予受理理由="务工证明没有单位盖章")
        if stayed:
            stays(town, dice, person)
        return person

    return act


def _officials_homes(town: Township) -> set[str]:
    """户编号 of those in whose household a village official lives."""
    officials = {row["身份证号"] for row in town.tables["officials"] if row["角色"] == "村干部"}
    return {person.household.number for person in town.everyone() if person.number in officials}


def _cases(town: Township) -> tuple[tuple[str, tuple[Part, ...], tuple[Part, ...]], ...]:
    homes = _officials_homes(town)
    september, october = month("2024-09"), month("2024-10")

    def worker(person: Person) -> bool:
        return able(person) and poor(person.household)

    def paired(person: Person) -> bool:
        return worker(person) and sum(able(each) for each in person.household.living) > 1

    def official(person: Person) -> bool:
        return able(person) and person.household.number in homes

    def neighbour(person: Person) -> bool:
        home = person.household
        return able(person) and not home.lifted and not home.monitored and home.number not in homes

    def recovered(person: Person) -> bool:
        home = person.household
        return able(person) and not home.lifted and bool(home.monitored) and home.risk_gone == "是"

    return (
        (
            "post_without_attendance",
            ((worker, _paid_absent), (worker, _never_there)),
            ((worker, _sick), (worker, _gave_up)),
        ),
        (
            "disguised_handout",
            ((paired, _two_on_post(100)), (worker, _idle_post(None)), (worker, _idle_post("听从安排"))),
            ((paired, _two_on_post(25)), (worker, _idle_post("夜间巡村，听从安排"))),
        ),
        (
            UNPAID[0],
            (
                (worker, _away("2024-03", fares="")),
                (worker, _away("2024-08", october, fares="", stayed=False)),
                (worker, _away("2024-03", fares="refused")),
            ),
            (
                (worker, _away("2024-09", fares="", stayed=False)),  # the third month has just ended
                (worker, _away("2024-08", september, fares="", stayed=False)),
                (neighbour, _away("2024-03", fares="", stayed=False)),
            ),
        ),
        (
            UNPAID[1],
            ((worker, _away("2024-03", stayed=False)), (worker, _away("2024-05", october, stayed=False))),
            ((worker, _away("2024-05", september, stayed=False)),),
        ),
        ("post_to_ineligible", ((neighbour, _on_post), (official, _on_post)), ((recovered, _on_post),)),
    )


def act(town: Township, pool: Pool) -> None:
    """Those whom a subsidy is owed live in a few villages, which with the town are behind with paying it."""
    villages = town.dice(f"cast:{BEHIND}").shuffled(town.villages)
    slow = {village.code for village in villages[: max(1, len(villages) // 4)]}

    def in_slow(home: Household) -> bool:
        return home.village.code in slow

    behind: set[str] = set()
    for audit, planted, lawful in _cases(town):
        dice = town.dice(f"cast:{audit}")
        for fits, deed in rotation(dice, planted, how_many(dice, town.persons, town.persons * 0.0006)):
            person = None
            if audit in UNPAID:
                person = pool.person(fits, in_slow)
            person = person or pool.person(fits)
            if person is None:
                fits, deed = planted[-1]
                person = pool.person(fits)
            if person is not None:
                town.plant(audit, deed(town, dice, person))
                if audit in UNPAID:
                    behind |= {person.household.village.code, TOWN}
        for fits, deed in lawful:
            for _ in range(look_alikes(dice, town.persons)):
                person = pool.person(fits)
                if person is not None:
                    deed(town, dice, person)
    for subject in sorted(behind):
        town.plant(BEHIND, subject)
