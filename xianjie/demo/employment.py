"""Work, public-welfare posts, subsidies and training of those lifted out of poverty or watched; then the cases."""

from __future__ import annotations

from xianjie.demo import cases_employment, cases_jobs, cases_villages
from xianjie.demo.days import in_month, iso, month
from xianjie.demo.dice import Dice, Weighted
from xianjie.demo.employment_rows import (
    AWAY,
    LEDGERS,
    NEAR,
    POSTS,
    able,
    fare,
    hold,
    learns,
    poor,
    post,
    stays,
    wishes,
    works,
)
from xianjie.demo.model import Person, Township
from xianjie.demo.pool import Pool

_LIVES = Weighted.of({"away": 0.3, "near": 0.25, "post": 0.12, "": 0.33})


def _lives(town: Township, dice: Dice, person: Person) -> None:
    life = dice.weighted(_LIVES)
    if life == "away":
        where = dice.pick(AWAY)
        works(town, dice, person, where, month("2024-03"))
        fare(town, dice, person, where[0])
        stays(town, dice, person)
    elif life == "near":
        works(town, dice, person, NEAR, month("2024-04"))
    elif life == "post":
        number = post(town, person.household.village, dice.below(len(POSTS)))
        hold(town, dice, person, number, in_month(month("2024-01"), 1))
    elif dice.chance(0.3):
        begun = in_month(month("2024-08"), 5)
        wishes(town, person, begun - 45, 安排班次=f"{iso(begun)[:7]}电工班")
        paid = begun + dice.between(25, 50)
        learns(town, person, begun, paid=paid if poor(person.household) else None)


def fill(town: Township) -> None:
    for name in LEDGERS:
        town.tables[name] = []
    dice = town.dice("employment")
    pool = Pool(town, "employment")
    cases_jobs.act(town, pool)
    cases_employment.act(town, pool)
    for household in town.households:
        if not household.case and poor(household) and household.number not in pool.taken:
            for person in household.living:
                if able(person) and person.together == "是":
                    _lives(town, dice, person)
    cases_villages.spoil_updates(town)
    cases_villages.workshops(town)
