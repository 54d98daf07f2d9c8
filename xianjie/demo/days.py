"""Days and months of the demo. A day is a proleptic ordinal, a month is year * 12 + (month - 1): both whole numbers."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

AS_OF = "2024-12-15"  # after every deadline of the season
TODAY = date.fromisoformat(AS_OF).toordinal()
THIS_YEAR = 2024
DAYS_A_YEAR = 365.2425


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@lru_cache(maxsize=1 << 17)
def iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


@lru_cache(maxsize=1 << 17)
def month_of(ordinal: int) -> int:
    value = date.fromordinal(ordinal)
    return value.year * 12 + value.month - 1


def month(text: str) -> int:
    """'2024-07' -> its number."""
    return int(text[:4]) * 12 + int(text[5:7]) - 1


@lru_cache(maxsize=1 << 12)
def month_text(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


@lru_cache(maxsize=1 << 12)
def in_month(number: int, day_of_month: int) -> int:
    """The ordinal of a day (1 to 28) of a month."""
    return date(number // 12, number % 12 + 1, day_of_month).toordinal()


def year_of(ordinal: int) -> int:
    return date.fromordinal(ordinal).year


@lru_cache(maxsize=1 << 17)
def age(birth: int, on: int = TODAY) -> int:
    """Full years."""
    born, then = date.fromordinal(birth), date.fromordinal(on)
    return then.year - born.year - ((then.month, then.day) < (born.month, born.day))


@lru_cache(maxsize=1 << 17)
def birthday_month(birth: int, years: int) -> int:
    """The month in which someone turns `years`."""
    return month_of(birth) + 12 * years


THIS_MONTH = month_of(TODAY)
