"""脱贫人口小额信贷: lawful loans with what is done after them, and the rows of both ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xianjie.demo.days import TODAY, age, day, in_month, iso, month_of, year_of
from xianjie.demo.dice import Dice
from xianjie.demo.model import Household, Loan, Person, Township

BANKS = ("农商行刘胡兰支行", "邮储银行刘胡兰营业所", "农行刘胡兰分理处")
AMOUNTS = (20000, 30000, 40000, 50000, 50000, 50000)

# Production and trade, among them words that also occur in what is forbidden.
USES = (
    "养殖肉羊", "养殖肉牛", "养殖蛋鸡", "种植玉米", "种植酥梨", "种植大棚蔬菜", "购买饲料", "购买化肥农药种子",
    "购买农用三轮车", "购买收割机", "经营小卖部", "经营饭店", "加工豆腐", "购买仔猪", "承包土地种植高粱",
    "修建羊圈", "经营农资门市", "购买货车跑运输",
)  # fmt: skip
LOOK_ALIKE_USES = (
    "建羊房养殖肉羊", "新建鸡房扩大养殖", "修建粮食库房", "租用厂房加工粉条", "经营婚庆用品店", "开婚纱摄影店",
    "购三轮车收购粮食", "购农用车拉运蔬菜", "装修门市经营熟食", "装修农家乐", "开办家具厂", "经营家电维修部",
    "经营结婚用品店", "购置养蜂箱具", "经营生活用品超市",
)  # fmt: skip


def rate_on(town: Township, signed: int, months: int) -> int:
    """The LPR that caps a loan of so many months, in hundredths of a percent."""
    return int(town.standards.amount("LPR", "1年期" if months <= 12 else "5年期以上", signed) * 100)


def most(town: Township) -> int:
    """What a household may be lent with its interest paid for it, in 元."""
    return town.standards.whole("小额信贷贴息额上限")


def borrower_of(town: Township, household: Household) -> Person | None:
    """The first member who could borrow on any day since 2021, and can still do so."""
    youngest = town.standards.whole("小额信贷最低年龄") + 4
    oldest = town.standards.whole("小额信贷最高年龄") - 5
    for person in household.members:
        grown = youngest <= age(person.birth) <= oldest
        if person.present and grown and not person.certificates and not person.grade:
            return person
    return None


def due_after(signed: int, months: int) -> int:
    """The day a loan of so many months is due: the same day of the month, or the 20th if that is earlier."""
    return in_month(month_of(signed) + months, min(20, int(iso(signed)[8:])))


def make(town: Township, dice: Dice, borrower: Person, signed: int, months: int, use: str = "") -> Loan:
    amount, rate = min(dice.pick(AMOUNTS), most(town)), rate_on(town, signed, months)
    loan = Loan(borrower, amount, signed, due_after(signed, months), rate, use or dice.pick(USES))
    loan.bank = BANKS[0] if dice.chance(0.7) else dice.pick(BANKS[1:])
    return loan


def renew(town: Township, loan: Loan, signed: int, months: int, kind: str = "续贷") -> Loan:
    """A loan that takes another's place; the old one is settled by a 续贷 and not by a 展期."""
    due, rate = due_after(signed, months), rate_on(town, signed, months)
    new = Loan(loan.borrower, loan.amount, signed, due, rate, loan.use, kind=kind, follows=loan)
    new.bank = loan.bank
    if kind == "续贷":
        loan.settled, loan.state = signed, "已结清"
        loan.events.append(("续贷", signed, "", "按期还款后续贷"))
    else:
        loan.state = "展期"
        loan.events.append(("展期", signed, "", "批准展期"))
    return new


def _lent(town: Township, dice: Dice, borrower: Person) -> None:
    """One to three lawful loans in a row, as they stand on the day of the demo."""
    signed = day("2021-03-01") + dice.below(1300)
    months = dice.pick((12, 12, 24, 36))
    uses = LOOK_ALIKE_USES if dice.chance(0.25) else USES
    loan = make(town, dice, borrower, signed, months, dice.pick(uses))
    town.loans.append(loan)
    if loan.due <= TODAY and dice.chance(0.35):
        again = renew(town, loan, loan.due - dice.between(0, 5), 12)
        town.loans.append(again)
        loan = again
    if loan.due < TODAY:
        _repaid(loan, loan.due - dice.between(0, 12))


def _repaid(loan: Loan, on: int) -> None:
    loan.settled, loan.state = on, "已结清"
    loan.events.append(("还款", on, f"{loan.amount}.00", "全部还清"))


def lend(town: Township) -> None:
    """Loans of 脱贫户 and 监测户 that act no case, then the care after every loan, then the numbers."""
    dice = town.dice("loans")
    for household in town.households:
        if not household.case and household.lifted:  # who is only 监测户 may have become one after signing
            borrower = borrower_of(town, household)
            if borrower is not None and dice.chance(0.6):
                _lent(town, dice, borrower)
    for loan in town.loans:
        _after_care(dice, loan, most(town))
    town.loans.sort(key=lambda loan: (loan.signed, loan.borrower.household.number, loan.due))
    for loan in town.loans:
        year = year_of(loan.signed)
        loan.number = f"L{year}{town.count(f'loans of {year}'):04d}"
        loan.events.sort(key=lambda event: (event[1], event[0]))


def interest(amount: int, rate: int, days: int) -> str:
    """Simple interest in 元 on a year of 360 days; the rate in hundredths of a percent."""
    cents = (2 * amount * rate * days + 36000) // 72000
    return f"{cents // 100}.{cents % 100:02d}"


def _after_care(dice: Dice, loan: Loan, subsidised: int) -> None:
    """Subsidised interest by the quarter until the loan is due or settled, and a visit every two or three months.

    What is lent beyond `subsidised` bears no subsidy.
    """
    until = min(loan.due, TODAY if loan.settled is None else loan.settled)
    start = loan.signed + 2
    quarter = month_of(start) // 3 * 3 + 2
    while (on := in_month(quarter, 21)) <= until:
        if on > start and loan.subsidised and not (loan.care == "少贴" and on > TODAY - 200):
            days = (on - start) * (2 if loan.care == "多贴" else 1)
            paid = interest(min(loan.amount, subsidised), loan.rate, days)
            loan.events.append(("贴息", on, paid, f"{quarter % 12 // 3 + 1}季度贴息"))
            start = on
        quarter += 3
    visit = loan.signed + 20 + dice.below(10)
    while visit < until:
        if not (loan.care == "未查" and visit > TODAY - 120):
            loan.events.append(("检查", visit, "", dice.pick(("用途与合同一致", "生产经营正常", "养殖种植正常"))))
        visit += 60 + dice.below(25)


def loan_rows(town: Township) -> Iterator[dict[str, Any]]:
    for loan in town.loans:
        person = loan.borrower
        overdue = loan.settled is None and loan.due < TODAY
        balance = loan.balance if loan.balance is not None else 0 if loan.settled is not None else loan.amount
        yield {
            "贷款编号": loan.number,
            "原贷款编号": loan.follows.number if loan.follows else None,
            "业务类型": loan.kind,
            "户编号": person.household.number,
            "身份证号": person.number,
            "姓名": person.name,
            "银行": loan.bank,
            "金额": f"{loan.amount}.00",
            "余额": f"{balance}.00",
            "是否贴息": "是" if loan.subsidised else "否",
            "签订日期": iso(loan.signed),
            "放款日期": iso(min(loan.signed + 2, TODAY)),
            "到期日期": iso(loan.due),
            "结清日期": None if loan.settled is None else iso(loan.settled),
            "利率": f"{loan.rate // 100}.{loan.rate % 100:02d}",
            "用途": loan.use,
            "收款方": loan.payee.replace("本人", person.name) or person.name,
            "贷款状态": loan.state or ("逾期" if overdue else "正常"),
        }


def loan_event_rows(town: Township) -> Iterator[dict[str, Any]]:
    for loan in town.loans:
        for kind, on, amount, note in loan.events:
            yield {"贷款编号": loan.number, "类型": kind, "日期": iso(on), "金额": amount, "备注": note}
