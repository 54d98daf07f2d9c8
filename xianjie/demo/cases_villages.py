"""What goes wrong village by village and workshop by workshop once the rows of employment are there."""

from __future__ import annotations

from typing import Any

from xianjie.demo.casting import how_many, look_alikes, rotation
from xianjie.demo.days import month, month_text
from xianjie.demo.dice import Dice
from xianjie.demo.employment_rows import LAST, YEAR
from xianjie.demo.model import Township

Row = dict[str, Any]
EMPLOYERS = ("帮扶车间", "企业", "农民专业合作社")  # in the order in which they take people on


def _late(town: Township, dice: Dice, rows: list[Row]) -> None:
    for row in rows:
        row["更新日期"] = f"2024-12-{dice.between(4, 9):02d}"


def _blank(town: Township, dice: Dice, rows: list[Row]) -> None:
    dice.pick(rows)["更新日期"] = None


def _left_out(town: Township, dice: Dice, rows: list[Row]) -> None:
    row = dice.pick([row for row in rows if row["身份证号"]])
    months = town.tables["employment_months"]
    del months[next(place for place, each in enumerate(months) if each is row)]


def spoil_updates(town: Township) -> None:
    """November not brought up to date by the 3rd of December; the month before, late, matters no more."""
    audit = "employment_not_updated"
    dice = town.dice(f"cast:{audit}")
    homes = {person.number: person.household.village.code for person in town.everyone() if person.present}
    rows: dict[tuple[str, str], list[Row]] = {}
    earlier: set[str] = set()
    for row in town.tables["employment_months"]:
        rows.setdefault((homes[row["身份证号"]], row["月份"]), []).append(row)
        if row["月份"] < month_text(LAST):
            earlier.add(row["身份证号"])
    latest = month_text(LAST)
    villages = dice.shuffled(sorted(code for code, which in rows if which == latest))
    wanted = min(how_many(dice, town.persons, town.persons * 0.0002), max(1, len(villages) // 3), len(villages))
    deeds = rotation(dice, (_late, _blank, _left_out), wanted)
    for code, deed in zip(villages, deeds, strict=False):
        known = [row for row in rows[code, latest] if row["身份证号"] in earlier]
        if deed is _left_out and not known:
            deed = _late
        deed(town, dice, known if deed is _left_out else rows[code, latest])
        town.plant(audit, code)
    for code in villages[wanted : wanted + look_alikes(dice, town.persons)]:
        for row in rows.get((code, month_text(LAST - 1)), ()):
            row["更新日期"] = "2024-11-07"


def _workshop(town: Township, dice: Dice, number: str) -> Row:
    count = dice.between(3, 12)
    applied = month("2024-05")
    return {
        "单位编号": number,
        "年度": YEAR,
        "吸纳脱贫人口人数": count,
        "吸纳补贴申请日期": f"{month_text(applied)}-10",
        "吸纳补贴发放日期": f"{month_text(applied + 1)}-20",
        "吸纳补贴金额": f"{count * town.standards.whole('吸纳补贴')}.00",
        "税收减免": "是",
    }


_NOT_PAID: Row = {"吸纳补贴发放日期": None, "吸纳补贴金额": None}
_NOT_APPLIED = _NOT_PAID | {"吸纳补贴申请日期": None}
_TAXED: Row = {"税收减免": "否"}


def workshops(town: Township) -> None:
    """Every 帮扶车间 and a few firms that take people on, with what they are owed and what they got."""
    audit = "workshop_subsidy_missing"
    dice = town.dice(f"cast:{audit}")
    wanted = how_many(dice, town.persons, town.persons * 0.0001)
    lawful = [_NOT_APPLIED | _TAXED | {"吸纳脱贫人口人数": 0}, _NOT_PAID | {"吸纳补贴申请日期": "2024-11-01"}]
    alike = look_alikes(dice, town.persons)
    least = wanted + len(lawful) * alike + 1
    table = town.tables["workshops"]
    for kind in EMPLOYERS:
        for row in town.tables["organisations"]:
            if row["类型"] == kind and row["状态"] == "存续" and (kind == EMPLOYERS[0] or len(table) < least):
                table.append(_workshop(town, dice, row["单位编号"]))
    rows = dice.shuffled(table)
    spoiled = rotation(dice, (_NOT_PAID, _NOT_APPLIED, _TAXED), min(wanted, len(rows)))
    left = iter(rows)
    for change, row in zip(spoiled, left, strict=False):
        row |= change
        town.plant(audit, f"{row['单位编号']}|{row['年度']}")
    for change, row in zip(lawful * alike, left, strict=False):
        row |= change
