"""What can befall a person, in one place: whoever lets someone die or move uses these."""

from __future__ import annotations

from xianjie.demo.days import TODAY, month_of
from xianjie.demo.model import Event, Household, Person

# What the members of a household are called once the widow or widower has become its head.
_TO_WIDOW = {
    "之父": "之公公",
    "之母": "之婆婆",
    "之公公": "之父",
    "之婆婆": "之母",
    "之岳父": "之父",
    "之岳母": "之母",
    "之兄弟姐妹": "其他",
}
_TO_WIDOWER = _TO_WIDOW | {"之父": "之岳父", "之母": "之岳母", "之公公": "之父", "之婆婆": "之母"}


def bury(person: Person, day: int, status: str = "已注销", source: str = "公安") -> None:
    """A death and what follows from it in the register and in what the person drew."""
    person.death = day
    person.status = status
    person.events.append(Event("死亡", day, source))
    last = month_of(day)
    for relief in person.relief:
        if relief.last is None or relief.last > last:
            relief.last = last
    for spell in person.subsidies:
        if spell.last is None or spell.last > last:
            spell.last, spell.reason = last, "死亡"


def pass_on(household: Household) -> bool:
    """The spouse becomes head in place of a dead head; False where there is no spouse."""
    dead = household.head
    spouse = next((p for p in household.members if p.relation == "配偶" and p.present), None)
    if dead.death is None or spouse is None:
        return False
    calls = _TO_WIDOW if spouse.sex == "女" else _TO_WIDOWER
    for person in household.members:
        person.relation = calls.get(person.relation, person.relation)
    dead.relation, spouse.relation = "配偶", "户主"
    household.members.remove(spouse)
    household.members.insert(0, spouse)
    return True


def depart(person: Person, day: int, status: str = "已迁出") -> None:
    """Moves away for good."""
    person.left = day
    person.status = status
    person.events.append(Event("迁出", day, "公安"))


def recent(days_ago: int) -> int:
    """The day so many days before the day of the demo."""
    return TODAY - days_ago
