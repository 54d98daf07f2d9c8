"""Casting: who plays which irregularity, and who its lawful look-alike.

A case is acted by one household and nothing else befalls that household, so that no subject is counted twice and
what one case does cannot set off another audit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from xianjie.demo.days import age
from xianjie.demo.dice import Dice
from xianjie.demo.model import Loan, Person, Township

T = TypeVar("T")
SMALL = 3000
ENOUGH = 900  # from this many people on, every audit has its irregularity and every look-alike somebody


@dataclass(frozen=True)
class Case:
    """`act` decides beforehand what befalls a person who `fits`; `planted` cases are what the audit must find."""

    name: str
    planted: bool
    fits: Callable[[Person], bool]
    act: Callable[[Stage, Person], None]


@dataclass(frozen=True)
class Script:
    """The cases of one audit, and how many irregularities there are per thousand people.

    `control` is somebody with whom all is well. Even in the smallest town it comes before any irregularity: an audit
    whose ledgers are empty says 无数据 and finds nothing.
    """

    audit: str
    per_thousand: float
    cases: tuple[Case, ...]
    control: Case | None = None


Deed = Callable[["Stage"], None]
Act = Callable[["Stage", Person], None]


def planted(name: str, fits: Callable[[Person], bool], act: Act) -> Case:
    """What the audit must find; `act` names the subject."""
    return Case(name, True, fits, act)


def planted_person(name: str, fits: Callable[[Person], bool], act: Act) -> Case:
    """What the audit must find; the person is the subject."""

    def acted(stage: Stage, person: Person) -> None:
        act(stage, person)
        stage.subject(person)

    return planted(name, fits, acted)


def lawful(name: str, fits: Callable[[Person], bool], act: Act) -> Case:
    """What looks like it and is in order."""
    return Case(name, False, fits, act)


@dataclass
class Stage:
    """What a case may use: the township, chance, and the audit and case being acted."""

    town: Township
    dice: Dice
    audit: str
    planted: bool = False

    def threshold(self, item: str) -> int:
        return self.town.standards.whole(item)

    def subject(self, thing: Person | Loan | dict[str, Any] | str) -> None:
        """Say what the audit is to find, if this is an irregularity."""
        if self.planted:
            self.town.plant(self.audit, thing)


def how_many(dice: Dice, persons: int, expected: float) -> int:
    """Irregularities of one audit in a town of this size: about as many as expected, and two at least."""
    return max(dice.amount(expected), 2 if persons >= ENOUGH else 0)


def look_alikes(dice: Dice, persons: int) -> int:
    """How often each lawful look-alike appears."""
    return max(1, persons // 6000) if persons >= ENOUGH else dice.chance(persons / ENOUGH)


def rotation(dice: Dice, kinds: Iterable[T], count: int) -> Iterator[T]:
    """`count` of these kinds, each once before any comes again."""
    order = dice.shuffled(list(kinds))
    for i in range(count if order else 0):
        yield order[i % len(order)]


def enact(town: Township, audit: str, expected: float, planted: Sequence[Deed], lawful: Sequence[Deed]) -> None:
    """Cases about things and not people: each deed makes its own project, asset or problem."""
    dice = town.dice(f"cast:{audit}")
    stage = Stage(town, dice, audit, planted=True)
    for deed in rotation(dice, planted, how_many(dice, town.persons, expected)):
        deed(stage)
    stage.planted = False
    for deed in lawful:
        for _ in range(look_alikes(dice, town.persons)):
            deed(stage)


def _is_pupil(person: Person) -> bool:
    return 6 <= age(person.birth) < 16


class Company:
    """Everyone, in an order of chance, each to be cast once.

    In a small town the families of pupils are spared where others fit, or none would be left for the cases of schools.
    """

    def __init__(self, town: Township) -> None:
        self._everyone = town.dice("casting").shuffled(town.everyone())
        self._places: dict[str, int] = {}
        small = [household for household in town.households if town.persons < SMALL]
        self._spared = {id(h) for h in small if any(_is_pupil(person) for person in h.members)}

    def find(self, dice: Dice, audit: str, case: Case) -> Person | None:
        """The next person who fits, searching on from where this case last found someone."""
        key = f"{audit}:{case.name}"
        start = self._places.get(key)
        if start is None:
            start = dice.below(len(self._everyone))
        total = len(self._everyone)
        spared = None
        for step in range(total):
            person = self._everyone[(start + step) % total]
            if not person.household.case and case.fits(person):
                if id(person.household) in self._spared and not _is_pupil(person):
                    spared = spared or person
                    continue
                self._places[key] = start + step + 1
                person.household.case = key
                return person
        if spared is not None:
            spared.household.case = key
        return spared


def cast(town: Township, company: Company, script: Script) -> None:
    """Act the cases of one audit: first the irregularities, then the look-alikes."""
    dice = town.dice(f"cast:{script.audit}")
    stage = Stage(town, dice, script.audit)
    planted = [case for case in script.cases if case.planted]
    wanted = list(rotation(dice, planted, how_many(dice, town.persons, town.persons * script.per_thousand / 1000)))
    if wanted and script.control is not None and not _play(stage, company, script.control):
        wanted = []
    missing = 0
    stage.planted = True
    for case in wanted:
        missing += not _play(stage, company, case)
    for case in planted if missing else ():  # nobody fits a rare case: a common one takes its place
        if missing and _play(stage, company, case):
            missing -= 1
    stage.planted = False
    for case in script.cases:
        if not case.planted:
            for _ in range(look_alikes(dice, town.persons)):
                _play(stage, company, case)


def _play(stage: Stage, company: Company, case: Case) -> bool:
    person = company.find(stage.dice, stage.audit, case)
    if person is None:
        return False
    case.act(stage, person)
    return True
