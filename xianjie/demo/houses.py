"""Houses, their yearly inspection, and renovations from finding to closing: lawful ones."""

from __future__ import annotations

from typing import Any

from xianjie.demo.days import THIS_YEAR, day, in_month, iso, month
from xianjie.demo.dice import Dice, Weighted
from xianjie.demo.model import Household, Township
from xianjie.demo.tables import households

Row = dict[str, Any]
_GRADES = Weighted.of({"A级": 38.0, "B级": 62.0})
_SOURCES = Weighted.of({"自建": 93.0, "购买": 5.0, "其他": 2.0})
_KINDS = {"农村低保户": "低保", "农村低保边缘家庭": "低保边缘", "农村分散供养特困人员": "特困"}


class Estate:
    """The houses of the township and what is written about them."""

    def __init__(self, town: Township, dice: Dice) -> None:
        self.town, self.dice = town, dice
        for name in ("houses", "house_inspections", "renovations"):
            town.tables[name] = []
        self.focus = {row["户编号"]: row["六类重点对象"] for row in households(town)}
        self.home: dict[str, Row] = {}  # 户编号 -> the house lived in
        self.rounds: dict[str, list[Row]] = {}  # 住房编号 -> its inspections
        self._forgotten: set[int] = set()

    def house(self, household: Household, grade: str = "", **changes: object) -> Row:
        dice = self.dice
        row = {
            "住房编号": f"F{household.number[1:]}{self.town.count(f'houses of {household.number}')}",
            "户编号": household.number,
            "房屋等级": grade or dice.weighted(_GRADES),
            "鉴定日期": iso(day("2020-03-01") + dice.below(1200)),
            "鉴定机构": dice.pick(("县住建局", "县住建局", "第三方鉴定机构")),
            "唯一住房": "是",
            "是否居住": "是" if household.living else "否",
            "建筑面积": 40 + 12 * len(household.members) + dice.between(0, 30),
            "房屋来源": dice.weighted(_SOURCES),
            "住房用途": "居住" if household.living else "闲置",
        }
        row.update(changes)
        self.town.tables["houses"].append(row)
        return row

    def inspect(self, household: Household, house: Row, on: int, lived: str = "") -> Row:
        dangerous = house["房屋等级"] in ("C级", "D级")
        row = {
            "住房编号": house["住房编号"],
            "日期": iso(on),
            "巡查人": self.dice.pick(household.village.keepers),
            "隐患": "墙体开裂" if dangerous else None,
            "是否有人居住": lived or house["是否居住"],
            "措施": "贴警示牌，动员搬离" if dangerous else None,
        }
        self.town.tables["house_inspections"].append(row)
        self.rounds.setdefault(row["住房编号"], []).append(row)
        return row

    def forget(self, house: Row) -> list[Row]:
        """As if the house had never been inspected; gives back what was written."""
        rows = self.rounds.pop(house["住房编号"])
        self._forgotten.update(map(id, rows))
        return rows

    def close(self) -> None:
        """Put the ledgers into their order."""
        tables = self.town.tables
        kept = [row for row in tables["house_inspections"] if id(row) not in self._forgotten]
        tables["house_inspections"] = sorted(kept, key=lambda row: (row["日期"], row["住房编号"]))
        tables["houses"].sort(key=lambda row: row["住房编号"])
        tables["renovations"].sort(key=lambda row: row["改造编号"])

    def settle(self, household: Household) -> None:
        """One safe house, looked at this summer."""
        house = self.house(household)
        self.home[household.number] = house
        self.inspect(household, house, day(f"{THIS_YEAR}-07-20") + self.dice.below(26))
        if self.dice.chance(0.2):
            self.inspect(household, house, day(f"{THIS_YEAR}-03-10") + self.dice.below(40))

    def may_renovate(self, household: Household) -> bool:
        return self.focus[household.number] is not None and self.approval(household) is not None

    def approval(self, household: Household) -> int | None:
        """A month since 2021 in which the household belonged to its group already."""
        kind = _KINDS.get(self.focus[household.number] or "")
        if kind is None:
            return month("2021-04")
        first = [r.first for person in household.members for r in person.relief if r.kind == kind and r.last is None]
        return max(min(first), month("2021-04")) if first and min(first) <= month("2023-06") else None

    def subsidy(self, grade: str) -> str:
        """What is paid for renewing a house of this grade, in 元."""
        return f"{self.town.standards.amount('危房改造补助', grade):.2f}"

    def renovate(self, household: Household, approved: int | None = None, **changes: object) -> Row:
        """A dangerous house taken down and the present one built in its place, in proper order and time."""
        dice = self.dice
        home = self.home[household.number]
        earliest = self.approval(household)
        assert earliest is not None
        if approved is None:
            approved = in_month(dice.between(earliest, min(earliest + 8, month("2023-08"))), 12)
        grade = "D级" if dice.chance(0.7) else "C级"
        old = self.house(
            household,
            grade,
            鉴定日期=iso(approved - 60),
            唯一住房="否",
            是否居住="否",
            住房用途="已拆除",
            房屋来源="自建",
        )
        home |= {"房屋等级": "A级", "房屋来源": "危房改造", "鉴定日期": iso(approved + 190)}
        began = approved + dice.between(10, 40)
        done = began + dice.between(60, 110)
        accepted = done + dice.between(5, 30)
        moved = accepted + dice.between(5, 50)
        row = {
            "改造编号": f"WG{household.number[1:]}{self.town.count(f'renovations of {household.number}')}",
            "户编号": household.number,
            "对象类别": self.focus[household.number],
            "改造方式": "拆除重建",
            "改造前等级": grade,
            "旧房住房编号": old["住房编号"],
            "新房住房编号": home["住房编号"],
            "发现日期": iso(approved - 60),
            "上报日期": iso(approved - dice.between(35, 55)),
            "审批日期": iso(approved),
            "开工日期": iso(began),
            "竣工日期": iso(done),
            "验收日期": iso(accepted),
            "入住日期": iso(moved),
            "旧房处置": "拆除",
            "补助金额": self.subsidy(grade),
            "销号日期": iso(moved + dice.between(2, 20)),
        }
        row.update(changes)
        self.town.tables["renovations"].append(row)
        return row

    def old_house(self, row: Row) -> Row:
        return next(house for house in reversed(self.town.tables["houses"]) if house["住房编号"] == row["旧房住房编号"])


def build(town: Township, estate: Estate) -> None:
    for household in town.households:
        estate.settle(household)
        if not household.case and household.living and estate.may_renovate(household) and estate.dice.chance(0.03):
            estate.renovate(household)
