"""Village clinics and their doctors, the town's hospital, what was told about chronic illness and who was asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xianjie.demo import names
from xianjie.demo.casting import ENOUGH, Deed, Stage, enact
from xianjie.demo.days import THIS_MONTH, THIS_YEAR, TODAY, day, iso
from xianjie.demo.dice import Dice
from xianjie.demo.fate import recent
from xianjie.demo.model import Household, Township, Village
from xianjie.demo.pool import Pool
from xianjie.demo.relief import household_relief

Row = dict[str, Any]
POOR = ("低保", "低保边缘", "特困")
_WAYS = ("海报", "宣传单", "微信群", "村民会议", "入户")
_ROUNDS = ((f"{THIS_YEAR}年第二季度", f"{THIS_YEAR}-04-08", 60), (f"{THIS_YEAR}年第四季度", f"{THIS_YEAR}-10-08", 45))


def clinic(town: Township, dice: Dice, village: Village, doctor: str) -> Row:
    """A village's clinic in good order, and its doctor."""
    standards = town.standards
    row = {
        "村代码": village.code,
        "卫生室名称": f"{village.name}卫生室",
        "面积": standards.whole("村卫生室面积") + dice.between(0, 60),
        "诊断室": "是",
        "治疗室": "是",
        "公卫室": "是",
        "药房": "是",
        "药品种数": standards.whole("村卫生室药品种数") + dice.between(0, 60),
        "设备检查日期": iso(recent(dice.between(10, min(200, standards.whole("卫生室设备检查间隔天数"))))),
        "卫生室状态": "正常",
    }
    town.tables["clinics"].append(row)
    town.tables["clinic_doctors"].append(
        {
            "村代码": village.code,
            "姓名": doctor,
            "资格类型": dice.pick(("乡村医生", "乡村医生", "执业助理医师", "乡村全科助理医师")),
            "资格证号": f"141199{town.count('clinic doctors'):06d}",
            "起始日期": iso(day("2012-01-01") + dice.below(4000)),
        }
    )
    return row


def hospital_check(town: Township, dice: Dice, number: str, on: int) -> Row:
    due = 300
    row = {
        "单位编号": number,
        "检查日期": iso(on),
        "药品种数": due + dice.between(0, 25),
        "应配药品种数": due,
        "设备件数": dice.between(50, 64),
        "不合格设备件数": 0,
        "设备更换日期": iso(on - dice.between(5, min(120, town.standards.whole("卫生院设备更换间隔天数") - 20))),
        "执业医师数": dice.between(7, 11),
    }
    town.tables["township_hospitals"].append(row)
    return row


def publicise(town: Township, dice: Dice, village: Village, on: int, topic: str = "门诊慢特病", what: str = "") -> Row:
    row = {
        "记录编号": f"XCM{village.tag}{town.count(f'chronic publicity of {village.code}'):03d}",
        "村代码": village.code,
        "主题": topic,
        "宣传方式": dice.pick(_WAYS),
        "内容": what or "门诊慢特病病种、申请条件和办理流程",
        "日期": iso(on),
    }
    town.tables.setdefault("publicity", []).append(row)
    return row


def screen(town: Township, dice: Dice, household: Household, kind: str, name: str, on: int) -> Row:
    row = {
        "排查类型": kind,
        "户编号": household.number,
        "轮次名称": name,
        "日期": iso(on),
        "排查人": dice.pick(household.village.keepers),
        "排查结果": "无风险" if dice.chance(0.9) else "已办理",
    }
    town.tables.setdefault("screenings", []).append(row)
    return row


def to_be_asked(household: Household) -> bool:
    """Lifted, watched or poor."""
    if household.lifted or household.monitored:
        return True
    return any(household_relief(person, kind, THIS_MONTH) for person in household.members for kind in POOR)


def build(town: Township, dice: Dice, doctors: dict[str, str]) -> None:
    """Everything in order."""
    for name in ("clinics", "clinic_doctors", "township_hospitals"):
        town.tables[name] = []
    for village in town.villages:
        clinic(town, dice, village, doctors[village.code])
        for on in (day(f"{THIS_YEAR}-03-20"), day(f"{THIS_YEAR}-07-22"), day(f"{THIS_YEAR}-11-04")):
            publicise(town, dice, village, on + dice.below(20))
    for household in town.households:
        if to_be_asked(household):
            for name, first, length in _ROUNDS:
                screen(town, dice, household, "慢特病", name, day(first) + dice.below(length))
    for row in town.tables["organisations"]:
        if row["类型"] == "乡镇卫生院":
            for quarter in ("03-18", "06-17", "09-16", "12-02"):
                hospital_check(town, dice, row["单位编号"], day(f"{THIS_YEAR}-{quarter}") + dice.below(8))


def spoil(town: Township, dice: Dice, pool: Pool) -> None:
    """Act the cases of the audits about villages, the hospital and the rounds."""
    tables = town.tables
    villages = dice.shuffled(town.villages)
    few = len(villages) / 12

    def at(act: Callable[[Stage, Row, Village], None]) -> Deed:
        """With a village of its own, as long as there is one."""

        def deed(stage: Stage) -> None:
            if villages:
                village = villages.pop()
                act(stage, next(row for row in tables["clinics"] if row["村代码"] == village.code), village)
                stage.subject(village.code)

        return deed

    def changed(**changes: object) -> Deed:
        return at(lambda _stage, row, _village: row.update(changes))

    def lost(_stage: Stage, row: Row, village: Village) -> None:
        tables["clinics"].remove(row)
        _doctor_gone(village)

    def _doctor_gone(village: Village) -> None:
        tables["clinic_doctors"] = [row for row in tables["clinic_doctors"] if row["村代码"] != village.code]

    def joint(_stage: Stage, row: Row, village: Village) -> None:
        """Together with a neighbour whose clinic stays."""
        for column in [column for column in row if column != "村代码"]:
            row[column] = None
        row["联合设置村代码"] = keeping[0].code
        _doctor_gone(village)

    def doctor_left(_stage: Stage, _row: Row, village: Village) -> None:
        for doctor in tables["clinic_doctors"]:
            if doctor["村代码"] == village.code:
                doctor["终止日期"] = iso(TODAY - 40)

    def unlicensed(_stage: Stage, _row: Row, village: Village) -> None:
        for doctor in tables["clinic_doctors"]:
            if doctor["村代码"] == village.code:
                doctor["资格类型"], doctor["资格证号"] = "无", None

    def replaced(_stage: Stage, _row: Row, village: Village) -> None:
        """The old doctor left, a new one came."""
        doctor_left(_stage, _row, village)
        tables["clinic_doctors"].append(
            {"村代码": village.code, "姓名": names.full_name(dice), "资格类型": "执业医师", "起始日期": iso(TODAY - 39)}
        )

    standards = town.standards
    area, drugs = standards.whole("村卫生室面积"), standards.whole("村卫生室药品种数")
    check = standards.whole("卫生室设备检查间隔天数")
    keeping = [villages.pop()] if len(villages) > 3 else []
    if not keeping:  # too few villages: an audit without any clinic would have no data
        villages.clear()
    enact(town, "village_without_clinic", few, (at(lost), changed(卫生室状态="停业")), (at(joint),))
    enact(
        town,
        "clinic_below_standard",
        few * 1.5,
        (
            changed(面积=area - 12),
            changed(药品种数=drugs - 1),
            changed(药房="否"),
            changed(设备检查日期=iso(recent(check + 1))),
            changed(设备检查日期=None),
            at(doctor_left),
            at(unlicensed),
        ),
        (
            changed(面积=area, 药品种数=drugs, 设备检查日期=iso(recent(check))),
            at(replaced),
            changed(卫生室状态=None),
        ),
    )
    _silent_villages(town, dice)
    _hospital(town)
    _rounds(town, pool)


def _silent_villages(town: Township, dice: Dice) -> None:
    """Villages that told nobody, and some that told it in another way."""
    limit = town.standards.whole("慢特病宣传间隔天数")
    villages = dice.shuffled(town.villages) if len(town.villages) > 3 else []

    def deed_of(act: Callable[[Village], None]) -> Deed:
        def deed(stage: Stage) -> None:
            if villages:
                village = villages.pop()
                town.tables["publicity"] = [
                    row
                    for row in town.tables["publicity"]
                    if not (row["村代码"] == village.code and row["主题"] == "门诊慢特病")
                ]
                act(village)
                stage.subject(village.code)

        return deed

    enact(
        town,
        "chronic_policy_not_publicised",
        len(villages) / 12,
        (deed_of(lambda _village: None), deed_of(lambda village: _told(town, dice, village, limit + 1))),
        (
            deed_of(lambda village: _told(town, dice, village, limit)),
            deed_of(lambda village: _told(town, dice, village, 30, "综合", "医保缴费、慢特病申请和救助政策")),
        ),
    )


def _told(
    town: Township, dice: Dice, village: Village, days_ago: int, topic: str = "门诊慢特病", what: str = ""
) -> None:
    publicise(town, dice, village, recent(days_ago), topic, what)


def _hospital(town: Township) -> None:
    """The last check of the only hospital; in a small town an earlier one, put right since."""
    checks = sorted(town.tables["township_hospitals"], key=lambda row: row["检查日期"])
    if checks and town.persons >= ENOUGH:
        checks[-1]["药品种数"] = checks[-1]["应配药品种数"] - 14
        town.plant("hospital_below_standard", f"{checks[-1]['单位编号']}|{checks[-1]['检查日期']}")
    if checks:
        checks[0]["不合格设备件数"] = 2


def _rounds(town: Township, pool: Pool) -> None:
    """Households that were not asked lately."""
    limit = town.standards.whole("慢特病排查间隔天数")
    rounds: dict[str, list[Row]] = {}  # 户编号 -> when it was asked about chronic illness
    for row in town.tables.setdefault("screenings", []):
        if row["排查类型"] == "慢特病":
            rounds.setdefault(row["户编号"], []).append(row)
    gone: set[int] = set()

    def lifted(household: Household) -> bool:
        return bool(household.lifted)

    def asked(days_ago: int | None, fits: Callable[[Household], bool]) -> Deed:
        def deed(stage: Stage) -> None:
            household = pool.household(fits)
            if household is None:
                return
            own = rounds[household.number]
            gone.update(id(row) for row in (own if days_ago is None else own[1:]))
            if days_ago is not None:
                own[0]["日期"] = iso(recent(days_ago))
            stage.subject(household.number)

        return deed

    enact(
        town,
        "chronic_not_screened",
        town.persons / 700,
        (asked(limit + 1, lifted), asked(limit + 40, to_be_asked)),
        (asked(limit, lifted),),
    )
    town.tables["screenings"] = [row for row in town.tables["screenings"] if id(row) not in gone]
