"""Dates, months and years as clerks write them -> ISO text. No guesses: what is not told stays as written."""

from __future__ import annotations

import re
from datetime import date, timedelta

# Year, month and day between separators; a trailing time of day is what exports from databases carry.
_SEPARATOR = r"\s*[-./年、_]\s*"
_DATE = re.compile(
    rf"([12][0-9]{{3}}){_SEPARATOR}([0-9]{{1,2}})\s*[-./月、_]\s*([0-9]{{1,2}})\s*[日号]?"
    r"(?:[\sT]+[0-9]{1,2}[:时][0-9]{1,2}(?:[:分][0-9]{1,2}(?:\.[0-9]+)?秒?)?)?"
)
_COMPACT_DATE = re.compile(r"([12][0-9]{3})([01][0-9])([0-3][0-9])")
_COMPACT_MONTH = re.compile(r"([12][0-9]{3})(0[1-9]|1[0-2])")
_MONTH = re.compile(rf"([12][0-9]{{3}}){_SEPARATOR}([0-9]{{1,2}})\s*月?份?")
_MONTH_DAY = re.compile(r"([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号]")
_YEAR = re.compile(r"([12][0-9]{3})\s*年?度?")
_RUN_TOGETHER = re.compile(r"(?:19|20)[0-9]{3}")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
DEADLINE = re.compile(r"(?:([12][0-9]{3})年)?([0-9]{1,2})月([0-9]{1,2})日(?:前|之前)")


def iso(year: int, month: int, day: int) -> str | None:
    """YYYY-MM-DD, None where there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def serial_date(text: str, date1904: bool = False) -> str | None:
    """A day number of Excel (five digits: 1927 to 2099) -> ISO, else None."""
    found = _SERIAL.fullmatch(text)
    if not found or not 10000 <= int(found.group(1)) <= 73050:
        return None
    first = date(1904, 1, 1) if date1904 else date(1899, 12, 30)
    return (first + timedelta(days=int(found.group(1)))).isoformat()


def parse_date(text: str, year: str | None = None, date1904: bool = False) -> tuple[str, str] | None:
    """(YYYY-MM-DD, how it was read) or None. `text` has half-width digits; `year` completes 7月5日 where it is told."""
    found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if found:
        value = iso(*(int(part) for part in found.groups()))
        return (value, "date-spelling") if value else None
    serial = serial_date(text, date1904)
    if serial:
        return serial, "serial"
    found = _MONTH_DAY.fullmatch(text)
    if found and year:
        value = iso(int(year), int(found.group(1)), int(found.group(2)))
        return (value, "year-added") if value else None
    return None


def parse_month(text: str, date1904: bool = False) -> tuple[str, str] | None:
    """(YYYY-MM, how it was read) or None; a full date gives its month.

    20241 is none: as a serial of Excel it would be a day of 1955.
    """
    found = _MONTH.fullmatch(text) or _COMPACT_MONTH.fullmatch(text)
    if found:
        month = int(found.group(2))
        return (f"{found.group(1)}-{month:02d}", "month-spelling") if 1 <= month <= 12 else None
    if _RUN_TOGETHER.fullmatch(text):
        return None
    day = parse_date(text, date1904=date1904)
    return (day[0][:7], "month-of-date") if day else None


def parse_year(text: str, date1904: bool = False) -> tuple[str, str] | None:
    """(YYYY, how it was read) or None; a month or a full date gives its year."""
    found = _YEAR.fullmatch(text)
    if found:
        return found.group(1), "year-spelling"
    month = parse_month(text, date1904)
    return (month[0][:4], "year-of-date") if month else None


def years_in(text: str) -> set[str]:
    """The years that a title or a file's name states: 2024年, 2024年度, 2024 between other characters."""
    stated = set(re.findall(r"(?<![0-9])((?:19|20)[0-9]{2})\s*年", text))
    if stated:
        return stated
    return set(re.findall(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])", text))


def lacks_year(text: str, told: str | None) -> bool:
    """Whether a deadline names a day (8月15日前), but neither it nor `told` names the year."""
    found = DEADLINE.match(text)
    return bool(found and not found.group(1) and not re.match("[0-9]{4}", told or ""))


def deadline_date(text: str, told: str | None) -> str | None:
    """The day of 8月15日前 or 2024年8月15日前; without a year in the text, the year of `told` (an ISO date)."""
    found = DEADLINE.match(text)
    if not found:
        return None
    year = found.group(1) or (told or "")[:4]
    return iso(int(year), int(found.group(2)), int(found.group(3))) if re.fullmatch("[0-9]{4}", year) else None
