"""What lifted and watched households earn in two years and what is done about it; monitoring comes with it."""

from __future__ import annotations

from xianjie.demo import monitoring, unnoticed, watching
from xianjie.demo.cases_income import plants
from xianjie.demo.casting import ENOUGH
from xianjie.demo.days import THIS_YEAR, TODAY, day, iso
from xianjie.demo.income_books import MONEY, Books, Row, analysis, fen, measure, money
from xianjie.demo.model import Township
from xianjie.demo.village_sales import sell


def reckon(town: Township, above: set[str]) -> None:
    """Fill incomes, income_measures, income_analyses, village_products and consumption_aid.

    `above`: the watched households whose income is above the line.
    """
    books = Books(town, above)
    dice = books.dice
    homes = [h for h in town.households if (h.lifted or h.monitored) and any(p.together != "否" for p in h.living)]
    before: dict[str, Row] = {}
    now: dict[str, Row] = {}
    for household in homes:
        before[household.number], now[household.number] = books.both_years(household)
    no_measure: set[str] = set()
    no_analysis: set[str] = set()
    if town.persons >= ENOUGH and homes:
        no_measure, no_analysis = plants(books, homes, before, now)
    analyses, measures = [], []
    for household in homes:
        number = household.number
        fell = now[number]["人均纯收入"] < before[number]["人均纯收入"]
        if fell and number not in no_analysis:
            analyses.append(analysis(dice, now[number]))
        if number not in no_measure:
            measures.append(measure(dice, number))
    rows = [row for household in homes for row in (before[household.number], now[household.number])]
    for row in rows:
        row |= {column: money(row[column]) for column in MONEY}
    town.tables["incomes"] = rows
    town.tables["income_measures"], town.tables["income_analyses"] = measures, analyses
    sell(town, dice)


def fill(town: Township) -> None:
    """Monitoring and income together: who is watched and what they earn hang on each other."""
    above = monitoring.watch_over(town)
    unnoticed.give_clues(town, unnoticed.fall_ill(town))
    reckon(town, above)
    _begin_clearing(town)
    unnoticed.neglect_system(town)


def _begin_clearing(town: Township) -> None:
    """Whoever earns enough after all is on the way to being cleared, except where that is planted."""
    planted = {subject for audit, subject in town.planted if audit == "clearing_overdue"}
    least = watching.line(town) * 100
    enough = {
        row["户编号"]
        for row in town.tables["incomes"]
        if row["年度"] == THIS_YEAR and fen(row["纯收入"]) - fen(row["合规自付支出"]) >= least * row["家庭人口数"]
    }
    for case in town.tables["monitoring_cases"]:
        open_for_long = not case.get("消除日期") and day(case["审定日期"]) < TODAY - 180
        if open_for_long and case["户编号"] in enough and case["监测编号"] not in planted:
            case["消除评议日期"] = iso(TODAY - 5)
