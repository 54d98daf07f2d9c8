"""Who draws what from which month to which, and the payments of this year that follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xianjie.demo.days import THIS_MONTH, THIS_YEAR, TODAY, age, birthday_month, in_month, month, month_of, month_text
from xianjie.demo.dice import Dice
from xianjie.demo.model import Flag, Payment, Person, Relief, Township
from xianjie.demo.relief import CARE, LIVING
from xianjie.demo.standards import Standards

DIBAO = "低保金"
KEPT = "特困供养金"
ORPHAN = "孤儿基本生活费"
UNCARED = "事实无人抚养儿童基本生活费"
PENSION = "城乡居民养老金"
OLD_AGE = "高龄津贴"
FARMLAND = "耕地地力保护补贴"
FUNERAL = "丧葬补助金"
JANUARY = month(f"{THIS_YEAR}-01")
_ITEMS = {"低保": DIBAO, "特困": KEPT, "孤儿": ORPHAN, "事实无人抚养": UNCARED}
_PAY_DAYS = {DIBAO: 10, KEPT: 10, ORPHAN: 10, UNCARED: 10, LIVING: 9, CARE: 9, PENSION: 12, OLD_AGE: 20}
_FAILURES = ("账户状态异常", "账号与姓名不符", "账户已注销")


@dataclass(slots=True)
class Benefit:
    """Something drawn every month (or quarter) from `first` to `last`."""

    item: str
    person: Person
    first: int
    last: int | None
    amount: str


def relief_amount(standards: Standards, relief: Relief) -> str:
    """月金额 in 元; empty for 低保边缘, which pays nothing."""
    if relief.kind == "低保":
        return f"{standards.amount('农村低保金', relief.tier):.2f}"
    if relief.kind == "特困":
        return f"{standards.amount('特困供养金', relief.support):.2f}"
    if relief.kind in ("孤儿", "事实无人抚养"):
        return f"{standards.amount(ORPHAN):.2f}"
    return ""


def old_age_amount(standards: Standards, years: int) -> str:
    tier = "80至89周岁" if years < 90 else "90至99周岁" if years < 100 else "100周岁以上"
    return f"{standards.amount(OLD_AGE, tier) * 3:.2f}"


def _end(person: Person, item: str, last: int | None) -> int | None:
    """The last month that is paid: what the rules say, unless a case goes on paying (or stopped before)."""
    return person.paid_until.get(item, last)


def retire(town: Township) -> None:
    """A few old people have a pension from a former employer and none from the scheme for residents."""
    dice = town.dice("retired")
    for person in town.everyone():
        if age(person.birth) >= 60 and not person.household.case and not person.relief and dice.chance(0.05):
            person.flags.append(Flag("退休金", "人社", in_month(birthday_month(person.birth, 60) + 1, 1)))


def benefits(town: Township) -> Iterator[Benefit]:
    """Everything drawn month by month, by person in the register's order."""
    standards = town.standards
    pension = f"{standards.amount(PENSION):.2f}"
    subsidy = {item: f"{standards.amount(item):.2f}" for item in (LIVING, CARE)}
    for person in town.everyone():
        end = person.last_month
        for relief in person.relief:
            item = _ITEMS.get(relief.kind)
            if item:
                last = _end(person, item, relief.last)
                yield Benefit(item, person, relief.first, last, relief_amount(standards, relief))
        for spell in person.subsidies:
            yield Benefit(spell.kind, person, spell.first, _end(person, spell.kind, spell.last), subsidy[spell.kind])
        years = age(person.birth)
        if years >= 60 and not any(flag.kind == "退休金" for flag in person.flags):
            first = birthday_month(person.birth, 60) + 1
            yield Benefit(PENSION, person, first, _end(person, PENSION, end), pension)
        if years >= 80:
            amount = old_age_amount(standards, years)
            first = birthday_month(person.birth, 80) + 1
            yield Benefit(OLD_AGE, person, first, _end(person, OLD_AGE, end), amount)


def _paid_by_rule(benefit: Benefit, number: int) -> Payment | None:
    """The payment of one month, None where nothing is due; the old-age allowance is paid by the quarter."""
    quarterly = benefit.item == OLD_AGE
    if quarterly and number % 3:
        return None
    if number < benefit.first or (benefit.last is not None and number > benefit.last):
        return None
    last = number + 2 if quarterly else number
    paid_on = in_month(last, _PAY_DAYS[benefit.item])
    if paid_on > TODAY:
        return Payment(benefit.item, number, benefit.amount, None, last, state="待发放")
    return Payment(benefit.item, number, benefit.amount, paid_on, last)


def _farmland(town: Township) -> Iterator[tuple[Person, Payment]]:
    """Once a year in June, by household, to its head: also to a dead one in whose place nobody was entered."""
    rate = town.standards.amount(FARMLAND)
    for household in town.households:
        if household.farmland and household.living:
            amount = f"{rate * household.farmland:.2f}"
            payment = Payment(FARMLAND, JANUARY, amount, in_month(JANUARY + 5, 18), JANUARY + 11)
            payment.into = household.collector
            yield household.head, payment


def funeral_amount(standards: Standards) -> str:
    """So many months of the pension, in 元."""
    return f"{standards.amount(PENSION) * standards.whole('丧葬补助金月数'):.2f}"


def _funerals(town: Township) -> Iterator[tuple[Person, Payment]]:
    amount = funeral_amount(town.standards)
    for person in town.everyone():
        if person.death is not None and not person.household.case and age(person.birth, person.death) >= 60:
            number = month_of(person.death) + 1
            if JANUARY <= number <= THIS_MONTH and in_month(number, 14) <= TODAY:
                yield person, Payment(FUNERAL, number, amount, in_month(number, 14))


def _fail(dice: Dice, payment: Payment, retried: list[tuple[Person, Payment]], person: Person) -> None:
    """The bank sends a payment back; it is made good some weeks later, naming the failed one."""
    again = in_month(payment.first + 1, 20)
    if again > TODAY:  # made good a little sooner, before the demo ends
        again = in_month(payment.first + 1, 13)
    payment.state, payment.reason = "发放失败", dice.pick(_FAILURES)
    if again <= TODAY:
        retried.append(
            (person, Payment(payment.item, payment.first, payment.amount, again, payment.last, repays=payment))
        )


def payments(town: Township) -> Iterator[tuple[Person, Payment]]:
    """This year's payments by month and item, each with its number; a failed one always before what repays it."""
    dice = town.dice("payments")
    drawn = sorted(
        (benefit for benefit in benefits(town) if benefit.last is None or benefit.last >= JANUARY),
        key=lambda benefit: benefit.item,
    )
    extra: dict[int, list[tuple[Person, Payment]]] = {}
    for person in town.everyone():
        for payment in person.payments:
            extra.setdefault(_batch(payment), []).append((person, payment))
    for person, payment in [*_farmland(town), *_funerals(town)]:
        extra.setdefault(_batch(payment), []).append((person, payment))
    for number in range(JANUARY, THIS_MONTH + 1):
        rows = [(b.person, p) for b in drawn if (p := _paid_by_rule(b, number)) is not None]
        retried: list[tuple[Person, Payment]] = []
        for person, payment in rows:
            may_fail = payment.state == "已发放" and not person.household.case and payment.item != OLD_AGE
            if may_fail and dice.chance(0.003):
                _fail(dice, payment, retried, person)
        for count, (person, payment) in enumerate([*rows, *extra.get(number, [])], 1):
            payment.number = f"P{month_text(number).replace('-', '')}{count:06d}"
            yield person, payment
        for person, payment in retried:
            extra.setdefault(_batch(payment), []).append((person, payment))


def _batch(payment: Payment) -> int:
    """The month in whose batch a payment stands: that of its period, or of its day when made good later."""
    if payment.repays is not None and payment.paid_on is not None:
        return month_of(payment.paid_on)
    return max(JANUARY, payment.first if payment.item != FARMLAND else month_of(payment.paid_on or TODAY))
