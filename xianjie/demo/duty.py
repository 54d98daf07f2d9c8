"""What came of the problems of 附件1, and the season's reports and supervisions: in order, then the cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from xianjie.demo import names
from xianjie.demo.casting import ENOUGH, how_many
from xianjie.demo.days import TODAY, day, iso
from xianjie.demo.dice import Dice
from xianjie.demo.model import Township
from xianjie.demo.problems import DOING, DONE, KEPT, deadline

Row = dict[str, Any]
LEDGERS = ("problem_log", "case_files", "acceptances", "supervisions", "reports", "report_duties", "finding_reviews")
CLOSED = (DONE, KEPT)
OF_EACH_PROBLEM = ("问题清单", "整改方案")
OF_THE_CLOSED = ("整改过程佐证", "整改报告")
OF_THE_ACCEPTED = ("验收意见", "销号表")
EVIDENCE = ("现场照片", "签字表", "入户记录", "合同复印件", "发放凭证")
TEAM_DUTIES = (  # 种类, 期次, 应报日期
    ("整改方案", "1", "2024-07-28"),
    ("排查台账", "1", "2024-07-31"),
    ("周调度", "1", "2024-07-28"),
    ("周调度", "2", "2024-08-04"),
    ("周调度", "3", "2024-08-11"),
    ("周通报", "1", "2024-07-29"),
    ("周通报", "2", "2024-08-05"),
    ("周通报", "3", "2024-08-12"),
    ("整改报告", "1", "2024-08-15"),
    ("长效机制", "1", "2024-09-10"),
)
VILLAGE_DUTIES = (
    ("动员部署记录", "1", "2024-07-25"),
    ("排查台账", "1", "2024-07-31"),
    ("整改报告", "1", "2024-08-15"),
)
CLEAR = ("村情户情", "帮扶政策", "职责任务", "帮扶工作", "帮扶成效")  # 五个清
WEEKLY = ("周调度", "周通报")
PAPERS = ("排查台账", "整改方案", "整改报告")


def fill(town: Township) -> None:
    """Everything in order, what the cases need kept apart; then the cases, each on a problem or a report of its own."""
    for name in LEDGERS:
        town.tables[name] = []
    dice = town.dice("duty")
    _close_again(town)
    for row in town.tables["problems"]:
        _follow(town, dice, row)
    _report(town, dice)
    _review(town, dice)
    _spoil_problems(town)
    _spoil_reports(town)
    _supervise(town, dice)
    _train(town)
    _call_to_account(town)
    for name in ("problem_log", "case_files", "acceptances"):
        town.tables[name].sort(key=lambda row: row["问题编号"])  # stable: the rest stays in its order


def _late(town: Township, row: Row) -> bool:
    """Whether the time for its acceptance is over."""
    due = row["时限日期"]
    return due is not None and day(due) + town.standards.whole("整改验收天数") < TODAY


def _follow(town: Township, dice: Dice, row: Row) -> None:
    """Log, acceptance and file of one problem, as they should be."""
    closed = row["整改结果"] in CLOSED
    number = row["问题编号"]
    if row["整改进展"]:
        on = row["办结日期"] or iso(day(row["填报日期"]) + 7)
        _log(town, dice, number, on, row["整改进展"])
    if row["整改结果"] == KEPT:
        for on in (TODAY - dice.between(60, 80), TODAY - dice.between(5, 40)):
            _log(town, dice, number, iso(on), "回头看，没有反弹")
    accepted = _late(town, row) and _accept(town, dice, row, closed)
    items = OF_EACH_PROBLEM + (OF_THE_CLOSED if closed else ()) + (OF_THE_ACCEPTED if accepted else ())
    for level in ("镇", "村"):
        for item in items:
            cells = {"问题编号": number, "级别": level, "问题档案项": item, "齐全情况": "齐全"}
            town.tables["case_files"].append(cells)


def _log(town: Township, dice: Dice, number: str, on: str, work: str) -> None:
    cells = {"问题编号": number, "日期": on, "已做的具体工作": work, "佐证": dice.pick(EVIDENCE)}
    town.tables["problem_log"].append(cells | {"记录人": names.full_name(dice)})


def _accept(town: Township, dice: Dice, row: Row, closed: bool) -> bool:
    """Accepted in the first or second round; what is still being put right has been given another term."""
    first = day(row["时限日期"]) + dice.between(5, 15)
    cells = {"问题编号": row["问题编号"], "轮次": 1, "验收日期": iso(first)}
    rounds = town.tables["acceptances"]
    if not closed:
        rounds.append(cells | {"验收结论": "不合格", "限期": iso(TODAY + 16)})
        return False
    if dice.chance(0.1):
        rounds.append(cells | {"验收结论": "不合格", "限期": iso(first + 20)})
        cells |= {"轮次": 2, "验收日期": iso(first + 18)}
    rounds.append(cells | {"验收结论": "合格", "限期": None})
    return True


# --- reports


def _report(town: Township, dice: Dice) -> None:
    units = [(team["专班"], None, "专班", TEAM_DUTIES) for team in town.tables["teams"] if team["专班"]]
    units += [(village.name, village.code, "村", VILLAGE_DUTIES) for village in town.villages]
    for unit, village, kind, duties in units:
        for name, issue, due in duties:
            cells = {"报送单位": unit, "村代码": village, "报送种类": name, "期次": issue}
            town.tables["report_duties"].append(cells | {"单位类型": kind, "应报日期": due})
            handed_in = {"报送日期": iso(day(due) - dice.below(3)), "内容": f"{unit}{name}"}
            town.tables["reports"].append(cells | handed_in)


def _spoil_reports(town: Township) -> None:
    def spoil(audit: str, kinds: tuple[str, ...], units: str, late: bool) -> None:
        dice = town.dice(f"cast:{audit}")
        duties = {(row["报送单位"], row["报送种类"], row["期次"]): row for row in town.tables["report_duties"]}
        reports = [row for row in town.tables["reports"] if row["报送种类"] in kinds]
        wanted = how_many(dice, town.persons, len(reports) * 0.02)
        for place, row in enumerate(dice.shuffled(reports)[: min(wanted, max(0, len(reports) - 1))]):
            key = (row["报送单位"], row["报送种类"], row["期次"])
            if late and place % 2:
                row["报送日期"] = iso(day(duties[key]["应报日期"]) + dice.between(1, 9))
            else:
                town.tables["reports"] = [other for other in town.tables["reports"] if other is not row]
            town.plant(audit, row["村代码"] if units == "村" else "|".join(key))
        if not late and town.persons >= ENOUGH:  # late, which is not missing
            spared = next(row for row in dice.shuffled(reports) if row in town.tables["reports"])
            spared["报送日期"] = "2024-08-20"

    spoil("weekly_report_missing", WEEKLY, "", late=False)
    spoil("rectification_report_missing", PAPERS, "", late=True)
    spoil("kickoff_meeting_missing", ("动员部署记录",), "村", late=True)


# --- findings and their reviews


def _idle(town: Township) -> list[str]:
    return [subject for audit, subject in town.planted if audit == "idle_assets" and isinstance(subject, str)]


def _close_again(town: Township) -> None:
    """A problem that an audit found is said to be put right, and is not."""
    idle = _idle(town)
    if town.persons < ENOUGH or not idle:
        return
    dice = town.dice("cast:problem_closed_but_still_found")
    rows = town.tables["problems"]
    listed = [row for row in rows if row["审计"] == "idle_assets" and row["对象"] in idle]
    row = listed[0] if listed else next(iter(_pool(town, dice, lambda row: row["整改结果"] in CLOSED)), None)
    if row is None:
        return
    asset = {asset["资产编号"]: asset for asset in town.tables["assets"]}[row["对象"] if listed else idle[0]]
    row |= {
        "对照排查内容排查出的具体问题": f"{asset['资产名称']}（{asset['资产编号']}）{asset['使用状态']}",
        "整改措施": f"查明原因，对{asset['资产编号']}公开招租，签订经营合同",
        "整改进展": "11月28日与承租方商定租期和租金，签订意向书",
        "村代码": asset["村代码"],
        "审计": "idle_assets",
        "对象": asset["资产编号"],
        "整改结果": DONE,
        "办结日期": "2024-12-01",
        "整改时限": deadline(TODAY + 16),
        "时限日期": iso(TODAY + 16),
    }
    town.plant("problem_closed_but_still_found", row)


def _review(town: Township, dice: Dice) -> None:
    """Reviews of idle assets: those in 附件1 with the problem's number; one confirmed and not entered."""
    listed = {row["对象"]: row for row in town.tables["problems"] if row["审计"] == "idle_assets"}
    missing = [subject for subject in _idle(town) if subject not in listed]
    wanted = 1 if town.persons >= ENOUGH else 0
    for subject in _idle(town):
        cells: Row = {"审计": "idle_assets", "对象": subject, "期间": None, "核实人": names.full_name(dice)}
        cells |= {"核实结果": "属实", "核实日期": "2024-11-06", "理由": "现场查看，仍在闲置", "有效期": None}
        cells["问题编号"] = listed[subject]["问题编号"] if subject in listed else None
        if subject in missing:
            if missing.index(subject) >= wanted:
                cells |= {"核实结果": "待核", "核实日期": None, "理由": None}
            else:
                town.plant("confirmed_finding_without_problem", f"idle_assets|{subject}")
        town.tables["finding_reviews"].append(cells)


# --- cases of single problems


def _pool(town: Township, dice: Dice, fits: Callable[[Row], bool]) -> list[Row]:
    planted = {id(subject) for _, subject in town.planted}
    problems = (row for row in town.tables["problems"] if id(row) not in planted and row["审计"] is None)
    return dice.shuffled([row for row in problems if fits(row)])


def _of(town: Township, ledger: str, row: Row) -> Iterator[Row]:
    return (other for other in town.tables[ledger] if other["问题编号"] == row["问题编号"])


def _without(town: Township, ledger: str, row: Row, keep: Callable[[Row], bool] = lambda _: False) -> None:
    number = row["问题编号"]
    town.tables[ledger] = [other for other in town.tables[ledger] if other["问题编号"] != number or keep(other)]


def _no_evidence(town: Township, row: Row) -> None:
    for entry in _of(town, "problem_log", row):
        entry["佐证"] = None


def _not_accepted(town: Township, row: Row) -> None:
    _without(town, "acceptances", row)
    _without(town, "case_files", row, lambda other: other["问题档案项"] not in OF_THE_ACCEPTED)


def _rejected(term: str | None) -> Callable[[Township, Row], None]:
    def act(town: Township, row: Row) -> None:
        _without(town, "acceptances", row, lambda other: other["轮次"] == 1)
        for entry in _of(town, "acceptances", row):
            entry |= {"验收结论": "不合格", "限期": term}

    return act


def _file_missing(level: str, state: str) -> Callable[[Township, Row], None]:
    def act(town: Township, row: Row) -> None:
        for entry in _of(town, "case_files", row):
            if entry["级别"] == level and entry["问题档案项"] == "整改报告":
                entry["齐全情况"] = state

    return act


def _no_village_file(town: Township, row: Row) -> None:
    _without(town, "case_files", row, lambda other: other["级别"] == "镇")


def _lapsed(town: Township, row: Row) -> None:
    done = row["办结日期"]
    _without(town, "problem_log", row, lambda other: other["日期"] <= done)


def _untracked(town: Township, row: Row) -> None:
    row["督办人"] = None


def _spoil_problems(town: Township) -> None:
    """Planted and lawful: (audit, which problems, what is done to them)."""

    def closed(row: Row) -> bool:
        return row["整改结果"] in CLOSED and _late(town, row)

    def kept(row: Row) -> bool:
        return row["整改结果"] == KEPT and closed(row)

    def doing(row: Row) -> bool:
        return row["整改结果"] == DOING

    used: set[int] = set()
    scripts = (
        ("problem_closed_without_evidence", closed, (_no_evidence, _not_accepted)),
        ("acceptance_overdue", closed, (_rejected("2024-09-30"), _rejected(None))),
        ("case_file_incomplete", closed, (_no_village_file, _file_missing("镇", "缺"))),
        ("long_term_lapsed", kept, (_lapsed,)),
        ("problem_without_tracker", doing, (_untracked,)),
        ("", closed, (_file_missing("村", "不涉及"),)),
        ("", closed, (_rejected(iso(TODAY)),)),
        ("", lambda row: row["整改结果"] == DONE, (_untracked,)),
    )
    for audit, fits, acts in scripts:
        dice = town.dice(f"cast:{audit or acts[0].__qualname__}")
        rows = [row for row in _pool(town, dice, fits) if id(row) not in used]
        wanted = how_many(dice, town.persons, len(rows) * 0.02) if audit else int(town.persons >= ENOUGH)
        for place, row in enumerate(rows[:wanted]):
            used.add(id(row))
            acts[place % len(acts)](town, row)
            if audit:
                town.plant(audit, row)


def _supervise(town: Township, dice: Dice) -> None:
    """Every village with problems is inspected within its season, but for one where there are villages enough."""
    season: dict[str, tuple[str, str]] = {}
    for row in town.tables["problems"]:
        if row["时限日期"] and day(row["时限日期"]) < TODAY:
            first, last = season.get(row["村代码"], (row["填报日期"], row["时限日期"]))
            season[row["村代码"]] = (min(first, row["填报日期"]), max(last, row["时限日期"]))
    codes = sorted(season)
    skipped = {dice.pick(codes)} if town.persons >= ENOUGH and len(codes) > 2 else set()
    for code in codes:
        first, last = season[code]
        on = day(last) + 12 if code in skipped else dice.between(day(first), day(last))
        if code in skipped:
            town.plant("village_not_supervised", code)
        if on > TODAY:
            continue
        cells = {"督导编号": f"DD{len(town.tables['supervisions']) + 1:04d}", "村代码": code, "专班": "监督执纪专班"}
        cells |= {"督导方式": dice.pick(("明察暗访", "重点督查")), "日期": iso(on), "督导人": names.full_name(dice)}
        town.tables["supervisions"].append(cells | {"发现问题": None, "问题编号": None})


# --- training


def _train(town: Township) -> None:
    """Every official in office passes the test of the season's course, at once or in the second."""
    dice = town.dice("trainings")
    rows = town.tables["cadre_trainings"] = []
    officials = [row for row in town.tables["officials"] if row["角色"] != "村医"]
    audit = "official_not_trained"
    wanted = how_many(dice, town.persons, len(officials) * 0.02)
    chosen = dice.shuffled(officials)[: min(wanted, max(0, len(officials) - 1))]
    spoiled = {row["干部编号"]: place for place, row in enumerate(chosen)}
    for official in officials:
        place = spoiled.get(official["干部编号"])
        if place is not None:
            town.plant(audit, official["干部编号"])
            if place % 2 == 0:
                continue
        course = _course(dice, official["干部编号"], "2024年7月镇村干部轮训班", "2024-07-23")
        rows.append(course)
        if place is not None or dice.chance(0.05):
            course[dice.pick(CLEAR)] = town.standards.whole("五个清合格分数") - dice.between(1, 20)
            if place is None:
                rows.append(_course(dice, official["干部编号"], "2024年9月镇村干部补训班", "2024-09-12"))


def _course(dice: Dice, number: str, name: str, on: str) -> Row:
    cells: Row = {"班次": name, "干部编号": number, "日期": on, "培训内容": "巩固衔接政策", "学时": 8}
    return cells | {subject: dice.between(66, 98) for subject in CLEAR}


# --- called to account


def _call_to_account(town: Township) -> None:
    """Whoever let problems run over their time again and again was called, except where that is planted."""
    audit = "repeat_offender_not_called"
    dice = town.dice(f"{audit}:called")
    late: dict[str, list[Row]] = {}
    for name, row in town.planted:
        if name == "problem_overdue" and isinstance(row, dict):
            late.setdefault(row["牵头单位"], []).append(row)
    numbers = {row["名称"]: row["单位编号"] for row in town.tables["organisations"]}
    again = [unit for unit in sorted(late) if len(late[unit]) >= town.standards.whole("多次超期次数")]
    wanted = min(how_many(dice, town.persons, len(again) * 0.2), max(0, len(again) - 1))
    spared = set(dice.shuffled(again)[:wanted])
    rows = town.tables["accountability"] = []
    for place, unit in enumerate(sorted(late)):
        if unit in spared:
            town.plant(audit, numbers.get(unit, unit))
            continue
        if unit not in again and place % 3:
            continue
        first = min(late[unit], key=lambda row: (row["时限日期"], row["问题编号"]))
        on = min(TODAY, day(first["时限日期"]) + dice.between(5, 40))
        cells = {"记录编号": f"YT{len(rows) + 1:04d}", "约谈对象": unit if place % 2 else first["责任人"]}
        cells |= {"单位编号": numbers.get(unit) if place % 2 else None, "事由": "问题整改超过时限"}
        cells |= {"形式": dice.pick(("提醒谈话", "工作约谈", "通报批评")), "日期": iso(on)}
        rows.append(cells | {"问题编号": first["问题编号"] if place % 3 == 1 else None})
