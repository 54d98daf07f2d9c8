"""Where the water comes from, how it is tested, and how well each household is supplied."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from xianjie.demo.casting import Deed, Stage, enact
from xianjie.demo.days import TODAY, day, iso
from xianjie.demo.dice import Dice
from xianjie.demo.model import Household, Township, Village

Row = dict[str, Any]
CENTRAL, SMALL = "集中式供水", "小型集中式供水"
OWN = ("水窖", "旱井")
LAB, LICENCE = "示范县疾病预防控制中心", "CMA149900000001"
_UNITS = {"菌落总数": "CFU/mL", "总大肠菌群": "MPN/100mL", "浑浊度": "NTU", "pH": "无量纲"}
_SHARES = {"菌落总数": 0.3, "总大肠菌群": 0, "氟化物": 0.5, "硝酸盐": 0.4, "浑浊度": 0.5}  # of the strict limit
UPPER, RELAXED = "水质上限", "小型集中式和分散式水质上限"


def _source(town: Township, village: Village, kind: str, household: Household | None = None) -> Row:
    number = town.count("water sources")
    row: Row = {
        "供水点编号": f"S{number:05d}",
        "供水点名称": f"{village.short}{kind}{'' if household is None else number}",
        "供水类型": kind,
        "村代码": village.code,
        "户编号": household.number if household else None,
        "供水人口": village.population if household is None else len(household.living),
        "供水点状态": "在用",
    }
    town.tables["water_sources"].append(row)
    return row


def _result(town: Township, source: Row, report: str, on: int, indicator: str, value: Decimal | None) -> Row:
    """One line of a report of a laboratory, in good order; no value: looked at, smelt and tasted."""
    senses = value is None
    row: Row = {
        "检测编号": report,
        "供水点编号": source["供水点编号"],
        "采样日期": iso(on),
        "水期": "丰水期" if 6 <= int(iso(on)[5:7]) <= 10 else "枯水期",
        "检测机构": "村饮水安全管护员" if senses else LAB,
        "资质证号": None if senses else LICENCE,
        "检测方式": "感官检查" if senses else "实验室检测",
        "指标": indicator,
        "指标值": None if senses else f"{value.normalize():f}",
        "指标单位": None if senses else _UNITS.get(indicator, "mg/L"),
        "是否达标": "是",
        "处置日期": None,
        "处置": None,
        "复检编号": None,
    }
    town.tables["water_tests"].append(row)
    return row


def _number(town: Township) -> str:
    return f"WT2024{town.count('water reports'):05d}"


def _report(town: Township, dice: Dice, source: Row, on: int) -> None:
    """A report with the usual indicators, all well within the limits."""
    number = _number(town)
    for indicator, share in _SHARES.items():
        limit = town.standards.amount(UPPER, indicator)
        value = limit * Decimal(str(share)) * (80 + dice.below(40)) / 100
        _result(town, source, number, on, indicator, round(value, 3))
    low, high = town.standards.amount("水质下限", "pH"), town.standards.amount(UPPER, "pH")
    _result(town, source, number, on, "pH", low + (high - low) * dice.between(3, 7) / 10)
    if source["供水类型"] == CENTRAL:
        _result(town, source, number, on, "游离氯", town.standards.amount("水质下限", "游离氯") * 2)


def _interval(town: Township, kind: str) -> int:
    return int(town.standards.amount("水质检测间隔天数", kind))


def _test(town: Township, dice: Dice, source: Row) -> None:
    """Tested this year as often as is due, the last time well before it is due again."""
    every = _interval(town, source["供水类型"])
    on = TODAY - min(60, every - 1) - dice.below(max(1, min(every - 60, 25)))
    while on >= day("2024-01-05"):
        if source["供水类型"] in OWN and dice.chance(0.5):
            _result(town, source, _number(town), on, "感官", None)
        else:
            _report(town, dice, source, on)
        on -= max(20, every - dice.between(5, 15))


def _assess(town: Township, dice: Dice, household: Household, source: Row) -> Row:
    piped = source["供水类型"] not in OWN
    need = town.standards.whole("饮水水量")
    row: Row = {
        "户编号": household.number,
        "日期": iso(day("2024-05-06") + dice.below(40)),
        "供水点编号": source["供水点编号"],
        "水量": need + dice.between(5, 40),
        "取水时间": 0 if piped else min(dice.between(2, 10), town.standards.whole("饮水取水时间")),
        "水平距离": 0 if piped else min(dice.between(5, 60), town.standards.whole("饮水水平距离")),
        "垂直距离": 0,
        "年停水天数": min(dice.between(0, 12), town.standards.whole("饮水年停水天数")),
        "是否入户": "是" if piped else "否",
        "水量评价": "达标",
        "水质评价": "达标",
        "方便程度评价": "达标" if piped else "基本达标",
        "保证率评价": "达标",
        "帮扶措施": None,
    }
    town.tables["household_water"].append(row)
    return row


# --- cases


def _cellar(stage: Stage) -> Row | None:
    """One more cellar or dry well, not tested yet, of some household with somebody in it."""
    town, dice = stage.town, stage.dice
    for _ in range(50):
        household = dice.pick(town.households)
        if household.living:
            return _source(town, household.village, dice.pick(OWN), household)
    return None


def _tested_before(days: Callable[[Stage, str], int]) -> Deed:
    def deed(stage: Stage) -> None:
        row = _cellar(stage)
        if row is not None:
            _result(stage.town, row, _number(stage.town), TODAY - days(stage, row["供水类型"]), "感官", None)
            stage.subject(row["供水点编号"])

    return deed


def _never_tested(**changes: object) -> Deed:
    def deed(stage: Stage) -> None:
        row = _cellar(stage)
        if row is not None:
            row.update(changes)
            stage.subject(row["供水点编号"])

    return deed


NOT_TESTED = (_never_tested(), _tested_before(lambda stage, kind: _interval(stage.town, kind) + 1))
LAWFULLY_NOT_TESTED = (
    _never_tested(供水点状态="停用"),
    _tested_before(lambda stage, kind: _interval(stage.town, kind)),
)


def _limit(stage: Stage, item: str) -> int:
    return stage.threshold(item)


def _measured(
    days: Callable[[Stage], int], indicator: str, times: str, item: str = UPPER, also: str = "", **changes: object
) -> Deed:
    """A cellar with one measured value of so many times the limit, so many days ago, and whatever was done about it."""

    def deed(stage: Stage) -> None:
        row = _cellar(stage)
        if row is None:
            return
        on = TODAY - days(stage)
        value = stage.town.standards.amount(item, indicator) * Decimal(times)
        made = _result(stage.town, row, _number(stage.town), on, indicator, value)
        made["是否达标"] = "否" if Decimal(times) > 1 else "是"
        made.update(changes)
        if changes.get("处置"):
            made["处置日期"] = iso(min(on + 2, TODAY))
        if also:  # a later test
            later = _result(stage.town, row, _number(stage.town), min(on + 15, TODAY), indicator, value * Decimal(also))
            made["复检编号"] = later["检测编号"]
        elif on < TODAY - 60:  # tested for something else since
            _result(stage.town, row, _number(stage.town), TODAY - 30, "感官", None)
        stage.subject(row["供水点编号"])
        if stage.planted and stage.audit == "failed_test_not_handled" and not also:
            stage.town.plant("water_over_limit", row["供水点编号"])

    return deed


CLEANED = {"处置": "清洗消毒，暂停饮用，送水到户"}
_RECENT: Callable[[Stage], int] = lambda stage: min(5, _limit(stage, "水质异常处置天数"))  # noqa: E731
_LONG: Callable[[Stage], int] = lambda stage: 90  # noqa: E731
OVER_LIMIT = (
    _measured(_RECENT, "氟化物", "1.5", RELAXED),
    _measured(_RECENT, "铁", "2", **CLEANED),
    _measured(lambda stage: _limit(stage, "水质异常复检天数"), "硝酸盐", "1.2", RELAXED, **CLEANED),
)
NOT_OVER = (
    _measured(_LONG, "氟化物", "1", RELAXED),  # more than a waterworks may have
    _measured(_LONG, "硝酸盐", "1", RELAXED),
    _measured(_LONG, "铁", "1"),
)
NOT_HANDLED = (
    _measured(_LONG, "锰", "3", also="0.2"),
    _measured(lambda stage: _limit(stage, "水质异常处置天数") + 1, "铁", "2"),
    _measured(lambda stage: _limit(stage, "水质异常复检天数") + 1, "氟化物", "1.5", RELAXED, **CLEANED),
)
HANDLED = (_measured(_LONG, "铁", "2", also="0.4", **CLEANED),)


def _record(senses: bool = False, **changes: object) -> Deed:
    def deed(stage: Stage) -> None:
        town = stage.town
        row = _cellar(stage)
        if row is None:
            return
        value = None if senses else town.standards.amount(UPPER, "氟化物") / 2
        made = _result(town, row, _number(town), TODAY - 40, "感官" if senses else "氟化物", value)
        if "采样日期" in changes:  # tested at another time as well
            _result(town, row, _number(town), TODAY - 20, "感官", None)
        made.update(changes)
        stage.subject(f"{made['检测编号']}|{made['指标']}")

    return deed


NOT_ACCREDITED = (
    _record(资质证号=None),
    _record(检测机构=None),
    _record(采样日期=None),
    _record(指标值=None, 是否达标=None),
    _record(检测方式="现场快检", 资质证号=None),
)
ACCREDITED = (_record(senses=True), _record(是否达标=None))


def _supply(rows: list[Row], **changes: Callable[[Stage], object]) -> Deed:
    def deed(stage: Stage) -> None:
        if rows:
            row = rows.pop(stage.dice.below(len(rows)))
            row.update({column: value(stage) for column, value in changes.items()})
            stage.subject(row["户编号"])

    return deed


def _constant(value: object) -> Callable[[Stage], object]:
    return lambda stage: value


def _beyond(item: str, step: int = 1) -> Callable[[Stage], object]:
    return lambda stage: stage.threshold(item) + step


def fill(town: Township) -> None:
    """Fill water_sources, water_tests and household_water."""
    dice = town.dice("water")
    for name in ("water_sources", "water_tests", "household_water"):
        town.tables[name] = []
    homes: dict[str, list[Household]] = {}
    for household in town.households:
        if household.living:
            homes.setdefault(household.village.code, []).append(household)
    plain: list[Row] = []  # assessments of households about which nothing else is told
    for village in town.villages:
        if village.code not in homes:
            continue
        works = _source(town, village, CENTRAL if village.town_centre else SMALL)
        _test(town, dice, works)
        for household in homes[village.code]:
            source = works
            if dice.chance(0.03):
                source = _source(town, village, dice.pick(OWN), household)
                _test(town, dice, source)
            row = _assess(town, dice, household, source)
            if not household.case and not household.monitored:
                plain.append(row)
    expected = len(town.tables["water_sources"])
    insecure = (
        _supply(plain, 水量=_beyond("饮水水量", -2), 水量评价=_constant("不达标")),
        _supply(plain, 年停水天数=_beyond("饮水年停水天数"), 保证率评价=_constant("不达标")),
        _supply(plain, 是否入户=_constant("否"), 取水时间=_beyond("饮水取水时间")),
        _supply(plain, 是否入户=_constant("否"), 水平距离=_beyond("饮水水平距离", 200)),
        _supply(plain, 水质评价=_constant("不达标")),
    )
    secure = (
        _supply(
            plain, 水量=_beyond("饮水水量", -5), 水量评价=_constant("不达标"), 帮扶措施=_constant("接入集中供水管网")
        ),
        _supply(plain, 水量=_beyond("饮水水量", 0), 水量评价=_constant("基本达标")),
        _supply(plain, 是否入户=_constant("是"), 水平距离=_beyond("饮水水平距离", 700)),  # carried there before
        _supply(plain, 年停水天数=_beyond("饮水年停水天数", 0)),
    )
    if expected:
        enact(town, "source_not_tested", expected * 0.05, NOT_TESTED, LAWFULLY_NOT_TESTED)
        enact(town, "water_over_limit", expected * 0.03, OVER_LIMIT, NOT_OVER)
        enact(town, "failed_test_not_handled", expected * 0.03, NOT_HANDLED, HANDLED)
        enact(town, "test_without_accreditation", expected * 0.04, NOT_ACCREDITED, ACCREDITED)
        enact(town, "household_water_insecure", len(plain) * 0.01, insecure, secure)
