"""Visits to the households: how often depends on who they are; and what is wrong with some of them."""

from __future__ import annotations

from typing import Any

from xianjie.demo.casting import ENOUGH, how_many, look_alikes
from xianjie.demo.days import TODAY, iso
from xianjie.demo.dice import Dice
from xianjie.demo.model import Household, Township

Row = dict[str, Any]
SUPPORTED = ("监测户", "脱贫户")
HEARD = ("务工情况", "今年收成", "孩子上学", "老人身体", "住房和饮水", "医保缴费", "补贴到账", "产业发展打算")
DONE = (
    "讲解了医保报销政策",
    "帮助核对了一卡通到账",
    "提醒按时参加体检",
    "登记了培训意愿",
    "说明了防返贫申报渠道",
    "代办了交通补贴申请",
    "查看了水窖和房屋",
)
SHORT = "宣传政策"


def kind_of(household: Household) -> str:
    if household.monitored and household.risk_gone != "是":
        return "监测户"
    return "脱贫户" if household.lifted else "一般农户"


class Diary:
    """Who visited whom on what day and what was written down: nobody too many a day, nothing three times over."""

    def __init__(self, town: Township, dice: Dice) -> None:
        self.town, self.dice = town, dice
        self.rows: list[Row] = []
        self.limit = town.standards.whole("一日走访户数上限")
        self.alike = town.standards.whole("走访雷同户数")
        self.days: dict[tuple[str, int], int] = {}
        self.texts: dict[tuple[str, str], int] = {}
        self.helpers: dict[tuple[str, bool], list[str]] = {}
        for official in town.tables["officials"]:
            if official["角色"] in ("村干部", "帮扶责任人"):
                key = (official["村代码"], official["角色"] == "帮扶责任人")
                self.helpers.setdefault(key, []).append(official["干部编号"])

    def visitor(self, household: Household) -> str:
        return self.dice.pick(self.helpers[household.village.code, kind_of(household) in SUPPORTED])

    def text(self, official: str, household: Household) -> str:
        """What was talked about, in words that this official has not used twice before."""
        where = f"到第{household.group}组{household.head.name}家"
        while True:
            text = f"{where}了解{self.dice.pick(HEARD)}，{self.dice.pick(DONE)}"
            if self.texts.get((official, text), 0) + 1 < self.alike:
                self.texts[official, text] = self.texts.get((official, text), 0) + 1
                return text
            where += "再次"

    def enter(self, official: str, household: Household, on: int, text: str) -> Row:
        self.days[official, on] = self.days.get((official, on), 0) + 1
        row = {
            "走访编号": f"RH{self.town.count('visits'):06d}",
            "户编号": household.number,
            "干部编号": official,
            "日期": iso(on),
            "走访内容": text,
            "发现问题": None,
        }
        self.rows.append(row)
        return row

    def visit(self, household: Household, first: int, last: int) -> None:
        """On some day between two, on which the visitor is not at the limit already."""
        official = self.visitor(household)
        on = self.dice.between(first, last)
        for _ in range(last - first):
            if self.days.get((official, on), 0) + 1 < self.limit:
                break
            on = first if on == last else on + 1
        self.enter(official, household, on, self.text(official, household))


def fill(town: Township) -> None:
    """The ledger visits, after it is settled who is watched."""
    dice = town.dice("visits")
    homes = [household for household in town.households if household.living]
    interval = {kind: town.standards.whole("走访间隔天数", kind) for kind in (*SUPPORTED, "一般农户")}
    diary = Diary(town, dice)
    neglected = _neglect(town, homes)
    for household in homes:
        days = interval[kind_of(household)]
        planted = household.number in neglected
        for round_ in range(3 if kind_of(household) == "监测户" else 2 if kind_of(household) == "脱贫户" else 1):
            if planted and round_ == 0:
                continue
            late = days + 1 if planted else 1 + round_ * days
            diary.visit(household, TODAY - late - days + 2, TODAY - late)
        if planted and kind_of(household) == "一般农户" and neglected[household.number]:
            diary.visit(household, TODAY - days - 60, TODAY - days - 1)
    _on_the_last_day(town, diary, homes, interval, neglected)
    if town.persons >= ENOUGH:
        _spoil(town, diary, [household for household in homes if household.number not in neglected])
    town.tables["visits"] = diary.rows


def _neglect(town: Township, homes: list[Household]) -> dict[str, bool]:
    """户编号 of those that are not visited in time -> whether they ever were."""
    audit = "household_not_visited"
    dice = town.dice(f"cast:{audit}")
    free = dice.shuffled([household for household in homes if not household.case])
    wanted = how_many(dice, town.persons, len(homes) * 0.004)
    kinds = [[h for h in free if kind_of(h) == kind] for kind in (*SUPPORTED, "一般农户")]
    chosen = [group[place] for place in range(wanted) for group in kinds if place < len(group)][:wanted]
    if len(homes) == len(chosen):
        return {}
    for household in chosen:
        town.plant(audit, household.number)
    return {household.number: place % 2 == 0 for place, household in enumerate(chosen)}


def _on_the_last_day(
    town: Township, diary: Diary, homes: list[Household], interval: dict[str, int], neglected: dict[str, bool]
) -> None:
    """Lawful: the last visit is exactly as long ago as is allowed."""
    dice = town.dice("visits:last day")
    free = [h for h in homes if not h.case and h.number not in neglected and kind_of(h) in SUPPORTED]
    chosen = {h.number: h for h in dice.shuffled(free)[: look_alikes(dice, town.persons)]}
    diary.rows[:] = [row for row in diary.rows if row["户编号"] not in chosen]
    for household in chosen.values():
        official = diary.visitor(household)
        diary.enter(official, household, TODAY - interval[kind_of(household)], diary.text(official, household))


def _spoil(town: Township, diary: Diary, homes: list[Household]) -> None:
    """By officials who otherwise visit nobody: too many in a day, the same words for several households."""
    audit = "visit_implausible"
    dice = town.dice(f"cast:{audit}")
    others = [row["干部编号"] for row in town.tables["officials"] if row["角色"] in ("联络组", "驻村")]
    idle = iter(dice.shuffled(others))
    homes = dice.shuffled(homes)

    def day_out(count: int, planted: bool) -> None:
        official, on = next(idle), TODAY - dice.between(20, 150)
        for household in homes[:count]:
            row = diary.enter(official, household, on, diary.text(official, household))
            if planted:
                town.plant(audit, row["走访编号"])

    def same_words(count: int, text: str, planted: bool) -> None:
        official = next(idle)
        for household in homes[:count]:
            row = diary.enter(official, household, TODAY - dice.between(20, 150), text)
            if planted:
                town.plant(audit, row["走访编号"])

    day_out(diary.limit + 1, True)
    same_words(diary.alike, "了解家庭基本情况，宣传了帮扶政策", True)
    day_out(diary.limit, False)
    same_words(diary.alike - 1, "了解家庭收入情况，没有发现问题", False)
    same_words(diary.alike + 2, SHORT, False)
