"""Around monitoring: clues that led to nothing, monthly meetings, publicity, the yearly screening; and their cases."""

from __future__ import annotations

from xianjie.demo import names
from xianjie.demo.casting import ENOUGH
from xianjie.demo.days import TODAY, iso, month_of, month_text
from xianjie.demo.dice import Dice
from xianjie.demo.model import Township
from xianjie.demo.watching import new_clue


def other_clues(town: Township, dice: Dice) -> None:
    """Clues that led to nothing, with their reasons; some not answered, some refused without a word."""
    free = dice.shuffled([h for h in town.households if not h.case and h.living and not h.monitored])
    count = max(4, len(free) // 60) if town.persons >= ENOUGH else len(free) // 40
    for place, household in enumerate(free[:count]):
        found = TODAY - dice.between(30, 330)
        row = new_clue(town, dice, household, found, "不纳入", "人均纯收入2万元以上，有稳定务工收入")
        if town.persons < ENOUGH:
            continue
        if place % 50 == 0:
            row |= {"线索来源": "部门预警", "推送部门": "医保", "推送日期": iso(found), "反馈日期": None}
            town.plant("warning_not_handled", row["线索编号"])
        elif place % 50 == 1:
            row["理由"] = None
            town.plant("clue_rejected_without_reason", row["线索编号"])
        elif place % 50 == 2:
            row |= {"线索来源": "干部排查", "推送部门": None, "推送日期": None, "反馈日期": None}
            row |= {"处理结果": "纳入", "理由": None}
            town.plant("managed_outside_system", household.number)
        elif place % 50 == 3:  # lawful: still being looked into
            new = TODAY - town.standards.whole("线索核实反馈天数")
            row |= {"发现日期": iso(new), "核实日期": None, "反馈日期": None, "处理结果": "核实中", "理由": None}
            if row["推送日期"]:
                row["推送日期"] = iso(new)


def meetings(town: Township, dice: Dice) -> None:
    rows = []
    for back in range(12, 0, -1):
        text = month_text(month_of(TODAY) - back)
        rows.append(
            {
                "月份": text,
                "会议日期": f"{text}-{dice.between(3, 12):02d}",
                "纪要": f"联席会议纪要〔{text[:4]}〕{int(text[5:])}号",
                "研判户数": dice.between(3, 20),
            }
        )
    if town.persons >= ENOUGH:
        first, second = dice.shuffled(rows)[:2]
        first["纪要"] = None
        town.plant("meeting_missed", first["月份"])
        rows.remove(second)
        town.plant("meeting_missed", second["月份"])
    town.tables["joint_meetings"] = rows


WAYS = ("海报", "宣传单", "微信群", "村民会议", "入户", "广播")


def publicity(town: Township, dice: Dice) -> None:
    limit = town.standards.whole("防返贫宣传间隔天数")
    settled = {household.village.code for household in town.households}
    general = {row["村代码"] for row in town.tables.get("publicity", []) if row.get("主题") in ("综合", None)}
    villages = [village for village in town.villages if village.code in settled]
    silent = next((v for v in dice.shuffled(villages) if v.code not in general), None)
    for village in villages:
        last = TODAY - dice.between(5, limit)
        if town.persons >= ENOUGH and village is silent:
            last = TODAY - limit - dice.between(1, 60)
            town.plant("publicity_missing", village.code)
        for on in (last, last - dice.between(40, 120)):
            town.tables.setdefault("publicity", []).append(
                {
                    "记录编号": f"XCF{village.tag}{town.count(f'monitoring publicity of {village.code}'):03d}",
                    "村代码": village.code,
                    "主题": "防返贫监测",
                    "宣传方式": dice.pick(WAYS),
                    "内容": "防返贫监测对象申报条件和申报渠道",
                    "日期": iso(on),
                }
            )


def screen(town: Township, dice: Dice) -> None:
    """Every household with somebody in it is looked at once a year."""
    rows = town.tables.setdefault("screenings", [])
    homes = [household for household in town.households if household.living]
    left_out = set()
    if town.persons >= ENOUGH:
        free = dice.shuffled([household for household in homes if not household.case])
        left_out = {household.number for household in free[: max(1, len(homes) // 900)]}
    checkers = {village.code: names.full_name(dice) for village in town.villages}
    for household in homes:
        if household.number in left_out:
            town.plant("household_not_screened", household.number)
            continue
        rows.append(
            {
                "排查类型": "防返贫",
                "户编号": household.number,
                "轮次名称": "2024年防返贫集中排查",
                "日期": iso(TODAY - dice.between(90, 300)),
                "排查人": checkers[household.village.code],
                "排查结果": "有风险" if household.monitored and household.risk_gone == "否" else "无风险",
            }
        )
