"""Households in danger of which nobody was told, bills that are taken off no income, and a system nobody updates."""

from __future__ import annotations

from collections import Counter
from typing import Any

from xianjie.demo.base import SystemRecords
from xianjie.demo.casting import ENOUGH
from xianjie.demo.days import THIS_YEAR, TODAY, age, day, iso
from xianjie.demo.dice import Dice
from xianjie.demo.model import GONE, Household, Person, Township

Row = dict[str, Any]
YEAR_AGO = "2023-12-16"  # the first day of the last twelve months
PUPILS = ("2009-09-01", "2018-08-31")  # born between: of the age of compulsory schooling
CHANGES = ("出生", "死亡", "迁入", "迁出", "婚嫁")
EVALUATIONS = ("水量评价", "水质评价", "方便程度评价", "保证率评价")
FAILED = "不达标"
ANSWERS = {  # 风险情形, and why the household is not watched all the same
    "住房": ("住房存在安全隐患", "已动员搬离，正在申请危房改造，家庭收入稳定"),
    "饮水": ("饮水不达标", "已安排送水和管网改造，家庭收入稳定"),
    "教育": ("孩子疑似失学辍学", "学校和村干部正在劝返，家庭收入稳定"),
    "支出": ("住院费用较高", "有存款和子女赡养，扣减自付以后收入仍在监测线以上"),
}


def _insured(person: Person) -> bool:
    return any(c.year == THIS_YEAR and c.kind == "城乡居民医保" and c.place == "文水县" for c in person.covers or [])


def _may_fall_ill(person: Person) -> bool:
    return person.present and 25 <= age(person.birth) < 75 and person.health == ("健康",) and _insured(person)


def _bill(town: Township, dice: Dice, person: Person) -> None:
    """A stay in hospital that costs much, with all the help that is due."""
    own = town.standards.whole("大额自付支出") + dice.between(1, 30) * 100
    serious = own // 2
    basic = own * 2
    on = day(f"{THIS_YEAR}-02-01") + dice.below(200)
    town.tables.setdefault("medical_claims", []).append(
        {
            "身份证号": person.number,
            "姓名": person.name,
            "结算编号": f"JS{THIS_YEAR}{town.count('medical claims'):06d}",
            "就诊日期": iso(on),
            "就诊类型": "住院",
            "医疗机构": dice.pick(("山西白求恩医院", "山西省人民医院", "山西医科大学第一医院")),
            "结算日期": iso(on + dice.between(6, 20)),
            "总费用": f"{basic + serious + own + own // 5}.00",
            "基本医保报销": f"{basic}.00",
            "大病保险报销": f"{serious}.00",
            "医疗救助报销": "0.00",
            "合规自付": f"{own}.00",
        }
    )


def fall_ill(town: Township) -> set[str]:
    """Large bills for lifted, watched and other households; gives back the 户编号 of which nobody is to be told."""
    if town.persons < ENOUGH:
        return set()
    dice = town.dice("unnoticed:bills")
    home = homes(town)
    ill = {home.get(row["身份证号"]) for row in town.tables.get("medical_claims", [])}
    told = {row["户编号"] for row in town.tables["clues"]}
    watched = {row["户编号"] for row in town.tables["monitoring_cases"] if not row.get("消除日期")}
    free = [
        household
        for household in dice.shuffled(town.households)
        if not household.case
        and household.number not in ill
        and (household.number in watched or not (household.monitored or household.number in told))
        and not any(person.relief for person in household.members)
        and any(_may_fall_ill(person) for person in household.living)
    ]
    each = max(1, town.persons // 3000)
    lifted = [household for household in free if household.lifted and not household.monitored]
    many = Counter(household.village.code for household in lifted)
    lifted = sorted(lifted, key=lambda household: many[household.village.code])[:each]  # leaves neighbours alone
    known = [household for household in free if household.monitored][:each]  # lawful: it is taken off
    others = [household for household in free if not household.lifted and not household.monitored][:each]
    for household in (*lifted, *known, *others):
        _bill(town, dice, next(person for person in household.living if _may_fall_ill(person)))
    return {household.number for household in others}


def homes(town: Township) -> dict[str, str]:
    """身份证号 -> 户编号, as the audits count whoever is entered twice: the registered first, then by village."""
    found: dict[str, tuple[bool, str, str]] = {}
    for household in town.households:
        entries = [(person, person.status) for person in household.members if person.listed]
        for person, status in [*entries, *((entry.person, entry.status) for entry in household.also)]:
            place = (status in GONE, household.village.code, household.number)
            found[person.number] = min(place, found.get(person.number, place))
    return {number: place[2] for number, place in found.items()}


class _Risks:
    """Which households the ledgers show in danger (`seen`), and of which there is no doubt (`sure`): 户编号 -> kind."""

    def __init__(self, town: Township) -> None:
        self.town = town
        self.seen: dict[str, str] = {}
        self.sure: dict[str, str] = {}
        self.homes = homes(town)
        self._houses()
        self._water()
        self._pupils()
        self._bills()

    def _table(self, name: str) -> list[Row]:
        return self.town.tables.get(name, [])

    def _note(self, number: str | None, kind: str, sure: bool) -> None:
        if number:
            self.seen.setdefault(number, kind)
            if sure:
                self.sure.setdefault(number, kind)

    def _houses(self) -> None:
        inspected = {row["住房编号"] for row in self._table("house_inspections")}
        renovated = {row.get("旧房住房编号") for row in self._table("renovations")}
        for row in self._table("houses"):
            number = row["住房编号"]
            if row["房屋等级"] in ("C级", "D级") and row["住房用途"] != "已拆除":
                lived_in = row["是否居住"] == "是"
                if lived_in or number in inspected:
                    sure = lived_in and number not in inspected and number not in renovated
                    self._note(row["户编号"], "住房", sure)

    def _water(self) -> None:
        rows: dict[str, list[Row]] = {}
        for row in self._table("household_water"):
            rows.setdefault(row["户编号"], []).append(row)
        for number, own in rows.items():
            failed = [row for row in own if FAILED in [row.get(column) for column in EVALUATIONS]]
            if failed:
                self._note(number, "饮水", len(own) == 1 and not failed[0].get("帮扶措施"))

    def _pupils(self) -> None:
        born = {person.number: iso(person.birth) for person in self.town.everyone() if person.present}
        for row in self._table("students"):
            if row["就读方式"] == "疑似辍学":
                self._note(self.homes.get(row["身份证号"]), "教育", False)
        for row in self._table("dropout_cases"):
            if not row.get("销号日期"):
                still = row.get("劝返结果") == "劝返中" and row["发现日期"] <= iso(TODAY)
                of_age = PUPILS[0] <= born.get(row["身份证号"], "") <= PUPILS[1]
                self._note(self.homes.get(row["身份证号"]), "教育", still and of_age)

    def _bills(self) -> None:
        paid: dict[str, float] = {}
        for row in self._table("medical_claims"):
            home, on = self.homes.get(row["身份证号"]), row.get("结算日期") or row.get("就诊日期") or ""
            if home and YEAR_AGO <= on <= iso(TODAY):
                paid[home] = paid.get(home, 0) + float(row.get("合规自付") or 0)
        for number, total in paid.items():
            if total >= self.town.standards.whole("大额自付支出"):
                self._note(number, "支出", True)


def _clue(town: Township, dice: Dice, number: str, kind: str) -> Row:
    risk, reason = ANSWERS[kind]
    found = TODAY - dice.between(15, 40)
    checked = found + dice.between(1, 5)
    return {
        "线索编号": f"XS{town.count('clues'):04d}",
        "线索来源": "干部排查",
        "推送部门": None,
        "户编号": number,
        "风险情形": risk,
        "推送日期": None,
        "发现日期": iso(found),
        "核实日期": iso(checked),
        "反馈日期": None,
        "处理结果": "不纳入",
        "理由": reason,
    }


def give_clues(town: Township, untold: set[str]) -> None:
    """A clue for every household in danger that is not watched; of some, and of `untold`, nobody was told."""
    dice = town.dice("unnoticed:clues")
    risks = _Risks(town)
    watched = {row["户编号"] for row in town.tables["monitoring_cases"] if not row.get("消除日期")}
    told = {row["户编号"] for row in town.tables["clues"] if (row["发现日期"] or "") >= YEAR_AGO}
    without = [number for number in risks.seen if number not in watched and number not in told]
    by_number = {household.number: household for household in town.households}
    untold = {number for number in untold if risks.sure.get(number) == "支出"}
    if town.persons >= ENOUGH:
        fit = [number for number in dice.shuffled(without) if _plain(by_number[number]) and number in risks.sure]
        for kind in ("住房", "饮水", "教育"):
            some = [number for number in fit if risks.sure[number] == kind]
            untold.update(some[: len(some) // 2])  # of the others somebody was told: lawful
    for number in without:
        if number in untold:
            town.plant("should_be_monitored", number)
        else:
            town.tables["clues"].append(_clue(town, dice, number, risks.seen[number]))


def _plain(household: Household) -> bool:
    """Not watched in any ledger, and somebody lives there."""
    return not household.monitored and bool(household.living)


def neglect_system(town: Township) -> None:
    """Changes that the national system did not learn of; and households to which nothing happened for long."""
    records = town.tables["system_records"]
    if town.persons < ENOUGH or not isinstance(records, SystemRecords):
        return
    dice = town.dice("unnoticed:system")
    changes: dict[str, list[str]] = {}
    for household in town.households:
        events = [event for person in household.members for event in person.events if event.kind in CHANGES]
        changes[household.number] = [iso(event.on) for event in events]
    for row in town.tables["monitoring_cases"]:
        changes[row["户编号"]] += [on for on in (row.get("审定日期"), row.get("消除日期")) if on]
    known = [h for h in town.households if h.system_number and h.system_number not in records.missing and not h.also]
    quiet, changed = [], []
    limit = town.standards.whole("系统信息更新天数")
    exported = day(records.exported)
    for household in dice.shuffled(known):
        days = changes[household.number]
        if not days:
            quiet.append(household)
        elif min(days) > "2022-01-01" and day(max(days)) < exported - limit and household.living:
            changed.append(household)
    each = max(1, len(changed) // 20)
    for household in changed[:each]:
        last = day(max(changes[household.number]))
        records.updated[household.system_number] = iso(last - dice.between(1, 60))
        town.plant("system_update_late", household.number)
    for household in changed[each : 2 * each]:  # lawful: on the very day
        records.updated[household.system_number] = max(changes[household.number])
    for household in quiet[:each]:  # lawful: there was nothing to update
        records.updated[household.system_number] = "2023-03-20"
