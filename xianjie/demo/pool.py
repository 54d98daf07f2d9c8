"""Whom a case about things may use: households and persons that act no other case, each given out once."""

from __future__ import annotations

from collections.abc import Callable

from xianjie.demo.model import Household, Person, Township


def anything(_: object) -> bool:
    return True


class Pool:
    """Free households in an order of chance; `part` names whose pool it is."""

    def __init__(self, town: Township, part: str) -> None:
        free = [household for household in town.households if not household.case and household.living]
        self._free = town.dice(f"pool:{part}").shuffled(free)
        self.taken: set[str] = set()  # 户编号
        self._places: dict[tuple[Callable[..., bool], ...], int] = {}  # the test -> up to where nobody more fits

    def household(self, fits: Callable[[Household], bool] = anything) -> Household | None:
        """The next household that fits. Whoever did not fit before is not asked again by the same function."""
        return self._next((fits,), fits)

    def person(
        self, fits: Callable[[Person], bool] = anything, of: Callable[[Household], bool] = anything
    ) -> Person | None:
        """Somebody who fits, alone of the household; by the same two functions nobody is asked again."""

        def somebody(household: Household) -> bool:
            return of(household) and any(fits(person) for person in household.living)

        household = self._next((fits, of), somebody)
        return None if household is None else next(person for person in household.living if fits(person))

    def _next(self, key: tuple[Callable[..., bool], ...], fits: Callable[[Household], bool]) -> Household | None:
        for place in range(self._places.get(key, 0), len(self._free)):
            household = self._free[place]
            if household.number not in self.taken and fits(household):
                self.taken.add(household.number)
                self._places[key] = place + 1
                return household
        self._places[key] = len(self._free)
        return None
