"""What can be wrong with a project's papers, one function each; cases_funds says which audit looks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xianjie.demo.casting import Deed, Stage
from xianjie.demo.days import TODAY, day, iso
from xianjie.demo.fate import recent
from xianjie.demo.funds_papers import REPAIRS, Papers, cents, papers_of, reserve
from xianjie.demo.works import Kind, money, place, project

Act = Callable[[Stage, Papers], None]


OFFICE = "镇财政所"


def on_project(
    act: Act, year: int = 2024, subject: Callable[[Papers], str] | None = None, kind: Kind | None = None, **dates: Any
) -> Deed:
    """A lawful project of a year, then what is wrong with it (or only looks so)."""

    def deed(stage: Stage) -> None:
        town, dice = stage.town, stage.dice
        done = day("2023-09-01") if year == 2023 else None
        row = project(town, dice, place(town, dice), kind or dice.pick(REPAIRS), year, done)
        row.update({column: value(stage) for column, value in dates.items()})
        papers = papers_of(town, dice, row)
        act(stage, papers)
        papers.hand_in(town)
        stage.subject(subject(papers) if subject else row["项目编号"])

    return deed


def contract(papers: Papers) -> str:
    return papers.rows["contracts"][0]["合同编号"]


def _last_payment(papers: Papers) -> str:
    return papers.rows["project_payments"][-1]["支付编号"]


def progress(papers: Papers) -> str:
    return papers.payment("进度款")["支付编号"]


def nothing(stage: Stage, papers: Papers) -> None:
    """All in order."""


# --- FUN01


def library(days_after: str, days: int) -> Act:
    def act(stage: Stage, papers: Papers) -> None:
        row = papers.project
        row["入库日期"] = iso(day(row[days_after]) + days)
        row["批复日期"] = max(row["批复日期"], min(row["入库日期"], row["下达日期"]))

    return act


def not_in_library(stage: Stage, papers: Papers) -> None:
    papers.project["入库日期"] = None


# --- FUN02


def no_notice(level: str, stage_name: str) -> Act:
    def act(stage: Stage, papers: Papers) -> None:
        rows = papers.rows["disclosures"]
        papers.rows["disclosures"] = [r for r in rows if (r["公示级次"], r["环节"]) != (level, stage_name)]

    return act


def shown(short_of: int) -> Act:
    def act(stage: Stage, papers: Papers) -> None:
        row = stage.dice.pick(papers.rows["disclosures"])
        length = stage.threshold("公示天数") - 1 - short_of  # the first and the last day both count
        row["终止日期"] = iso(day(row["起始日期"]) + length)

    return act


# --- FUN04


def spent_little(stage: Stage, papers: Papers) -> None:
    papers.unpaid("进度款", "验收款")


# --- FUN05


def paid(extra: int) -> Act:
    def act(stage: Stage, papers: Papers) -> None:
        row = dict(papers.payment("验收款"))
        row |= {"支付编号": f"ZF{stage.town.count('project payments'):05d}", "节点": "结算款", "金额": money(extra)}
        papers.rows["project_payments"].append(row)

    return act


def settled_higher(stage: Stage, papers: Papers) -> None:
    """Changed with leave: more than the contract, not more than was settled."""
    contract = papers.rows["contracts"][0]
    contract["金额"] = money(cents(contract["金额"]) * 95 // 100)


# --- FUN06


def paid_to(name: str, kind: str) -> Act:
    def act(stage: Stage, papers: Papers) -> None:
        papers.payment("进度款").update({"收款方": name, "收款方类型": kind})

    return act


# --- FUN07


def too_early(stage: Stage, papers: Papers) -> None:
    made = papers.milestone("进度款")
    made["达成日期"] = iso(day(papers.payment("进度款")["实付日期"]) + 25)


def not_reached(stage: Stage, papers: Papers) -> None:
    papers.milestone("进度款")["达成日期"] = None


def late(beyond: int) -> Act:
    def act(stage: Stage, papers: Papers) -> None:
        paid = papers.payment("进度款")
        due = iso(day(paid["实付日期"]) - stage.threshold("付款宽限天数") - beyond)
        paid["应付日期"] = papers.milestone("进度款")["应付日期"] = due
        papers.milestone("进度款")["达成日期"] = iso(day(due) - 5)

    return act


# --- FUN08


def transfer(passed_on: int) -> Act:
    """The progress payment goes to the town's office, which passes on so many percent of it."""

    def act(stage: Stage, papers: Papers) -> None:
        paid = papers.payment("进度款")
        onward = dict(paid)
        paid.update({"收款方": OFFICE, "收款方类型": "乡镇"})
        if passed_on:
            onward["支付编号"] = f"ZF{stage.town.count('project payments'):05d}"
            onward["金额"] = money(cents(paid["金额"]) * passed_on // 100)
            onward["上级支付编号"] = paid["支付编号"]
            onward["实付日期"] = iso(day(paid["实付日期"]) + 8)
            papers.rows["project_payments"].append(onward)

    return act


# --- FUN09, FUN10


def vague(**cells: Any) -> Act:
    def act(stage: Stage, papers: Papers) -> None:
        papers.rows["performance"][0].update(cells)

    return act


def no_goals(stage: Stage, papers: Papers) -> None:
    papers.rows["performance"] = []


def goals(**cells: Any) -> Act:
    def act(stage: Stage, papers: Papers) -> None:
        for row in papers.rows["performance"]:
            row.update(cells)

    return act


# --- FUN11


def _not_begun(stage: Stage, papers: Papers) -> None:
    """Funded in autumn, so that nobody expects it to be spent yet."""
    for name in ("contracts", "contract_milestones", "project_payments"):
        papers.rows[name] = []
    for row in papers.rows["performance"]:
        row["中期日期"] = row["中期值"] = None


_UNBEGUN = {
    "入库日期": lambda stage: recent(160),
    "批复日期": lambda stage: recent(110),
    "下达日期": lambda stage: recent(80),
    "计划开工": lambda stage: recent(stage.threshold("开工宽限天数") + 10),
    "计划竣工": lambda stage: TODAY + 150,
}


def unbegun(act: Act, **dates: Callable[[Stage], int]) -> Deed:
    cells = {name: (lambda stage, value=value: iso(value(stage))) for name, value in (_UNBEGUN | dates).items()}
    blank = {name: (lambda stage: None) for name in ("竣工日期", "验收日期", "结算金额")}
    return on_project(act, **cells, **blank)


def never_begun(stage: Stage, papers: Papers) -> None:
    _not_begun(stage, papers)
    papers.project["开工日期"] = None


def overrun(beyond: int) -> Act:
    def act(stage: Stage, papers: Papers) -> None:
        papers.project["计划竣工"] = iso(recent(stage.threshold("竣工宽限天数") + beyond))

    return act


UNFINISHED = {name: (lambda stage: None) for name in ("竣工日期", "验收日期", "结算金额")}


UNACCEPTED = {name: (lambda stage: None) for name in ("验收日期", "结算金额")}


def finished(beyond: int) -> Act:
    def act(stage: Stage, papers: Papers) -> None:
        papers.project["竣工日期"] = iso(recent(stage.threshold("竣工验收天数") + beyond))

    return act


# --- FUN12


def kept(stage: Stage, papers: Papers) -> None:
    papers.unpaid("质保金")
    papers.milestone("质保金")["退还日期"] = None


def retention(percent: str) -> Act:
    def act(stage: Stage, papers: Papers) -> None:
        papers.rows["contracts"][0]["质保金比例"] = percent

    return act


# --- FUN13, FUN14


def file(item: str, state: str | None) -> Act:
    def act(stage: Stage, papers: Papers) -> None:
        rows = papers.rows["project_files"]
        if state is None:
            papers.rows["project_files"] = [row for row in rows if row["项目档案项"] != item]
        else:
            next(row for row in rows if row["项目档案项"] == item)["齐全情况"] = state

    return act


def on_reserve(act: Act) -> Deed:
    def deed(stage: Stage) -> None:
        papers = reserve(stage.town, stage.dice)
        act(stage, papers)
        papers.hand_in(stage.town)
        stage.subject(papers.project["项目编号"])

    return deed


def no_goal_at_all(stage: Stage, papers: Papers) -> None:
    file("绩效目标表", None)(stage, papers)
    papers.rows["performance"] = []


# --- FUN15


def unsupervised(stage: Stage, papers: Papers) -> None:
    papers.rows["contracts"][0]["监理单位"] = None


def goods(stage: Stage, papers: Papers) -> None:
    """Goods need no supervisor."""
    papers.rows["contracts"][0].update({"监理单位": None, "合同名称": "街巷整修材料设备采购合同"})


def accepted_before_done(stage: Stage, papers: Papers) -> None:
    papers.project["竣工日期"] = iso(day(papers.project["验收日期"]) + 4)


def changed(percent: int, paper: bool) -> Act:
    """Settled at so many percent of the contract."""

    def act(stage: Stage, papers: Papers) -> None:
        contract = papers.rows["contracts"][0]
        contract["金额"] = money(cents(papers.project["结算金额"]) * 100 // percent + 1)
        if paper:
            number = papers.project["项目编号"]
            papers.put("project_files", 项目编号=number, 项目档案项="变更资料", 齐全情况="齐全")

    return act
