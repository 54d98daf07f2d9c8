"""The register: how many people live in which village, in what families, of what age.

Members of a household are kept in an order in which any beginning of the list is a family as well, so that a
village's last household can be cut to fit its population.
"""

from __future__ import annotations

from collections.abc import Callable

from xianjie.demo import names
from xianjie.demo.days import DAYS_A_YEAR, TODAY, age
from xianjie.demo.dice import Dice, Weighted
from xianjie.demo.model import Household, Person, Township, Village

CHILD = {"男": "之子", "女": "之女"}
GRANDCHILD = {"男": "之孙子", "女": "之孙女"}
DAUGHTERS_CHILD = {"男": "之外孙子", "女": "之外孙女"}


def shares(total: int, weights: list[float]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to `total` (largest remainders)."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    result = [int(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (result[i] - exact[i], i))
    for i in by_remainder[: total - sum(result)]:
        result[i] += 1
    return result


class Family:
    """Adds members to one household."""

    def __init__(self, dice: Dice, household: Household) -> None:
        self.dice = dice
        self.household = household
        self.surname = names.surname(dice)

    def add(self, relation: str, sex: str, birth: int, surname: str = "") -> Person:
        person = Person(sex, birth, relation, self.household, surname or self.surname)
        self.household.members.append(person)
        return person

    def born(self, low: int, high: int) -> int:
        """A birth date of someone aged low to high (full years, both included)."""
        return TODAY - 1 - int((low + self.dice.random() * (high + 1 - low)) * DAYS_A_YEAR)

    def after(self, birth: int, low: float, high: float) -> int:
        """A day when someone born on `birth` is low to high years old."""
        return birth + int((low + self.dice.random() * (high - low)) * DAYS_A_YEAR)

    def sex(self) -> str:
        return "男" if self.dice.chance(0.512) else "女"

    def stranger(self) -> str:
        return names.surname(self.dice)

    def couple(self, low: int, high: int) -> Person:
        """Head and spouse; gives back the wife, by whose age children are born."""
        husband = self.born(low, high)
        wife = min(husband + int((self.dice.random() * 8 - 2.5) * DAYS_A_YEAR), TODAY - int(20.5 * DAYS_A_YEAR))
        if self.dice.chance(0.9):
            self.add("户主", "男", husband)
            return self.add("配偶", "女", wife, self.stranger())
        woman = self.add("户主", "女", wife, self.stranger())
        self.add("配偶", "男", husband)
        return woman

    def births(self, mother: int, count: int, first_low: float = 20.5, first_high: float = 29) -> list[int]:
        """Birth dates of up to `count` children of a mother, none in the future."""
        result: list[int] = []
        next_birth = self.after(mother, first_low, first_high)
        while len(result) < count and next_birth <= TODAY - 3 and next_birth < mother + 43 * DAYS_A_YEAR:
            result.append(next_birth)
            next_birth = self.after(next_birth, 1.3, 6)
        return result

    def children(self, mother: Person, count: int, oldest: int = 120, youngest: int = 0) -> None:
        for birth in self.births(mother.birth, count):
            if youngest <= age(birth) <= oldest:
                sex = self.sex()
                self.add(CHILD[sex], sex, birth)

    def grandchildren(self, mother: int, count: int, relations: dict[str, str], surname: str = "") -> None:
        for birth in self.births(mother, count):
            sex = self.sex()
            self.add(relations[sex], sex, birth, surname)


HOW_MANY = Weighted.of({1: 42.0, 2: 46.0, 3: 12.0})


def _old_alone(family: Family) -> None:
    family.add("户主", "女" if family.dice.chance(0.6) else "男", family.born(62, 93))


def _old_couple(family: Family) -> None:
    family.couple(60, 86)


def _middle_couple(family: Family) -> None:
    family.couple(44, 63)


def _young_family(family: Family) -> None:
    mother = family.couple(25, 45)
    family.children(mother, family.dice.weighted(HOW_MANY), oldest=22)


def _grown_children(family: Family) -> None:
    mother = family.couple(43, 62)
    family.children(mother, family.dice.between(1, 2), oldest=32, youngest=14)


def _three_generations(family: Family) -> None:
    mother = family.couple(49, 68)
    son = family.births(mother.birth, 1, 20.5, 25)[0]
    if age(son) < 23:
        family.add("之子", "男", son)
        return
    family.add("之子", "男", son)
    wife = min(son + int((family.dice.random() * 6 - 2) * DAYS_A_YEAR), TODAY - int(20.5 * DAYS_A_YEAR))
    family.add("之儿媳", "女", wife, family.stranger())
    family.grandchildren(wife, family.dice.between(1, 2), GRANDCHILD)


def _with_son_in_law(family: Family) -> None:
    mother = family.couple(50, 68)
    daughter = family.births(mother.birth, 1, 20.5, 25)[0]
    family.add("之女", "女", daughter)
    if age(daughter) < 22:
        return
    surname = family.stranger()
    husband = min(daughter - int((family.dice.random() * 5 - 1) * DAYS_A_YEAR), TODAY - int(22.5 * DAYS_A_YEAR))
    family.add("之女婿", "男", husband, surname)
    family.grandchildren(daughter, family.dice.between(1, 2), DAUGHTERS_CHILD, surname)


def _with_parents(family: Family) -> None:
    mother = family.couple(34, 57)
    family.children(mother, family.dice.weighted(HOW_MANY), oldest=26)
    man = next(
        person for person in family.household.members if person.sex == "男" and person.relation in ("户主", "配偶")
    )
    own = man.relation == "户主"
    father = man.birth - int((22 + family.dice.random() * 10) * DAYS_A_YEAR)
    mothers = father + int((family.dice.random() * 6 - 1) * DAYS_A_YEAR)
    oldest = TODAY - int(96 * DAYS_A_YEAR)
    if family.dice.chance(0.85):
        family.add("之母" if own else "之婆婆", "女", max(mothers, oldest), family.stranger())
    else:
        family.add("之父" if own else "之公公", "男", max(father, oldest))
        return
    if family.dice.chance(0.4):
        family.add("之父" if own else "之公公", "男", max(father, oldest))


def _bachelor(family: Family) -> None:
    family.add("户主", "男", family.born(34, 66))


def _with_widowed_mother(family: Family) -> None:
    head = family.add("户主", "男", family.born(38, 60))
    mother = max(head.birth - int((20 + family.dice.random() * 12) * DAYS_A_YEAR), TODAY - int(95 * DAYS_A_YEAR))
    family.add("之母", "女", mother, family.stranger())


def _single_parent(family: Family) -> None:
    woman = family.dice.chance(0.6)
    head = family.add("户主", "女" if woman else "男", family.born(32, 55))
    for birth in family.births(head.birth + (0 if woman else 2 * 365), family.dice.between(1, 2)):
        sex = family.sex()
        family.add(CHILD[sex], sex, birth)


def _grandparents(family: Family) -> None:
    """Grandparents bring up grandchildren whose parents are away or dead."""
    if family.dice.chance(0.7):
        family.couple(57, 73)
    else:
        family.add("户主", "女", family.born(57, 73))
    eldest = max(person.birth for person in family.household.members)
    for _ in range(family.dice.between(1, 2)):
        sex = family.sex()
        birth = max(family.born(3, 15), eldest + int(40 * DAYS_A_YEAR))
        family.add(GRANDCHILD[sex], sex, min(birth, TODAY - 800))


def _brothers(family: Family) -> None:
    head = family.add("户主", "男", family.born(40, 68))
    family.add("之兄弟姐妹", "男", head.birth + int((1.5 + family.dice.random() * 8) * DAYS_A_YEAR))


KINDS: Weighted[Callable[[Family], None]] = Weighted.of(
    {
        _old_alone: 9.0,
        _old_couple: 18.0,
        _middle_couple: 13.0,
        _young_family: 17.0,
        _grown_children: 14.0,
        _three_generations: 9.0,
        _with_son_in_law: 1.2,
        _with_parents: 7.0,
        _bachelor: 5.0,
        _with_widowed_mother: 2.5,
        _single_parent: 2.0,
        _grandparents: 2.5,
        _brothers: 0.8,
    }
)


def _settle(town: Township, village: Village, width: int) -> list[Household]:
    dice = town.dice(f"register:{village.code}")
    result: list[Household] = []
    left = village.population
    while left > 0:
        household = Household(village)
        family = Family(dice, household)
        dice.weighted(KINDS)(family)
        del household.members[min(left, 7) :]
        left -= len(household.members)
        household.group = dice.between(1, max(2, min(8, village.population // 200)))
        household.farmland = dice.between(1, 3) * len(household.members) + dice.below(3)
        result.append(household)
        household.number = f"H{village.tag}{len(result):0{width}d}"
    return result


def settle(town: Township) -> None:
    """Give every village its population and its households."""
    dice = town.dice("villages")
    weights = []
    for village in town.villages:
        weight = 0.45 + dice.random() * 1.1
        weights.append(2.6 if village.town_centre else weight)
        village.head = names.full_name(dice, "男", 1972)
        village.keepers = tuple(names.full_name(dice) for _ in range(3))
    for village, population in zip(town.villages, shares(town.persons, weights), strict=True):
        village.population = population
    width = max(4, len(str(max(village.population for village in town.villages))))
    for village in town.villages:
        town.households += _settle(town, village, width)


def relation_as_guest(person: Person, household: Household) -> str:
    """How someone from elsewhere may stand in the register of another household."""
    years_younger = (person.birth - household.head.birth) / DAYS_A_YEAR
    return CHILD[person.sex] if 18 <= years_younger <= 45 else "其他"
