"""What market assets bring in and how it is shared, and the cases of the audits about how assets are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xianjie.demo.casting import ENOUGH, how_many, look_alikes
from xianjie.demo.days import THIS_YEAR, TODAY, day, iso
from xianjie.demo.dice import Dice
from xianjie.demo.fate import recent
from xianjie.demo.model import Township
from xianjie.demo.works import LASTING, MARKET, PUBLIC, asset, inspect, place

Row = dict[str, Any]
LAST_YEAR = THIS_YEAR - 1
USED_FOR = ("公益性岗位工资和困难户分红", "村内公益事业", "脱贫户分红和小型公益设施维修")

_NOT_SHARED: Row = {"分配方案日期": None, "公示日期": None}


def _cents(text: str) -> int:
    return int(text.replace(".", ""))


def _yuan(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _year(dice: Dice, item: Row, year: int) -> Row:
    got = day(f"{year}-11-05") + dice.below(16)
    planned = got + dice.between(5, 12)
    shown = planned + dice.between(1, 4)
    due = item["年收益约定"]
    return {
        "资产编号": item["资产编号"],
        "年度": year,
        "应收": due,
        "实收": due,
        "收款日期": iso(got),
        "应收日期": f"{year}-11-20",
        "分配方案日期": iso(planned) if planned <= TODAY else None,
        "公示日期": iso(shown) if shown <= TODAY else None,
        "去向": dice.pick(USED_FOR),
    }


def _income(town: Township, dice: Dice) -> list[Row]:
    """From the year after it was built, while it is in use."""
    rows: list[Row] = []
    for row in town.tables["assets"]:
        runs = row["资产类别"] == MARKET and row["年收益约定"] and row["经营主体"]
        if runs and row["使用状态"] in ("在用", "低效"):
            for year in range(max((row["购建年度"] or 2020) + 1, 2022), THIS_YEAR + 1):
                rows.append(_year(dice, row, year))
    return rows


class _Pool:
    """Assets in good order of which each is spoilt once."""

    def __init__(self, town: Township, dice: Dice) -> None:
        taken = {subject for _, subject in town.planted if isinstance(subject, str)}
        self._town, self._dice = town, dice
        self._free = dice.shuffled(
            [
                row
                for row in sorted(town.tables["assets"], key=lambda row: row["资产编号"])
                if row["使用状态"] == "在用"
                and not row["停用日期"]
                and row["资产编号"] not in taken
                and row["项目编号"] not in taken
            ]
        )

    def take(self, fits: Callable[[Row], bool]) -> Row | None:
        for position, row in enumerate(self._free):
            if fits(row):
                return self._free.pop(position)
        return None

    def spoil(
        self,
        audit: str,
        expected: float,
        fits: Callable[[Row], bool],
        ways: tuple[Callable[[Row], None], ...],
        lawful: tuple[Callable[[Row], None], ...] = (),
        subject: str = "资产编号",
    ) -> None:
        count = how_many(self._dice, self._town.persons, expected) if self._town.persons >= ENOUGH else 0
        for turn in range(count):
            row = self.take(fits)
            if row is None:
                break
            ways[turn % len(ways)](row)
            self._town.plant(audit, row[subject])
        for way in lawful:
            for _ in range(look_alikes(self._dice, self._town.persons)):
                row = self.take(fits)
                if row is not None:
                    way(row)


def _seasoned(row: Row) -> bool:
    return bool(row["确权日期"]) and row["确权日期"] <= iso(TODAY) and 2017 <= (row["购建年度"] or 0) <= 2021


def _is(kind: str) -> Callable[[Row], bool]:
    return lambda row: row["资产类别"] == kind and _seasoned(row)


def _halve(town: Township) -> None:
    """A project that left two assets: together they are worth what it was settled at."""
    made: dict[str, list[Row]] = {}
    for row in town.tables["assets"]:
        made.setdefault(row["项目编号"] or "", []).append(row)
    settled = {row["项目编号"] for row in town.tables["projects"] if row["结算金额"]}
    for number, rows in made.items():
        if number in settled and len(rows) == 1 and rows[0]["使用状态"] == "在用" and _is(PUBLIC)(rows[0]):
            first = rows[0]
            code = first["村代码"]
            tag = next(village.tag for village in town.villages if village.code == code)
            half = _cents(first["原值"]) // 2
            second = first | {
                "资产编号": f"Z{tag}{town.count(f'assets of {code}'):04d}",
                "资产名称": f"{first['资产名称']}（二期）",
                "原值": _yuan(_cents(first["原值"]) - half),
            }
            first["原值"] = _yuan(half)
            town.tables["assets"].append(second)
            return


def _top_up(town: Township, dice: Dice) -> None:
    """A small town has too few assets for every case: it gets some that no project of the ledger made."""
    if town.persons < ENOUGH:
        return
    for kind_of, wanted in ((MARKET, 16), (PUBLIC, 10)):
        kinds = [kind for kind in LASTING[0] if kind.asset_class == kind_of]
        for _ in range(max(0, wanted - sum(map(_is(kind_of), town.tables["assets"])) // 2)):
            village, year = place(town, dice), dice.between(2017, 2021)
            asset(town, dice, village, dice.pick(kinds), year, None, town.standards.whole("资产确权天数"))
    _halve(town)
    town.tables["assets"].sort(key=lambda row: row["资产编号"])
    inspect(town)


def _set(**values: object) -> Callable[[Row], None]:
    return lambda row: row.update(values)


def _misvalue(town: Township, pool: _Pool, share: int) -> None:
    """原值 that is not what the project was settled at; lower, so that what a market asset earns stays enough."""
    projects = {row["项目编号"]: row for row in town.tables["projects"]}
    assets_of: dict[str, int] = {}
    for row in town.tables["assets"]:
        assets_of[row["项目编号"]] = assets_of.get(row["项目编号"], 0) + 1

    def alone(row: Row) -> bool:
        made_by = projects.get(row["项目编号"])
        return made_by is not None and bool(made_by["结算金额"]) and assets_of[row["项目编号"]] == 1

    def times(per_mille: int) -> Callable[[Row], None]:
        return lambda row: row.update(原值=_yuan(_cents(row["原值"]) * per_mille // 1000))

    pool.spoil("asset_value_mismatch", share * 0.03, alone, (times(850), times(980)), (times(994),), "项目编号")


def fill(town: Township) -> None:
    dice = town.dice("asset income")
    _top_up(town, dice)
    income = _income(town, dice)
    of_asset: dict[str, list[Row]] = {}
    for row in income:
        of_asset.setdefault(row["资产编号"], []).append(row)
    looked_at = town.tables["asset_inspections"]
    pool = _Pool(town, dice)
    share = len(town.tables["assets"])
    standards = town.standards

    def year(item: Row, wanted: int) -> Row:
        return next(row for row in of_asset[item["资产编号"]] if row["年度"] == wanted)

    def earns(row: Row) -> bool:
        return row["资产编号"] in of_asset and _seasoned(row)

    _misvalue(town, pool, share)

    # 收益
    def unpaid_this_year(row: Row) -> None:
        late = iso(recent(standards.whole("资产收益收缴天数") + 1))
        year(row, THIS_YEAR).update(应收日期=late, 实收="0.00", 收款日期=None, 分配方案日期=None, 公示日期=None)

    def unpaid_before(row: Row) -> None:
        of = year(row, 2022)
        of.update(实收=_yuan(_cents(of["应收"]) * 6 // 10))

    def due_on_limit(row: Row) -> None:
        just = iso(recent(standards.whole("资产收益收缴天数")))
        year(row, THIS_YEAR).update(应收日期=just, 实收=None, 收款日期=None, 分配方案日期=None, 公示日期=None)

    pool.spoil("asset_income_unpaid", share * 0.03, earns, (unpaid_this_year, unpaid_before), (due_on_limit,))

    def unplanned(row: Row) -> None:
        year(row, LAST_YEAR).update(_NOT_SHARED)

    def unshown(row: Row) -> None:
        year(row, LAST_YEAR).update(公示日期=None)

    def just_got(row: Row) -> None:
        got = iso(recent(standards.whole("资产收益分配天数")))
        year(row, THIS_YEAR).update(_NOT_SHARED, 收款日期=got)

    pool.spoil("asset_income_undistributed", share * 0.03, earns, (unplanned, unshown), (just_got,))

    def low(row: Row) -> None:
        little = _yuan(_cents(row["原值"]) * standards.whole("资产收益率下限") // 200)
        row["年收益约定"] = little
        for of in of_asset[row["资产编号"]]:
            of.update(应收=little, 实收=little)

    pool.spoil("idle_assets", share * 0.02, earns, (low,))
    # 经营
    pool.spoil(
        "asset_without_operator",
        share * 0.03,
        _is(MARKET),
        (_set(合同止=iso(TODAY - 1)), _set(经营主体=None, 合同起=None, 合同止=None)),
        (_set(合同止=iso(TODAY)),),
    )

    # 管护、移交、权属、原值
    def unseen(row: Row) -> None:
        since = iso(recent(standards.whole("资产巡查间隔天数")))
        looked_at[:] = [r for r in looked_at if r["资产编号"] != row["资产编号"] or r["日期"] < since]

    pool.spoil("asset_without_keeper", share * 0.03, _is(PUBLIC), (_set(管护人=None), unseen))
    handed = {"移交日期": None, "移交接收方": None}
    pool.spoil("asset_not_transferred", share * 0.03, _is(PUBLIC), (_set(**handed),))
    pool.spoil("asset_class_owner_mismatch", share * 0.02, _is(PUBLIC), (_set(权属层级="农户", 所有权人="受益农户"),))

    town.tables["asset_income"] = income
