"""Projects and the assets they leave behind: lawful ones, and the parts from which cases are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from xianjie.demo.days import THIS_YEAR, TODAY, day, iso
from xianjie.demo.dice import Dice, Weighted
from xianjie.demo.model import Township, Village
from xianjie.demo.organisations import collective, committee, firms

FUNDS = (("中央财政", 60), ("省级财政", 25), ("市级财政", 10), ("县级财政", 5))
_LEVELS = Weighted.of({name: float(share) for name, share in FUNDS})


@dataclass(frozen=True)
class Kind:
    """A kind of project: what it is called, and what kind of asset it leaves (none: 资产类别 is blank)."""

    project: str
    category: str
    low: int  # 万元
    high: int
    asset: str = ""
    asset_class: str = ""


MARKET = "经营性"
PUBLIC = "公益性"
OWN = "到户类"
KINDS = Weighted.of(
    {
        Kind("温室大棚建设项目", "产业发展", 30, 90, "温室大棚", MARKET): 14.0,
        Kind("酥梨冷库建设项目", "产业发展", 35, 70, "酥梨冷库", MARKET): 8.0,
        Kind("肉羊养殖小区建设项目", "产业发展", 40, 110, "肉羊养殖圈舍", MARKET): 8.0,
        Kind("粮食烘干房建设项目", "产业发展", 25, 60, "粮食烘干房", MARKET): 6.0,
        Kind("村级光伏电站建设项目", "产业发展", 35, 75, "村级光伏电站", MARKET): 8.0,
        Kind("农机购置项目", "产业发展", 15, 45, "大型农机具", MARKET): 6.0,
        Kind("帮扶车间建设项目", "就业项目", 30, 60, "帮扶车间厂房", MARKET): 4.0,
        Kind("田间道路硬化项目", "乡村建设行动", 20, 80, "田间硬化道路", PUBLIC): 12.0,
        Kind("排水渠整治项目", "乡村建设行动", 12, 40, "排水渠", PUBLIC): 6.0,
        Kind("太阳能路灯安装项目", "乡村建设行动", 8, 25, "太阳能路灯", PUBLIC): 6.0,
        Kind("饮水管网改造项目", "巩固三保障成果", 15, 60, "饮水管网", PUBLIC): 8.0,
        Kind("到户肉羊养殖项目", "产业发展", 5, 15, "到户肉羊", OWN): 4.0,
        Kind("脱贫劳动力技能培训项目", "技能培训", 2, 6): 3.0,
        Kind("小额信贷贴息项目", "贷款贴息", 2, 8): 2.0,
        Kind("特色种植到户补助项目", "到户补助", 4, 15): 4.0,
        Kind("公益性岗位补助项目", "就业项目", 3, 12): 2.0,
        Kind("项目管理费", "项目管理费", 1, 2): 1.0,
    }
)
LASTING = Weighted.of({kind: 1.0 for kind in KINDS[0] if kind.asset_class in (MARKET, PUBLIC)})


def money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def fund(dice: Dice, year: int) -> str:
    """The name of the money changed with the task: 专项扶贫资金 before 2021."""
    return dice.weighted(_LEVELS) + ("专项扶贫资金" if year < 2021 else "衔接推进乡村振兴补助资金")


def place(town: Township, dice: Dice) -> Village:
    """A village with somebody in it, the bigger the likelier."""
    chosen = dice.below(sum(village.population for village in town.villages))
    for village in town.villages:
        chosen -= village.population
        if chosen < 0:
            return village
    raise AssertionError("unreachable: the populations add up")


def project(
    town: Township, dice: Dice, village: Village, kind: Kind, year: int, done: int | None = None
) -> dict[str, Any]:
    """A project of a year, put into the ledger: approved in spring, done in autumn (or accepted on the day `done`)."""
    if done is None:
        finished = day(f"{year}-08-01") + dice.below(80)
        accepted = finished + dice.between(12, 40)
    else:
        finished, accepted = done - dice.between(8, 20), done
    start = min(day(f"{year}-04-01") + dice.below(40), finished - 30)
    budget = dice.between(kind.low * 10, kind.high * 10) * 100000  # in fen, by thousands of yuan
    settled = budget - budget * dice.between(0, 400) // 10000
    row = {
        "项目编号": f"X{year}{town.count(f'projects of {year}'):04d}",
        "项目名称": f"{village.short}{year}年{kind.project}",
        "项目类别": kind.category,
        "资金来源": fund(dice, year),
        "是否形成资产": "是" if kind.asset else "否",
        "村代码": village.code,
        "入库日期": iso(start - dice.between(120, 160)),
        "批复日期": iso(start - dice.between(35, 60)),
        "下达日期": iso(start - dice.between(15, 30)),
        "计划开工": iso(start + 5),
        "开工日期": iso(start + dice.below(12)),
        "计划竣工": iso(max(start + 200, finished)),
        "竣工日期": iso(finished),
        "验收日期": iso(accepted),
        "预算金额": money(budget),
        "结算金额": money(settled),
    }
    if accepted > TODAY:
        row["验收日期"] = row["结算金额"] = None
    if finished > TODAY:
        row["竣工日期"] = None
    town.tables["projects"].append(row)
    return row


def built_on(row: dict[str, Any]) -> int | None:
    """When a project was done, as the ledgers tell it."""
    text = row["验收日期"] or row["竣工日期"]
    return day(text) if text else None


def asset(
    town: Township, dice: Dice, village: Village, kind: Kind, year: int, made_by: dict[str, Any] | None, limit: int
) -> dict[str, Any]:
    """An asset in good order, put into the ledger: titled within `limit` days, handed over, run and looked after."""
    number = town.count(f"assets of {village.code}")
    base = built_on(made_by) if made_by else day(f"{year}-12-31")
    titled = None if base is None else base + dice.between(1, max(1, min(150, limit)))
    if titled is not None and titled > TODAY:
        titled = None
    own, market = kind.asset_class == OWN, kind.asset_class == MARKET
    value = (
        made_by["结算金额"] if made_by and made_by["结算金额"] else money(dice.between(kind.low, kind.high) * 1000000)
    )
    row = {
        "资产编号": f"Z{village.tag}{number:04d}",
        "资产名称": f"{village.short}{kind.asset}{number}号",
        "项目编号": made_by["项目编号"] if made_by else None,
        "村代码": village.code,
        "资产类别": kind.asset_class,
        "购建年度": year,
        "原值": value,
        "所有权人": "受益农户" if own else collective(village),
        "权属层级": "农户" if own else "村集体",
        "确权日期": None if own or titled is None else iso(titled),
        "移交日期": None if own or titled is None else iso(min(titled + dice.between(3, 25), TODAY)),
        "使用状态": "在用",
        "停用日期": None,
        "经营主体": dice.pick(firms(town, village)) if market else None,
        "合同起": f"{max(year + 1, 2022)}-01-01" if market and year < THIS_YEAR else None,
        "合同止": f"{max(year + 1, 2022) + dice.between(4, 8)}-12-31" if market and year < THIS_YEAR else None,
        "年收益约定": money((int(value.split(".")[0]) + 1) * dice.between(5, 8)) if market else None,
        "管护人": dice.pick(village.keepers),
        "受益户数": dice.between(3, max(4, min(60, village.population // 20))),
        "资金来源": made_by["资金来源"] if made_by else fund(dice, year),
        "确权证号": None if own or titled is None else f"示范确权（{iso(titled)[:4]}）{village.tag}第{number:04d}号",
        "移交接收方": None if own or titled is None else committee(village),
    }
    town.tables["assets"].append(row)
    return row


def build(town: Township) -> None:
    """The lawful projects and assets of every village, 2014 to this year."""
    dice = town.dice("works")
    town.tables["projects"], town.tables["assets"] = [], []
    limit = town.standards.whole("资产确权天数")
    for village in town.villages:
        for _ in range(dice.amount(0.7 + village.population / 150) if village.population else 0):
            year = dice.between(2014, THIS_YEAR)
            kind = dice.weighted(KINDS)
            row = project(town, dice, village, kind, year)
            if year == THIS_YEAR and dice.chance(0.35):  # not done yet
                row["竣工日期"] = row["验收日期"] = row["结算金额"] = None
            if kind.asset and built_on(row) is not None and not (year < 2016 and dice.chance(0.5)):
                made = asset(town, dice, village, kind, year, row, limit)
                if year < 2019 and dice.chance(0.06):
                    made["使用状态"] = "报废"


def inspect(town: Township) -> None:
    """Every asset that is in use is looked at each quarter of this year."""
    dice = town.dice("inspections")
    keepers = {village.code: village.keepers for village in town.villages}
    rows: list[dict[str, Any]] = []
    for item in sorted(town.tables["assets"], key=lambda row: row["资产编号"]):
        for month in (3, 6, 9, 12):
            on = date(2024, month, 1).toordinal() + dice.below(12)
            if item["使用状态"] == "报废" or on < day(f"{item['购建年度'] or 2015}-12-31"):
                continue
            stopped = bool(item["停用日期"]) and iso(on) >= item["停用日期"] and item["使用状态"] == "闲置"
            low = item["使用状态"] == "低效"
            rows.append(
                {
                    "资产编号": item["资产编号"],
                    "日期": iso(on),
                    "使用状态": "闲置" if stopped else "低效" if low else "在用",
                    "问题": "停止使用" if stopped else "使用率低" if low else None,
                    "处置": "已报村委会" if stopped or low else None,
                    "巡查人": dice.pick(keepers[item["村代码"]]),
                }
            )
    town.tables["asset_inspections"] = rows
