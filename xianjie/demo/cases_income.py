"""What goes wrong in the income ledger, and what only looks so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xianjie.demo import welfare
from xianjie.demo.benefits import PENSION
from xianjie.demo.casting import how_many
from xianjie.demo.days import THIS_YEAR, TODAY
from xianjie.demo.dice import Dice
from xianjie.demo.income_books import Books, Row
from xianjie.demo.model import Household
from xianjie.demo.watched import COPIED


def _copy(books: Books, homes: list[Household], now: dict[str, Row]) -> None:
    """Three neighbours with the same figures; only what their households draw by law differs."""
    rows = [now[household.number] for household in homes]
    model = rows[0]
    same = (
        max(sum(row[k] for k in ("公益性岗位收入", "最低生活保障金", "特困供养金", "养老金")) for row in rows) + 50000
    )
    for row, household in zip(rows, homes, strict=True):
        own = sum(row[k] for k in ("公益性岗位收入", "最低生活保障金", "特困供养金", "养老金"))
        for column in ("其他工资性收入", "生产经营性收入", "生产经营性支出"):
            row[column] = model[column]
        row["资产收益分红"] = row["其他财产性收入"] = 0
        row["其他转移性收入"] = same - own
        books.close(row)
        books.town.plant("income_copied", household.number)


def _misfile(books: Books, homes: list[Household], now: dict[str, Row], dice: Dice) -> None:
    """What stands under one heading of the income belongs under another: the sum is right, the ledgers say otherwise.

    That spoils nothing for the other audits, so it may befall watched households too.
    """
    town, drawn = books.town, books.drawn
    spoilt = {subject for audit, subject in town.planted if audit in ("income_copied", "income_arithmetic")}
    pool = dice.shuffled([household for household in homes if not household.case and household.number not in spoilt])

    def take(fits: Callable[[Household], bool]) -> Household | None:
        found = next((household for household in pool if fits(household)), None)
        if found is not None:
            pool.remove(found)
        return found

    tolerance = town.standards.whole("收入核对容差") * 100
    for _ in range(max(1, len(pool) // 120)):
        if home := take(lambda h: drawn.paid(h, PENSION) > tolerance):
            _shift(now[home.number], "养老金", "其他转移性收入", now[home.number]["养老金"])
            town.plant("income_contradicts_ledgers", home.number)
        if home := take(lambda h: not drawn.post(h) and now[h.number]["其他工资性收入"] > 900000):
            _shift(now[home.number], "其他工资性收入", "公益性岗位收入", 600000)  # of a post nobody was paid for
            town.plant("income_contradicts_ledgers", home.number)
        if home := take(lambda h: drawn.paid(h, PENSION) > tolerance):  # lawful: a few yuan less than was paid
            less = now[home.number]["养老金"] - drawn.paid(home, PENSION) + tolerance // 2
            _shift(now[home.number], "养老金", "其他转移性收入", less)


def _in_need(books: Books, homes: list[Household], before: dict[str, Row], now: dict[str, Row], used: set[str]) -> None:
    """Watched households poor enough for 低保: not on it; the last one has just applied, which is lawful."""
    audit, town = "should_be_on_welfare", books.town
    dice = town.dice(f"cast:{audit}")
    limit = town.standards.whole("农村低保标准") * 100
    applied = {row["户编号"] for row in town.tables["welfare_applications"]}
    wanted = how_many(dice, town.persons, town.persons * 0.0005) + 1
    for household in dice.shuffled(homes):
        free = not household.case and not household.also and household.number not in applied
        if wanted == 0 or not free or not books.poor(household) or any(p.relief for p in household.members):
            continue
        row = books.row(household, THIS_YEAR, limit - dice.between(60000, 180000))
        if row["人均纯收入"] >= limit:
            continue
        now[household.number] = row
        before[household.number] = books.row(household, THIS_YEAR - 1, row["人均纯收入"] - 60000)
        wanted -= 1
        used.add(household.number)
        if wanted:
            town.plant(audit, household.number)
        else:
            applying = welfare.application(town, dice, household.head, "办理中", TODAY - 12)
            town.tables["welfare_applications"].append(applying)


def _shift(row: Row, source: str, target: str, fen: int) -> None:
    """Enter under one heading what belongs under another."""
    row[source] -= fen
    row[target] += fen
    Books.close(row)


def plants(
    books: Books, homes: list[Household], before: dict[str, Row], now: dict[str, Row]
) -> tuple[set[str], set[str]]:
    """Spoil some; gives back whose measures and whose analyses are to be missing."""
    town, dice = books.town, town_dice(books)
    pool = dice.shuffled([h for h in homes if not h.case and h.lifted and not h.monitored])
    used: set[str] = set()

    def take(fits: Any = lambda h: True) -> Household | None:
        found = next((h for h in pool if h.number not in used and fits(h)), None)
        if found is not None:
            used.add(found.number)
        return found

    looked_into = {row["户编号"] for row in town.tables["clues"] if row["处理结果"] == "核实中"}

    def free(household: Household) -> bool:
        number = household.number
        return (number, THIS_YEAR) not in books.claims and number not in books.wages and number not in looked_into

    large = town.standards.whole("大额自付支出") * 100
    costly = [household for household in pool if books.claims.get((household.number, THIS_YEAR), 0) >= large]
    used.update(household.number for household in costly)
    for household in costly[: (len(costly) + 1) // 2]:  # from the others it is deducted: lawful
        now[household.number]["合规自付支出"] = 0
        town.plant("medical_costs_not_deducted", household.number)
    limit = town.standards.whole("收入雷同户数")
    trio = [household for household in homes if household.case == COPIED]
    if len(trio) >= limit:
        used.update(household.number for household in trio)
        if now[trio[0].number]["其他工资性收入"] == 0:
            now[trio[0].number]["其他工资性收入"] = 2400000
        model = now[trio[0].number]  # earns enough for the largest family of the three
        largest = max(now[household.number]["家庭人口数"] for household in trio)
        model["其他工资性收入"] = max(model["其他工资性收入"] + 3000000, (books.line + 50000) * largest)
        _copy(books, trio, now)
        for household in trio:
            before[household.number] = books.row(household, THIS_YEAR - 1, 300000)
    no_measure: set[str] = set()
    no_analysis: set[str] = set()
    for _ in range(max(1, len(pool) // 120)):
        if home := take(free):  # falls below the line only once the costs are taken off
            row = now[home.number]
            row["合规自付支出"] = row["纯收入"] - (books.line - 80000) * row["家庭人口数"]
            town.plant("below_line_not_monitored", home.number)
        if home := take(free):  # lawful: as much, and the insurance of accidents paid most of it
            row = now[home.number]
            row["合规自付支出"] = row["纯收入"] - (books.line - 80000) * row["家庭人口数"]
            row["理赔收入"] = 110000 * row["家庭人口数"]
        if home := take(free):  # lawful: under this year's line the year before
            before[home.number] = books.row(home, THIS_YEAR - 1, books.line - 40000)
        if home := take():
            now[home.number]["转移性收入"] += 50000
            town.plant("income_arithmetic", home.number)
        if home := take():
            now[home.number][dice.pick(("采集人", "农户签字"))] = None
            town.plant("income_unsigned", home.number)
        if home := take():
            before[home.number]["其他转移性收入"] += now[home.number]["人均纯收入"] * 30
            books.close(before[home.number])
            no_analysis.add(home.number)
            town.plant("income_fell_without_analysis", home.number)
    _in_need(books, [h for h in homes if h.number not in used], before, now, used)
    _misfile(books, homes, now, dice)
    ranked = sorted(homes, key=lambda h: (now[h.number]["人均纯收入"], h.number))
    fifth = ranked[: len(ranked) * town.standards.whole("最低收入户比例") // 100]
    for household in [h for h in fifth if not h.case and h.number not in used][: max(1, len(ranked) // 200)]:
        no_measure.add(household.number)
        town.plant("lowest_fifth_without_plan", household.number)
    return no_measure, no_analysis


def town_dice(books: Books) -> Dice:
    return books.town.dice("income:cases")
