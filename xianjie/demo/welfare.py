"""Applications for relief, and those on relief who are not reviewed or not looked after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xianjie.demo.casting import ENOUGH, how_many, look_alikes
from xianjie.demo.days import TODAY, iso, month_of
from xianjie.demo.dice import Dice
from xianjie.demo.model import Person, Relief, Township
from xianjie.demo.tables import welfare_cases

Row = dict[str, Any]
REFUSALS = ("家庭月人均收入高于低保标准", "家庭财产超过规定", "赡养人有赡养能力")


def fill(town: Township) -> None:
    """welfare_applications with its cases, and the cases of those on relief."""
    town.tables["welfare_applications"] = []
    _apply(town)
    _neglect(town, "welfare_not_reviewed", lambda _: True, _not_reviewed)
    _neglect(town, "dispersed_without_carer", lambda relief: relief.support == "分散供养", _no_carer)


def _apply(town: Township) -> None:
    dice = town.dice("welfare applications")
    heads = dice.shuffled([h.head for h in town.households if not h.case and h.head.present and not h.head.relief])
    longest, notice = town.standards.whole("救助办结天数"), town.standards.whole("救助告知天数")
    queue = iter(heads)

    def enter(result: str, days_ago: int, audit: str = "", **cells: object) -> None:
        """An application that was taken in so many days ago."""
        person = next(queue, None)
        if person is None:
            return
        row = application(town, dice, person, result, TODAY - days_ago) | cells
        town.tables["welfare_applications"].append(row)
        if audit:
            town.plant(audit, row["申请编号"])

    for _ in range(dice.amount(town.persons * 0.003)):
        enter("同意", dice.between(60, 300))
        enter("不同意", dice.between(60, 300))
    for _ in range(dice.amount(town.persons * 0.001)):
        enter("办理中", dice.between(2, longest - 5))
    audit = "application_overdue"
    for _ in range(how_many(dice, town.persons, town.persons * 0.0006)):
        enter("办理中", longest + dice.between(1, 60), audit)
    audit, none = "rejection_without_notice", {"告知日期": None, "告知方式": None}
    for place in range(how_many(dice, town.persons, town.persons * 0.0006)):
        enter("不同意", dice.between(60, 200), audit, **({"告知方式": "电话"} if place % 2 else none))
    for _ in range(look_alikes(dice, town.persons)):
        enter("办理中", longest)
        enter("本人撤回", longest + 60)
        enter("不同意", 30 + notice - 1, **none)


def application(town: Township, dice: Dice, person: Person, result: str, taken: int) -> Row:
    """One that went its regular way: decided after 30 days, and a refusal told in writing within the week."""
    decided = taken + 30 if result in ("同意", "不同意") else None
    refused = result == "不同意"
    return {
        "申请编号": f"SQ{town.count('welfare applications'):04d}",
        "户编号": person.household.number,
        "身份证号": person.number,
        "姓名": person.name,
        "救助类别": "临时救助" if result == "同意" else "低保",
        "申请日期": iso(taken - 2),
        "受理日期": iso(taken),
        "审核日期": iso(taken + 18) if decided else None,
        "公示起": iso(taken + 20) if result == "同意" else None,
        "公示止": iso(taken + 26) if result == "同意" else None,
        "办结日期": iso(decided) if decided else None,
        "审批结果": result,
        "告知日期": iso(decided + dice.between(1, 6)) if refused and decided else None,
        "告知方式": dice.pick(("书面送达", "邮寄")) if refused else None,
        "理由": dice.pick(REFUSALS) if refused else None,
    }


def _not_reviewed(dice: Dice, relief: Relief) -> None:
    relief.reviewed = TODAY - dice.between(420, 700)


def _no_carer(_: Dice, relief: Relief) -> None:
    relief.carer = ""


def _neglect(town: Township, audit: str, fits: Callable[[Relief], bool], act: Callable[[Dice, Relief], None]) -> None:
    """Those long on relief whose household acts no other case."""
    if town.persons < ENOUGH:
        return
    dice = town.dice(f"cast:{audit}")
    found = [
        (person, relief)
        for household in town.households
        if not household.case
        for person in household.members
        for relief in person.relief
        if person.present and relief.last is None and relief.first < month_of(TODAY) - 14 and fits(relief)
    ]
    numbers = {(row["身份证号"], row["救助类别"], row["起始月"]): row["救助编号"] for row in welfare_cases(town)}
    by_person = {(number, kind): (start, case) for (number, kind, start), case in numbers.items()}
    for person, relief in dice.shuffled(found)[: how_many(dice, town.persons, len(found) * 0.02)]:
        act(dice, relief)
        start, case = by_person[person.number, relief.kind]
        town.plant(audit, f"{case}|{person.number}|{start}")
