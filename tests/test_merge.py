"""Putting rows into a ledger: whatever is sent, nothing is lost, and a second time changes nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_township import ROOT

from xianjie.intake import Submission, SubmittedColumn, SubmittedRow
from xianjie.merge import merge
from xianjie.package import Ledger, load_package

LEDGER = load_package(ROOT)["disability_certificates"]
COLUMNS = ("残疾人证号", "姓名", "残疾等级")
KEYED = replace(LEDGER, primary_key=("残疾人证号",))  # the same ledger, had it a primary key

Cells = tuple[str, str, str]
CELLS = st.tuples(st.sampled_from(["", "A", "B", "C"]), st.sampled_from(["甲", "乙"]), st.sampled_from(["", "一级"]))
ROWS = st.lists(CELLS, max_size=6)


def stored(cells: Cells, note: str = "") -> list[str]:
    """A row of the ledger; `note` stands in a column that no submission has."""
    row = dict(zip(COLUMNS, cells, strict=True)) | {"证件状态": note}
    return [row.get(name, "") for name in LEDGER.columns]


def submission(rows: list[Cells], ledger: Ledger = LEDGER) -> Submission:
    columns = [SubmittedColumn(ledger.by_name[name], name, number) for number, name in enumerate(COLUMNS, start=1)]
    blank = dict.fromkeys(ledger.columns, "")
    lines = []
    for number, cells in enumerate(rows, start=2):
        sent = dict(zip(COLUMNS, cells, strict=True))
        lines.append(SubmittedRow(number, blank | sent, sent))
    return Submission("证.csv", None, ledger, "utf-8", (1, 1), columns, lines)


def given_part(row: list[str]) -> Cells:
    return tuple(row[LEDGER.columns.index(name)] for name in COLUMNS)


@pytest.mark.parametrize("ledger", [LEDGER, KEYED], ids=["key", "primary key"])
@given(existing=ROWS, first=ROWS, second=ROWS)
def test_nothing_is_lost_and_the_second_time_changes_nothing(ledger, existing, first, second):
    before = [stored(cells, f"有效{number}") for number, cells in enumerate(existing)]
    sent = [submission(first, ledger), submission(second, ledger)]
    merged = merge(ledger, before, sent)
    # Every row that was there is still there, in its place, with what the files do not speak of.
    assert [row[-1] for row in merged.rows[: len(before)]] == [row[-1] for row in before]
    assert all(row[-1] == "" for row in merged.rows[len(before) :])
    # Every submitted row stands where `origins` says.
    origins = {origin: place for place, several in merged.origins.items() for origin in several}
    assert set(origins) == {(n, i) for n, rows in enumerate((first, second)) for i in range(len(rows))}
    for (number, index), place in origins.items():
        assert given_part(merged.rows[place]) == (first, second)[number][index]
    for counts, rows in zip(merged.counts, (first, second), strict=True):
        assert counts.new + counts.changed + counts.same == len(rows)
    assert sum(counts.new for counts in merged.counts) == len(merged.rows) - len(before)
    again = merge(ledger, merged.rows, sent)
    assert again.rows == merged.rows
    assert not again.is_changed


@given(existing=ROWS, rows=ROWS)
def test_a_row_changes_only_where_its_key_is_unique_on_both_sides(existing, rows):
    merged = merge(LEDGER, [stored(cells) for cells in existing], [submission(rows)])
    there = Counter(cells[0] for cells in existing)
    sent = Counter(key for key, *_ in set(rows))
    for old, new in zip(existing, merged.rows, strict=False):
        if given_part(new) != old:
            assert old[0] == given_part(new)[0] != ""
            assert there[old[0]] == sent[old[0]] == 1


@pytest.mark.parametrize(
    ("first", "second", "result"),
    [
        ("乙", "丙", "乙丙"),  # the second is appended: a primary key given twice, which validation reports
        ("甲", "丙", "甲丙"),  # the first file confirms the row that the second would change
        ("乙", "乙", "乙"),
    ],
)
def test_two_files_that_disagree_on_a_primary_key(first, second, result):
    sent = [submission([("A", first, "")], KEYED), submission([("A", second, "")], KEYED)]
    merged = merge(KEYED, [stored(("A", "甲", ""))], sent)
    assert "".join(given_part(row)[1] for row in merged.rows) == result


HOUSEHOLDS = load_package(ROOT)["households"]
TOLD = ("户主姓名", "户类型", "联系电话")
PEOPLE = st.tuples(
    st.sampled_from(["甲", "乙"]), st.sampled_from(["", "脱贫户", "一般农户"]), st.sampled_from(["", "1"])
)
FAMILIES = st.lists(PEOPLE, max_size=4)


def family(cells: Cells, number: str) -> dict[str, str]:
    return {**dict.fromkeys(HOUSEHOLDS.columns, ""), "户编号": number, **dict(zip(TOLD, cells, strict=True))}


def families(rows: list[Cells]) -> Submission:
    """A table without 户编号: the numbers are those that intake makes."""
    columns = [SubmittedColumn(HOUSEHOLDS.by_name[name], name, number) for number, name in enumerate(TOLD, start=1)]
    seen: Counter[str] = Counter()
    lines = []
    for number, cells in enumerate(rows, start=2):
        seen[cells[0]] += 1
        made = f"H{cells[0]}" + (f"-{seen[cells[0]]}" if seen[cells[0]] > 1 else "")
        lines.append(SubmittedRow(number, family(cells, made), {}))
    numbered = {line.number for line in lines}
    return Submission("户.csv", None, HOUSEHOLDS, "utf-8", (1, 1), columns, lines, numbered=numbered)


def told(row: list[str]) -> Cells:
    return tuple(row[HOUSEHOLDS.columns.index(name)] for name in TOLD)


@given(existing=FAMILIES, first=FAMILIES, second=FAMILIES)
def test_rows_without_a_number_lose_nothing_and_change_nothing_the_second_time(existing, first, second):
    before = [list(family(cells, f"N{number}").values()) for number, cells in enumerate(existing)]
    sent = [families(first), families(second)]
    merged = merge(HOUSEHOLDS, before, sent)
    numbers = [row[0] for row in merged.rows]
    assert numbers[: len(before)] == [row[0] for row in before]
    assert len(set(numbers)) == len(numbers)
    places = {origin: place for place, several in merged.origins.items() for origin in several}
    for number, rows in enumerate((first, second)):
        assert [told(merged.rows[places[number, index]]) for index in range(len(rows))] == rows
        # Two rows of one table are never one.
        assert len({places[number, index] for index in range(len(rows))}) == len(rows)
    for old, new in zip(existing, merged.rows, strict=False):
        name, kind, telephone = told(new)
        assert name == old[0]
        if kind != old[1] and kind and old[1]:
            assert telephone and telephone == old[2]
    again = merge(HOUSEHOLDS, merged.rows, sent)
    assert again.rows == merged.rows
    assert not again.is_changed
