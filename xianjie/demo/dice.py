"""Chance that falls the same way on every platform and every Python.

Only `random.random()` is used: its sequence for a given text seed is part of Python's documented behaviour,
while the other methods of `random` have changed between versions.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

T = TypeVar("T")


class Weighted(tuple[tuple[T, ...], tuple[float, ...]]):
    """Values with their running shares, prepared once: Weighted.of({"男": 51, "女": 49})."""

    @classmethod
    def of(cls, shares: dict[T, float]) -> Weighted[T]:
        total = sum(shares.values())
        return cls((tuple(shares), tuple(value / total for value in accumulate(shares.values()))))


class Dice:
    """The chance of one part of the demo. Each part has its own, so that a new part reshuffles no other."""

    def __init__(self, seed: int, part: str) -> None:
        self.random = random.Random(f"{seed}:{part}").random

    def chance(self, probability: float) -> bool:
        return self.random() < probability

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1."""
        return int(self.random() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.random() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        return values[int(self.random() * len(values))]

    def weighted(self, shares: Weighted[T]) -> T:
        values, bounds = shares
        return values[min(bisect_right(bounds, self.random()), len(values) - 1)]

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """A copy in another order (Fisher and Yates)."""
        result = list(values)
        for last in range(len(result) - 1, 0, -1):
            other = int(self.random() * (last + 1))
            result[last], result[other] = result[other], result[last]
        return result

    def amount(self, expected: float) -> int:
        """`expected` rounded up or down by chance, so that small towns get their share on average."""
        whole = int(expected)
        return whole + self.chance(expected - whole)
