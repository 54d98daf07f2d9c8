"""One watched household from clue to clearing, in good order: its case, risks and measures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from xianjie.demo import names
from xianjie.demo.days import TODAY, age, iso
from xianjie.demo.dice import Dice
from xianjie.demo.model import Household, Person, Township
from xianjie.demo.watched import MOVED_AWAY, on_own_care

Row = dict[str, Any]


ABLE = ("普通劳动力", "技能劳动力")


UNABLE = ("无劳动力", "丧失劳动力")


BUREAUS = ("医保", "民政", "残联", "教育", "住建", "应急")


@dataclass
class Watch:
    """One household's case while it is being made."""

    household: Household
    decided: int
    cleared: int | None
    row: Row
    clue: Row | None
    risks: list[tuple[str, str | None]] = field(default_factory=list)
    measures: list[Row] = field(default_factory=list)
    in_ledger: bool = True


def line(town: Township) -> int:
    """This year's line of income a head below which a household is watched, in 元."""
    return town.standards.whole("防返贫监测线")


def workers(household: Household) -> list[Person]:
    return [p for p in household.living if p.together != "否" and p.labour in ABLE and not p.grade]


def sick(household: Household) -> bool:
    return any("患有大病" in p.health or "长期慢性病" in p.health for p in household.living)


def careful(household: Household, limit: int) -> bool:
    """Old, gravely ill or without anybody who can work: to be cleared with care only."""
    living = household.living
    return any("患有大病" in p.health or age(p.birth) >= limit for p in living) or not any(
        p.labour in ABLE for p in living
    )


def floored(household: Household) -> bool:
    """整户无劳动能力兜底保障户: kept, and not to be cleared."""
    together = [p for p in household.living if p.together != "否"]
    unable = bool(together) and all(p.labour in UNABLE for p in together)
    full = any(r.kind == "低保" and r.tier == "全额" and r.last is None for p in household.living for r in p.relief)
    return on_own_care(household) or (unable and full)


def new_clue(town: Township, dice: Dice, household: Household, found: int, result: str, reason: str | None) -> Row:
    source = dice.pick(("干部排查", "自主申报", "部门预警"))
    warned = source == "部门预警"
    checked = found + dice.between(1, 5)
    row = {
        "线索编号": f"XS{town.count('clues'):04d}",
        "线索来源": source,
        "推送部门": dice.pick(BUREAUS) if warned else None,
        "户编号": household.number,
        "风险情形": dice.pick(
            ("住院费用较高", "主要劳动力失业返乡", "家庭遭遇意外事故", "种养收入减少", "残疾人缺少照料")
        ),
        "推送日期": iso(found - dice.between(0, 2)) if warned else None,
        "发现日期": iso(found),
        "核实日期": iso(checked),
        "反馈日期": iso(checked + dice.between(0, 3)) if warned else None,
        "处理结果": result,
        "理由": reason,
    }
    town.tables["clues"].append(row)
    return row


def _measure(group: str, item: str, declared: int, done: int | None, proof: str = "现场照片") -> Row:
    return {
        "措施组": group,
        "措施项": item,
        "申报日期": iso(declared),
        "落实日期": None if done is None else iso(done),
        "佐证": None if done is None else proof,
    }


def _risks(dice: Dice, household: Household) -> list[tuple[str, str | None]]:
    risks: list[tuple[str, str | None]] = []
    if sick(household):
        risks.append(("因病", None))
    if any("残疾" in p.health for p in household.living):
        risks.append(("因残", None))
    if len(workers(household)) == 0:
        risks.append(("缺劳动力", None))
    elif dice.chance(0.5) or not risks:
        risks.append(dice.pick((("因务工就业不稳", None), ("因产业项目失败", None), ("其他", "家庭突发火灾"))))
    return risks[:3]


def _measures(watch: Watch, dice: Dice, declared: int) -> list[Row]:
    def done() -> int:
        return watch.decided + dice.between(max(declared - watch.decided, 1), 30)

    kinds = [kind for kind, _ in watch.risks]
    made = []
    if "因病" in kinds:
        made.append(_measure("健康帮扶", "家庭医生签约", declared, done()))
    if "因残" in kinds:
        made.append(_measure("综合保障", "残疾人补贴", declared, done()))
    if workers(watch.household):
        made.append(
            dice.pick(
                (
                    _measure("就业帮扶", "外出务工补贴", declared, done()),
                    _measure("产业帮扶", "庭院养殖", declared, done()),
                    _measure("公益岗位帮扶", "乡村保洁", declared, done()),
                )
            )
        )
    else:
        made.append(_measure("综合保障", "低保", declared, done()))
    if not made or "其他" in kinds:
        made.append(_measure("社会帮扶", "爱心捐助", declared, done()))
    for row in made[1:]:
        if dice.chance(0.2):  # the first is in time, this one takes longer
            row["落实日期"] = None
            row["佐证"] = None
    return made


def open_case(town: Township, dice: Dice, household: Household, before: int | None) -> Watch:
    """A case in good order; `before`: a loan that the household could only have as one that is watched."""
    gone = household.risk_gone == "是"
    cleared = TODAY - dice.between(20, 330) if gone else None
    decided = (cleared or TODAY) - (dice.between(200, 600) if gone else dice.between(45, 700))
    if household.case == MOVED_AWAY:
        cleared, decided = TODAY - 65, TODAY - 100  # 自然消除 after a month
    if before is not None and decided >= before:
        decided = before - dice.between(30, 90)
    found = decided - dice.between(11, 15)
    clue = new_clue(town, dice, household, found, "纳入", None)
    voted = found + dice.between(1, 2)
    shown = voted + 1
    plan = decided + dice.between(1, 10)
    declared = dice.between(plan, decided + 10)
    limit = town.standards.whole("谨慎消除年龄")
    row = {
        "监测编号": f"JC{town.count('monitoring cases'):04d}",
        "户编号": household.number,
        "监测对象类别": household.monitored,
        "线索编号": clue["线索编号"],
        "评议日期": iso(voted),
        "公示起": iso(shown),
        "公示止": iso(shown + 4),
        "乡镇审核日期": iso(shown + 6),
        "审定日期": iso(decided),
        "帮扶计划日期": iso(plan),
        "措施申报日期": iso(declared),
        "帮扶责任人": names.full_name(dice),
        "识别时人均纯收入": f"{(line(town) * 100 - dice.between(100, 260000)) / 100:.2f}",
        "整户无劳动能力标识": "是" if floored(household) else "否",
    }
    watch = Watch(household, decided, cleared, row, clue)
    if cleared is not None:
        natural = household.case == MOVED_AWAY
        row |= {"消除日期": iso(cleared), "消除方式": "自然消除" if natural else "帮扶消除"}
        if not natural:
            children = any(6 <= age(p.birth) < 16 for p in household.living)
            row |= {
                "消除评议日期": iso(cleared - 9),
                "消除公示起": iso(cleared - 8),
                "消除公示止": iso(cleared - 4),
                "消除时人均纯收入": f"{(line(town) * 100 + dice.between(0, 820000)) / 100:.2f}",
                "消除时合规自付": f"{dice.between(0, 90000) / 100:.2f}",
                "消除时义务教育": "有保障" if children else "不涉及",
                "消除时医疗": "有保障",
                "消除时住房": "有保障",
                "消除时饮水": "有保障",
                "消除研判理由": "子女稳定务工半年以上，收入稳定" if careful(household, limit) else None,
            }
    watch.risks = _risks(dice, household) or [("缺劳动力", None)]
    if household.case == MOVED_AWAY:
        watch.risks = [("其他", "家庭突发火灾")]
    watch.measures = _measures(watch, dice, declared)
    return watch
