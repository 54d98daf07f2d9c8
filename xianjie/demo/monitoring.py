"""Monitoring from clue to clearing: who is watched, what is spoilt, and what the town and its villages do besides."""

from __future__ import annotations

from xianjie.demo.cases_monitoring import plant
from xianjie.demo.days import month_of
from xianjie.demo.model import Household, Township
from xianjie.demo.monitoring_rounds import meetings, other_clues, publicity, screen
from xianjie.demo.watched import on_own_care
from xianjie.demo.watching import Watch, floored, open_case


def _first_loans(town: Township) -> dict[str, int]:
    first: dict[str, int] = {}
    for loan in town.loans:
        number = loan.borrower.household.number
        first[number] = min(first.get(number, loan.signed), loan.signed)
    return first


def keep_floored(town: Township) -> None:
    """Households without anybody able to work that live on relief are never cleared."""
    for household in town.households:
        if household.risk_gone == "是" and floored(household) and not on_own_care(household):
            household.risk_gone = "否"


def watch_over(town: Township) -> set[str]:
    """Fill the ledgers of monitoring; gives back the 户编号 whose income must be above the line though watched."""
    dice = town.dice("monitoring")
    town.tables["clues"] = []
    lent = _first_loans(town)
    watches = []
    for household in town.households:
        if household.monitored:
            before = None if household.lifted else lent.get(household.number)
            watch = open_case(town, dice, household, before)
            if watch.cleared is not None and not on_own_care(household) and _once_kept(household, watch.cleared):
                _keep(watch)
            watches.append(watch)
    kept = {w.household.number for w in watches if w.cleared is not None and on_own_care(w.household)}
    ripe = plant(town, dice, watches, lent)
    planted = {subject for audit, subject in town.planted if audit == "unclearable_case_cleared"}
    for watch in watches:
        if watch.household.number in kept and watch.row["监测编号"] not in planted:
            _keep(watch)
    tables = town.tables
    written = [watch for watch in watches if watch.in_ledger]
    tables["monitoring_cases"] = [watch.row for watch in written]
    tables["monitoring_risks"] = [
        {"监测编号": w.row["监测编号"], "风险类型": kind, "备注": note} for w in written for kind, note in w.risks
    ]
    tables["monitoring_measures"] = [{"监测编号": w.row["监测编号"]} | row for w in written for row in w.measures]
    for watch in watches:
        if not watch.in_ledger and watch.clue is not None:
            tables["clues"].remove(watch.clue)
            ripe.add(watch.household.number)
    other_clues(town, dice)
    meetings(town, dice)
    publicity(town, dice)
    screen(town, dice)
    return ripe


def _once_kept(household: Household, day: int) -> bool:
    """Somebody drew 特困 at home or the full 低保 in that month, and no longer does: died, or moved away."""
    return any(
        r.last is not None
        and r.first <= month_of(day) <= r.last
        and ((r.kind == "特困" and r.support == "分散供养") or (r.kind == "低保" and r.tier == "全额"))
        for p in household.members
        for r in p.relief
    )


def _keep(watch: Watch) -> None:
    """特困 at home: not cleared after all."""
    watch.household.risk_gone, watch.cleared = "否", None
    for column in [column for column in watch.row if column.startswith("消除")]:
        watch.row[column] = None
