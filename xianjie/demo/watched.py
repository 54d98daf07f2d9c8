"""Who is watched against falling back, decided early, so that insurance, loans and schooling take it into account."""

from __future__ import annotations

from collections.abc import Callable

from xianjie.demo.casting import ENOUGH
from xianjie.demo.days import TODAY, age
from xianjie.demo.fate import depart
from xianjie.demo.model import Household, Township
from xianjie.demo.relief import grant_care

# From 900 people on: enough for every case of income and monitoring.
OPEN, CLEARED, AGED, LIFTED, NEIGHBOURS = 24, 12, 3, 30, 9
MOVED_AWAY = "monitoring:moved_away"
COPIED = "income_copied:neighbours"
SUDDEN, UNSTABLE, MARGINAL = "突发严重困难户", "脱贫不稳定户", "边缘易致贫户"


def on_own_care(household: Household) -> bool:
    """Somebody drawing 特困 at home lives here."""
    return any(
        r.kind == "特困" and r.support == "分散供养" and r.last is None for p in household.living for r in p.relief
    )


def _watch(household: Household, gone: bool) -> None:
    household.monitored = UNSTABLE if household.lifted else MARGINAL
    household.risk_gone = "是" if gone else "否"


def _moves_away(household: Household) -> bool:
    """Somebody alone who can leave without anything else hanging on it."""
    person = household.head
    return (
        len(household.members) == 1
        and 25 <= age(person.birth) < 60
        and not (person.relief or person.certificates or person.events or household.monitored)
    )


def _may_work(household: Household) -> bool:
    return len(household.living) > 1 and any(22 <= age(p.birth) < 55 and not p.certificates for p in household.living)


def _may_be_kept(household: Household) -> bool:
    """Old people by themselves, on no relief and not watched."""
    plain = not household.lifted and not household.monitored
    return plain and all(p.present and age(p.birth) >= 60 and not p.relief for p in household.members)


def _has_old(household: Household) -> bool:
    """Some family on no relief, to be cleared with care because somebody is old."""
    living = household.living
    return (
        len(living) > 1
        and any(age(person.birth) >= 72 for person in living)
        and not any(person.relief for person in household.members)
    )


def _keep_neighbours(free: list[Household], wanted: int) -> None:
    """So many households of one village whose incomes will be copied from one to the other, kept from all else."""
    groups: dict[str, list[Household]] = {}
    for household in free:
        plain = not household.monitored and not any(person.relief for person in household.members)
        if plain and not household.also and _may_work(household):
            groups.setdefault(household.village.code, []).append(household)
    lifted = {code: sum(bool(household.lifted) for household in group) for code, group in groups.items()}

    def rank(code: str) -> tuple[int, int, int, str]:
        return min(len(groups[code]), wanted), min(lifted[code], wanted), len(groups[code]), code

    code = max(groups, key=rank, default="")
    group = sorted(groups.get(code, ()), key=lambda household: not household.lifted)[:wanted]
    for household in group if len(group) == wanted else ():
        household.lifted = household.lifted or 2016
        household.case = COPIED


def _watched(households: list[Household], gone: str) -> int:
    return sum(h.monitored != "" and h.risk_gone == gone and len(h.living) > 1 for h in households)


def choose(town: Township) -> None:
    """Mark more households as lifted and as watched where chance gave too few for the cases."""
    if town.persons < ENOUGH:
        return
    dice = town.dice("watched")
    free = dice.shuffled([household for household in town.households if not household.case and household.living])
    biggest = max(town.villages, key=lambda village: (village.population, village.code))

    def lift(fits: Callable[[Household], bool], wanted: int) -> None:
        have = sum(bool(household.lifted) and fits(household) for household in free)
        for household in free:
            if have < wanted and fits(household) and not household.lifted and not household.monitored:
                household.lifted = dice.between(2014, 2020)
                have += 1

    cared = [household for household in free if on_own_care(household)]
    old = [household for household in free if _may_be_kept(household)]
    for household in sorted(old, key=lambda household: len(household.members)):  # couples only where few live alone
        if len(cared) < 4:
            for person in household.members:
                grant_care(dice, person, "分散供养")
            cared.append(household)
    for place, household in enumerate(cared[:4]):
        _watch(household, gone=place % 2 == 1)
        household.spared = True
    with_old = [household for household in free if _has_old(household) and household.village is not biggest]
    have = sum(household.risk_gone == "是" for household in with_old)
    for household in with_old:
        if have < AGED and not household.monitored and not household.lifted:
            _watch(household, gone=True)
            household.spared = True
            have += 1
    missing = {gone: wanted - _watched(free, gone) for gone, wanted in (("否", OPEN), ("是", CLEARED))}
    for household in free:
        gone = next((gone for gone, count in missing.items() if count > 0), None)
        if gone is None:
            break
        if len(household.living) > 1 and not household.monitored and household.village is not biggest:
            _watch(household, gone == "是")
            missing[gone] -= 1
    lift(
        lambda household: household.village is biggest and not household.monitored and _may_work(household), NEIGHBOURS
    )
    _keep_neighbours(free, town.standards.whole("收入雷同户数"))
    lift(lambda household: len(household.living) > 1 and not household.monitored, LIFTED)
    for household in free:
        if _moves_away(household):
            household.case = MOVED_AWAY
            _watch(household, gone=True)
            depart(household.head, TODAY - 70)
            household.head.covers = []
            break
    _number(town)


def _number(town: Township) -> None:
    """The national system's numbers for those who have none yet."""
    sequence = sum(bool(household.system_number) for household in town.households)
    for household in town.households:
        if (household.lifted or household.monitored) and not household.system_number:
            sequence += 1
            household.system_number = f"14219900{sequence:06d}"
            for place, person in enumerate(household.members, 1):
                person.system_number = f"{household.system_number}{place:02d}"
