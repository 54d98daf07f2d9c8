"""Offices, village committees, collectives, co-operatives and firms, all made up but for the villages' names."""

from __future__ import annotations

from typing import Any

from xianjie.demo.casting import ENOUGH
from xianjie.demo.dice import Dice
from xianjie.demo.identity import credit_code
from xianjie.demo.model import Township, Village

COMMITTEE = "民委员会"
COLLECTIVE = "股份经济合作社"
NEW_OPERATORS = ("农民专业合作社", "家庭农场")

_TOWN = (  # 名称, 类型, the first two characters of the code
    ("镇人民政府", "行业部门", "11"),
    ("镇财政所", "行业部门", "12"),
    ("镇民政办公室", "行业部门", "11"),
    ("镇卫生院", "乡镇卫生院", "12"),
    ("镇中心校", "学校", "12"),
    ("镇农业综合服务中心", "行业部门", "12"),
    ("农商行刘胡兰支行", "金融机构", "91"),
    ("邮储银行刘胡兰营业所", "金融机构", "91"),
)
_FIRMS = (  # after the village's name; all of them are marked as made up
    ("示范种植专业合作社", "农民专业合作社", "93"),
    ("示范养殖专业合作社", "农民专业合作社", "93"),
    ("示范农机服务专业合作社", "农民专业合作社", "93"),
    ("示范家庭农场", "家庭农场", "92"),
    ("示范农业科技有限公司", "企业", "91"),
    ("示范帮扶车间", "帮扶车间", "91"),
)


def committee(village: Village) -> str:
    return village.name + COMMITTEE


def collective(village: Village) -> str:
    return village.name + COLLECTIVE


def firms(town: Township, village: Village) -> list[str]:
    """Who may run a village's assets: its co-operatives and firms, the collective itself where there are none."""
    kinds = ("农民专业合作社", "企业")
    found = [
        row["名称"] for row in town.tables["organisations"] if row["村代码"] == village.code and row["类型"] in kinds
    ]
    return found or [collective(village)]


def found(town: Township) -> None:
    """Fill the organisations ledger."""
    dice = town.dice("organisations")
    rows: list[dict[str, Any]] = []

    def add(name: str, kind: str, prefix: str, village: Village | None = None, state: str = "存续") -> dict[str, Any]:
        number = len(rows) + 1
        row = {
            "单位编号": f"D{number:04d}",
            "名称": name,
            "类型": kind,
            "统一社会信用代码": credit_code(prefix, number),
            "村代码": village.code if village else None,
            "状态": state,
            "示范等级": None,
        }
        rows.append(row)
        return row

    for name, kind, prefix in _TOWN:
        add(name, kind, prefix)
    # two villages without any 新型经营主体, where there are people enough
    barren = {village.code for village in dice.shuffled(town.villages)[:2]} if _may_lack(town) else set()
    for village in town.villages:
        if village.code in barren:
            town.plant("no_new_operator", village.code)
        add(committee(village), "村委会", "54", village)
        add(collective(village), "村集体经济组织", "N2", village)
        for name, kind, prefix in _chosen(dice, village, village.code in barren):
            row = add(village.short + name, kind, prefix, village)
            if dice.chance(0.12) and village.code not in barren:
                row["示范等级"] = dice.pick(("县级", "县级", "市级", "省级"))
    town.tables["organisations"] = rows


def _may_lack(town: Township) -> bool:
    return town.persons >= ENOUGH and len(town.villages) > 2


def _chosen(dice: Dice, village: Village, barren: bool) -> list[tuple[str, str, str]]:
    """One co-operative or farm at least, and others; in a barren village only what is neither."""
    count = 1 + (village.population > 150) + (village.population > 1500) + dice.below(2)
    order = dice.shuffled(_FIRMS)
    new = [firm for firm in order if firm[1] in NEW_OPERATORS]
    other = [firm for firm in order if firm[1] not in NEW_OPERATORS]
    return sorted(other[:count] if barren else (new[:1] + [firm for firm in order if firm != new[0]])[:count])
