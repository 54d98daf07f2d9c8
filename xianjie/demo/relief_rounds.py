"""救助起底: whether the needy households get all that is due to them was gone through, but for some."""

from __future__ import annotations

from xianjie.demo import names
from xianjie.demo.casting import how_many, look_alikes
from xianjie.demo.days import THIS_MONTH, TODAY, day, iso
from xianjie.demo.model import Household, Township

ROUND = "2024年救助政策起底排查"
BEGAN = day("2024-07-22")


def _certainly(household: Household) -> bool:
    """Needy, whichever way one looks at it."""
    if household.case or household.also or not household.living:
        return False
    on_relief = any(person.draws(r.kind, THIS_MONTH) for person in household.living for r in person.relief)
    watched = bool(household.monitored) and household.risk_gone != "是"
    return bool(household.lifted) or watched or on_relief or any(person.certificate for person in household.living)


def _perhaps(household: Household) -> bool:
    """Asked, to be on the safe side: also where relief has ended and certificates have run out."""
    if household.lifted or household.monitored or household.also:
        return True
    return any(person.relief or person.certificates for person in household.members)


def fill(town: Township) -> None:
    """Rows of the ledger screenings, after it is settled who is watched."""
    audit = "relief_not_screened"
    dice = town.dice(f"cast:{audit}")
    longest = town.standards.whole("救助起底间隔天数")
    homes = [household for household in town.households if _perhaps(household)]
    sure = dice.shuffled([household for household in homes if _certainly(household)])
    wanted = min(how_many(dice, town.persons, len(homes) * 0.01), max(0, len(sure) - 1))
    left_out = {household.number: place for place, household in enumerate(sure[:wanted])}
    last_day = {household.number for household in sure[wanted : wanted + look_alikes(dice, town.persons)]}
    checkers = {village.code: names.full_name(dice) for village in town.villages}
    rows = town.tables.setdefault("screenings", [])
    for household in homes:
        on, place = BEGAN + dice.below(24), left_out.get(household.number)
        if household.number in last_day:
            on = TODAY - longest
        if place is not None:
            town.plant(audit, household.number)
            on = TODAY - longest - dice.between(1, 90)
            if place % 2 == 0:
                continue
        rows.append(
            {
                "排查类型": "救助起底",
                "户编号": household.number,
                "轮次名称": ROUND if on >= BEGAN else "2023年救助政策起底排查",
                "日期": iso(on),
                "排查人": checkers[household.village.code],
                "排查结果": "已办理" if dice.chance(0.08) else "无风险",
            }
        )
