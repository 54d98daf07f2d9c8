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


# How the dead head stands to whoever is head now, by what the heir was called before: for a man, for a woman.
_DEAD_TO_HEIR = {
    "之子": ("之父", "之母"),
    "之女": ("之父", "之母"),
    "之孙子": ("之祖父", "之祖母"),
    "之孙女": ("之祖父", "之祖母"),
    "之外孙子": ("之外祖父", "之外祖母"),
    "之外孙女": ("之外祖父", "之外祖母"),
    "之父": ("之子", "之女"),
    "之母": ("之子", "之女"),
    "之兄弟姐妹": ("之兄弟姐妹", "之兄弟姐妹"),
}
_SIBLINGS = ("之子", "之女", "之孙子", "之孙女")


def inherit(household: Household) -> None:
    """Where a dead head leaves no spouse, the eldest who is left becomes head."""
    dead, left = household.head, household.living
    if dead.death is None or not left:
        return
    heir = min(left, key=lambda person: person.birth)
    was = heir.relation
    for person in household.members:
        siblings = person.relation in _SIBLINGS and was in _SIBLINGS and person.relation[:-1] == was[:-1]
        person.relation = "之兄弟姐妹" if siblings else "其他"
    dead.relation = _DEAD_TO_HEIR.get(was, ("其他", "其他"))[dead.sex == "女"]
    heir.relation = "户主"
    household.members.remove(heir)
    household.members.insert(0, heir)


def depart(person: Person, day: int, status: str = "已迁出") -> None:
    """Moves away for good."""
    person.left = day
    person.status = status
    person.events.append(Event("迁出", day, "公安"))


def recent(days_ago: int) -> int:
    """The day so many days before the day of the demo."""
    return TODAY - days_ago
