"""What ends before it begins is a doubt, in the package and in submitted files."""

from __future__ import annotations

import pytest
from tiny_township import ROOT, make_package

from xianjie.check import check_files, check_package
from xianjie.files import csv_text
from xianjie.order import reversed_pairs
from xianjie.package import load_package

PACKAGE = load_package(ROOT)
COLUMNS = ["发放编号", "项目", "身份证号", "姓名", "所属期起", "所属期止", "金额"]


@pytest.mark.parametrize("ledger", PACKAGE.ledgers.values(), ids=PACKAGE.ledgers)
def test_pairs_are_columns_of_one_kind(ledger):
    for start, end in ledger.order:
        assert ledger.by_name[start].type == ledger.by_name[end].type in ("date", "yearmonth", "year")


@pytest.mark.parametrize("ledger", PACKAGE.ledgers.values(), ids=PACKAGE.ledgers)
def test_no_pair_is_forgotten(ledger):
    """Columns named …起 and …止 belong together."""
    ends = {name for name in ledger.columns if name.endswith(("起", "起始日期", "起始月"))}
    for start in ends:
        end = start.replace("起始", "终止") if "起始" in start else f"{start[:-1]}止"
        if end in ledger.columns:
            assert (start, end) in ledger.order


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("2024-06", "2024-04", True),
        ("2024-06", "2024-06", False),
        ("2024-06", "2024-07", False),
        ("2024-06", "", False),
        ("", "2024-04", False),
        ("2024年6月", "2024-04", False),
        ("2024-06", "2024-04-30", False),
    ],
)
def test_which_are_reversed(start, end, wrong):
    row = {"所属期起": start, "所属期止": end}
    assert bool(list(reversed_pairs(PACKAGE["payments"], row))) == wrong


def test_the_package_is_warned_about(tmp_path):
    row = {"发放编号": "P1", "项目": "低保金", "身份证号": "141199196003071221", "姓名": "甲"}
    package = make_package(
        tmp_path, {"payments": [row | {"所属期起": "2024-06", "所属期止": "2024-04"}], "persons": []}
    )
    report = check_package(package, "2024-12-15")
    [note] = [note for note in report.warnings if note.type == "order"]
    assert report.exit_code == 0
    assert (note.row, note.field_name, note.cell) == (2, "所属期止", "2024-04")
    assert "「所属期止」填的是“2024-04”，比「所属期起」的“2024-06”还早，请" in note.message


def test_submitted_files_are_warned_about(tmp_path):
    package = make_package(tmp_path / "package", {"payments": [], "persons": []})
    path = tmp_path / "补贴发放.csv"
    values = ["P1", "低保金", "141199196003071221", "甲", "2024年6月", "2024年4月", "1"]
    path.write_text(csv_text(COLUMNS, [values]), encoding="utf-8")
    [note] = [note for note in check_files(package, [path], "payments").warnings if note.type == "order"]
    assert (note.address, note.cell) == ("F2", "2024年4月")
    assert "填的是“2024年4月”，比「所属期起」的“2024年6月”还早" in note.message
