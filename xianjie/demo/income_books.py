"""What a household earns and draws in a year of reckoning, in fen: rows of the income ledger that close."""

from __future__ import annotations

from typing import Any

from xianjie.demo import names, unnoticed, watching
from xianjie.demo.benefits import DIBAO, KEPT, PENSION, benefits, payments
from xianjie.demo.days import THIS_YEAR, day, iso, month, month_text
from xianjie.demo.dice import Dice
from xianjie.demo.model import Household, Township

Row = dict[str, Any]


POST = "公益性岗位补贴"


MEASURES = (
    (3, "介绍到县城企业务工", "月增收2000元"),
    (5, "提供就业岗位信息", "稳定务工6个月"),
    (8, "发放种植补贴", "增收800元"),
    (12, "发展庭院经济", "年增收1500元"),
    (19, "资产收益分红", "年增收500元"),
    (27, "落实社会保障待遇", "按月足额领取"),
)


def money(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def fen(text: object) -> int:
    return round(float(str(text)) * 100) if text not in (None, "") else 0


class Drawn:
    """What households draw in a year of reckoning (October to September), in fen."""

    def __init__(self, town: Township) -> None:
        self._monthly: dict[tuple[str, str], list[tuple[int, int | None, int]]] = {}
        for benefit in benefits(town):
            if benefit.item in (DIBAO, KEPT, PENSION):
                key = benefit.person.household.number, benefit.item
                self._monthly.setdefault(key, []).append((benefit.first, benefit.last, fen(benefit.amount)))
        self._paid: dict[tuple[str, str], int] = {}  # what the payments show of this year of reckoning
        known = {household.number for household in town.households if household.lifted or household.monitored}
        first, last = month(f"{THIS_YEAR - 1}-10"), month(f"{THIS_YEAR}-09")
        for person, payment in payments(town):
            number = person.household.number
            if number in known and first <= payment.first <= last and payment.state == "已发放":
                key = number, payment.item
                self._paid[key] = self._paid.get(key, 0) + fen(payment.amount)
        self._posts = _by_household(town, "post_attendance", "发放金额")

    def year(self, household: Household, item: str, year: int) -> int:
        """What is due in a year of reckoning; this year no less than was paid, and nothing where nothing was."""
        first, last = month(f"{year - 1}-10"), month(f"{year}-09")
        total = 0
        for begun, ended, amount in self._monthly.get((household.number, item), ()):
            end = last if ended is None else min(ended, last)
            total += max(0, end - max(begun, first) + 1) * amount
        paid = self.paid(household, item)
        return (max(total, paid) if paid else 0) if year == THIS_YEAR else total

    def paid(self, household: Household, item: str) -> int:
        """What was paid this year of reckoning, as far as the payments show it."""
        return self._paid.get((household.number, item), 0)

    def post(self, household: Household) -> int:
        """The pay of its public-welfare posts: of the attendance ledger or of the payments, whichever shows more."""
        return max(self.paid(household, POST), self._posts.get(household.number, 0))


def _claims(town: Township) -> dict[tuple[str, int], int]:
    """(户编号, 年度) -> 合规自付 that the medical claims of a year of reckoning show."""
    homes = unnoticed.homes(town)
    total: dict[tuple[str, int], int] = {}
    for row in town.tables.get("medical_claims", []):
        on = row.get("结算日期") or row.get("就诊日期")
        home = homes.get(row["身份证号"])
        if on and home:
            year = int(on[:4]) + (on[5:7] >= "10")
            total[home, year] = total.get((home, year), 0) + fen(row.get("合规自付"))
    return total


def _by_household(town: Township, ledger: str, column: str) -> dict[str, int]:
    """户编号 -> the sum of a column over this year of reckoning, of a ledger with a row for each person and month."""
    homes = unnoticed.homes(town)
    total: dict[str, int] = {}
    first, last = month_text(month(f"{THIS_YEAR - 1}-10")), month_text(month(f"{THIS_YEAR}-09"))
    for row in town.tables.get(ledger, []):
        home = homes.get(row["身份证号"])
        if home and first <= (row.get("月份") or "") <= last:
            total[home] = total.get(home, 0) + fen(row.get(column))
    return total


class Books:
    """The income ledger while it is being made."""

    def __init__(self, town: Township, above: set[str]) -> None:
        self.town, self.dice, self.above = town, town.dice("income"), above
        self.line = watching.line(town) * 100
        self.drawn, self.claims = Drawn(town), _claims(town)
        self.wages = _by_household(town, "employment_months", "月收入")
        self.collectors = {village.code: names.full_name(self.dice) for village in town.villages}

    def poor(self, household: Household) -> bool:
        return household.monitored != "" and household.risk_gone == "否" and household.number not in self.above

    def row(self, household: Household, year: int, per_head: int) -> Row:
        """A row that closes: the wages make up what is missing to the income aimed at."""
        dice, size = self.dice, max(1, sum(p.together != "否" for p in household.living))
        able = bool(watching.workers(household))
        post = self.drawn.post(household) if year == THIS_YEAR else 0
        poor_help, kept, pension = (self.drawn.year(household, item, year) for item in (DIBAO, KEPT, PENSION))
        farm = dice.between(100000, 900000) if household.farmland else 0
        costs = farm * dice.between(20, 45) // 100
        dividend = dice.between(20000, 80000) if dice.chance(0.4) else 0
        rent = dice.between(10000, 90000) if dice.chance(0.3) else 0
        other_help = dice.between(20000, 150000)
        known = post + poor_help + kept + pension + farm - costs + dividend + rent + other_help
        wages = max(per_head * size - known, 0)
        if year == THIS_YEAR:
            wages = max(wages, self.wages.get(household.number, 0))
        gifts = 0
        if not able and wages and not self.wages.get(household.number):
            gifts, wages = wages, 0  # 赡养费: the children's support
        paid = self.claims.get((household.number, year), 0)
        return self.close(
            {
                "户编号": household.number,
                "年度": year,
                "家庭人口数": size,
                "公益性岗位收入": post,
                "其他工资性收入": wages,
                "生产经营性收入": farm,
                "资产收益分红": dividend,
                "其他财产性收入": rent,
                "最低生活保障金": poor_help,
                "特困供养金": kept,
                "养老金": pension,
                "计划生育金": 0,
                "生态补偿金": 0,
                "其他转移性收入": other_help + gifts,
                "生产经营性支出": costs,
                "合规自付支出": paid or (dice.between(0, 60000) if dice.chance(0.3) else 0),
                "理赔收入": 0,
                "采集人": self.collectors[household.village.code],
                "农户签字": "是",
                "生产支出补贴": 0,
                "采集日期": iso(day(f"{year}-10-01") + dice.between(3, 13)),
            }
        )

    @staticmethod
    def close(row: Row) -> Row:
        row["工资性收入"] = row["公益性岗位收入"] + row["其他工资性收入"]
        row["财产性收入"] = row["资产收益分红"] + row["其他财产性收入"]
        row["转移性收入"] = sum(
            row[k] for k in ("最低生活保障金", "特困供养金", "养老金", "计划生育金", "生态补偿金", "其他转移性收入")
        )
        earned = row["工资性收入"] + row["生产经营性收入"] + row["财产性收入"] + row["转移性收入"]
        row["纯收入"] = earned - row["生产经营性支出"]
        row["人均纯收入"] = round(row["纯收入"] / row["家庭人口数"])
        return row

    def raise_to(self, row: Row, fen: int) -> None:
        """More support from the children, until the income after medical costs reaches so much a head."""
        short = fen * row["家庭人口数"] + row["合规自付支出"] - row["理赔收入"] - row["纯收入"]
        if short > 0:
            row["其他转移性收入"] += short
        self.close(row)

    def both_years(self, household: Household) -> tuple[Row, Row]:
        dice = self.dice
        if self.poor(household):
            per_head = self.line - dice.between(40000, 90000)  # not so poor as to be due 低保
            return self.row(household, THIS_YEAR - 1, per_head - 30000), self.row(household, THIS_YEAR, per_head)
        per_head = self.line + dice.between(170000, 1620000)
        share = 112 if self.town.count("households reckoned") % 7 == 3 else 93  # some earned more the year before
        before, now = (
            self.row(household, THIS_YEAR - 1, per_head * share // 100),
            self.row(household, THIS_YEAR, per_head),
        )
        self.raise_to(now, self.line + dice.between(70000, 120000))
        return before, now


MONEY = (
    "公益性岗位收入",
    "其他工资性收入",
    "生产经营性收入",
    "资产收益分红",
    "其他财产性收入",
    "最低生活保障金",
    "特困供养金",
    "养老金",
    "计划生育金",
    "生态补偿金",
    "其他转移性收入",
    "生产经营性支出",
    "纯收入",
    "人均纯收入",
    "合规自付支出",
    "理赔收入",
    "工资性收入",
    "财产性收入",
    "转移性收入",
    "生产支出补贴",
)


def analysis(dice: Dice, row: Row) -> Row:
    return {
        "户编号": row["户编号"],
        "年度": row["年度"],
        "原因": dice.pick(("主要劳动力返乡", "农产品价格下跌", "家庭人口增加", "生病减少务工")),
        "研判日期": iso(day(f"{THIS_YEAR}-10-20") + dice.below(20)),
        "研判人": names.full_name(dice),
        "结论": dice.pick(("介绍到县城务工", "纳入技能培训", "暂无返贫风险，继续关注")),
    }


def measure(dice: Dice, number: str) -> Row:
    order, what, effect = dice.pick(MEASURES)
    return {
        "户编号": number,
        "举措序号": order,
        "日期": iso(day(f"{THIS_YEAR}-01-10") + dice.below(300)),
        "举措内容": what,
        "效果": effect,
        "责任人": names.full_name(dice),
    }
