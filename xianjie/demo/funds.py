"""The ledgers of project funds: papers of the projects there are, some reserve projects, and the cases."""

from __future__ import annotations

from xianjie.demo import cases_funds
from xianjie.demo.funds_papers import LEDGERS, papers_of, reserve
from xianjie.demo.model import Township


def fill(town: Township) -> None:
    """The papers of the projects there are, a few reserve projects, then the cases, each with a project of its own."""
    dice = town.dice("funds")
    for name in LEDGERS:
        town.tables[name] = []
    since = town.standards.whole("资金项目核查起始年度")
    for row in list(town.tables["projects"]):
        if row["下达日期"] and int(row["下达日期"][:4]) >= since and row["项目类别"]:
            papers_of(town, dice, row).hand_in(town)
    if town.tables["projects"]:
        for _ in range(dice.amount(town.persons / 500)):
            reserve(town, dice).hand_in(town)
        cases_funds.spoil(town)
    town.tables["projects"].sort(key=lambda row: row["项目编号"])
    town.tables["contracts"].sort(key=lambda row: row["合同编号"])
    town.tables["project_payments"].sort(key=lambda row: row["支付编号"])
