"""Spellings of dates, months and years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianjie.intake import dates


@settings(deadline=None)  # a loaded machine is not a failure
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_spelling_of_a_day_gives_that_day(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    spellings = [
        f"{year}-{month:02d}-{number:02d}",
        f"{year}.{month}.{number}",
        f"{year}/{month}/{number}",
        f"{year}年{month}月{number}日",
        f"{year}年{month:02d}月{number:02d}号",
        f"{year}. {month}. {number}",
        f"{year}{month:02d}{number:02d}",
        f"{year}/{month}/{number} 0:00:00",
        f"{year}-{month:02d}-{number:02d}T08:30:00",
    ]
    for spelling in spellings:
        assert dates.parse_date(spelling)[0] == day.isoformat(), spelling


@settings(deadline=None)  # a loaded machine is not a failure
@given(st.integers(10000, 73050))
def test_serials_count_from_excels_first_day(serial: int) -> None:
    assert dates.parse_date(str(serial))[0] == (date(1899, 12, 30) + timedelta(days=serial)).isoformat()
    assert dates.parse_date(str(serial), date1904=True)[0] == (date(1904, 1, 1) + timedelta(days=serial)).isoformat()


def test_the_serial_of_a_known_day() -> None:
    assert dates.parse_date("45478")[0] == "2024-07-05"
    assert dates.parse_date("45478.5")[0] == "2024-07-05"


@pytest.mark.parametrize(
    "text",
    ["2022年5月", "2022.5", "202205", "2022", "7月5日", "去年三月", "2023.2.30", "20231301", "24.7.5", "5/7/2024",
     "9999", "99999", "2024年7月5日前", "长期"],
)  # fmt: skip
def test_what_does_not_tell_a_day_is_left(text: str) -> None:
    assert dates.parse_date(text) is None


def test_a_year_that_is_told_completes_a_day() -> None:
    assert dates.parse_date("7月5日", "2024") == ("2024-07-05", "year-added")
    assert dates.parse_date("2月29日", "2023") is None


@pytest.mark.parametrize(
    "text", ["2024-07", "2024.7", "2024/7", "2024年7月", "2024年07月份", "202407", "2024.7.5", "2024-07-05", "45478"]
)
def test_months(text: str) -> None:
    assert dates.parse_month(text)[0] == "2024-07"


@pytest.mark.parametrize("text", ["2024-13", "202413", "2024", "7月", "去年", "24-07", "20241"])
def test_no_month(text: str) -> None:
    assert dates.parse_month(text) is None


@pytest.mark.parametrize("text", ["2021", "2021年", "2021年度", "2021.5", "2021年5月", "2021-05-06", "44322"])
def test_years(text: str) -> None:
    assert dates.parse_year(text)[0] == "2021"


@pytest.mark.parametrize("text", ["二〇一九", "21", "21年", "202", "去年"])
def test_no_year(text: str) -> None:
    assert dates.parse_year(text) is None


def test_years_in_titles_and_file_names() -> None:
    assert dates.years_in("刘胡兰镇2024年度医保参保名单") == {"2024"}
    assert dates.years_in("医保参保-2024") == {"2024"}
    assert dates.years_in("2023年和2024年") == {"2023", "2024"}
    assert dates.years_in("141121104201") == set()


def test_deadlines() -> None:
    assert dates.deadline_date("8月15日前并长期坚持", "2024-08-01") == "2024-08-15"
    assert dates.deadline_date("2025年1月5日前", "2024-08-01") == "2025-01-05"
    assert dates.deadline_date("8月15日前", "") is None
    assert dates.deadline_date("尽快", "2024-08-01") is None
    assert dates.deadline_date("2月30日前", "2024-08-01") is None
