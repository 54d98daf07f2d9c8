"""Cases of the audits of payments: to whom, how much, how often, how long, into whose account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xianjie.demo.benefits import DIBAO, KEPT, PENSION
from xianjie.demo.cases_disability import old_alone
from xianjie.demo.cases_register import another_household
from xianjie.demo.casting import Act, Script, Stage, lawful, planted
from xianjie.demo.days import THIS_MONTH, age, birthday_month, day, in_month, month, month_of
from xianjie.demo.fate import depart
from xianjie.demo.model import Event, Flag, Household, Payment, Person
from xianjie.demo.relief import CARE, certificate, grant_care, grant_household, some_month


@dataclass(frozen=True)
class AccountOf:
    """Somebody's account, whose number is given later."""

    person: Person

    @property
    def number(self) -> str:
        return self.person.account


def pensioner(person: Person) -> bool:
    """On the pension for residents since before this year."""
    return age(person.birth) < 88 and birthday_month(person.birth, 60) < month("2023-12")


def grown(person: Person) -> bool:
    return 24 <= age(person.birth) < 58


def alone(person: Person) -> bool:
    return grown(person) and len(person.household.members) == 1


def grown_child(person: Person) -> bool:
    return person.relation in ("之子", "之女") and 20 <= age(person.birth) < 40


def pensioner_beside_head(person: Person) -> bool:
    return pensioner(person) and person.relation != "户主" and person.household.head.relation == "户主"


def head_with_child(person: Person) -> bool:
    return person.relation == "户主" and with_child(person)


def with_child(person: Person) -> bool:
    return pensioner(person) and any(grown(other) for other in person.household.members)


def _amount(stage: Stage, item: str, tier: str = "") -> str:
    return f"{stage.town.standards.amount(item, tier):.2f}"


def _pension(stage: Stage, person: Person, number: int, into: Person | None = None) -> Payment:
    """One month's pension, paid as a row of its own."""
    payment = Payment(PENSION, number, _amount(stage, PENSION), in_month(number, 12), into=into)
    person.payments.append(payment)
    return payment


def _elsewhere(stage: Stage, person: Person, other: Person) -> None:
    """This month's pension goes into somebody else's account."""
    person.paid_until[PENSION] = THIS_MONTH - 1
    stage.town.plant("account_not_own", _pension(stage, person, THIS_MONTH, other))


def _into_other_household(stage: Stage, person: Person) -> None:
    other = another_household(stage, person, lambda h: any(grown(p) for p in h.members))
    if other is not None:
        _elsewhere(stage, person, next(p for p in other.members if grown(p)))


def _into_same_household(stage: Stage, person: Person) -> None:
    _elsewhere(stage, person, next(p for p in person.household.members if grown(p)))


def _of_household(stage: Stage, person: Person) -> None:
    """What is paid for the land of the household goes to the one who tills it now, not to the head."""
    person.household.farmland = person.household.farmland or 4
    person.household.collector = next(p for p in person.household.members if grown(p))


def _by_proxy(stage: Stage, person: Person) -> None:
    """A son collects for an old parent, with a written authority."""
    person.proxy = next(p for p in person.household.members if grown(p))


def _collects(stage: Stage, person: Person) -> None:
    """One account takes the pensions of its holder and of others."""
    others: list[Household] = []
    while len(others) + 1 < stage.threshold("账户代收起查人数"):
        other = another_household(stage, person, lambda h: any(pensioner(p) for p in h.members))
        if other is None:
            return
        others.append(other)
    for other in others:
        _elsewhere(stage, next(p for p in other.members if pensioner(p)), person)
    stage.town.plant("account_collects_for_many", AccountOf(person))


def _collects_by_proxy(stage: Stage, person: Person) -> None:
    """A village cadre's wife fetches the pensions of old neighbours, who gave her written authority."""
    for _ in range(stage.threshold("账户代收起查人数")):
        other = another_household(stage, person, lambda h: any(pensioner(p) for p in h.members))
        if other is not None:
            next(p for p in other.members if pensioner(p)).proxy = person


def _twice(stage: Stage, person: Person) -> None:
    payment = _pension(stage, person, stage.dice.between(month("2024-02"), THIS_MONTH - 2))
    payment.paid_on = in_month(payment.first + 1, 20)
    stage.subject(payment)


def _twice_and_recovered(stage: Stage, person: Person) -> None:
    payment = _pension(stage, person, THIS_MONTH - 3)
    payment.paid_on, payment.recovered = in_month(payment.first + 1, 20), payment.amount


def _returned(stage: Stage, person: Person) -> None:
    """The bank returned one, which was then paid again, naming the first."""
    number = stage.dice.between(month("2024-02"), THIS_MONTH - 3)
    person.paid_until[PENSION] = number - 1
    for later in range(number, THIS_MONTH + 1):
        payment = _pension(stage, person, later)
        if later == number:
            payment.state, payment.reason = "已退回", "账号与姓名不符"
            again = Payment(PENSION, number, payment.amount, in_month(number + 1, 20), repays=payment)
            person.payments.append(again)


def _unpaid(stage: Stage, person: Person) -> None:
    """A payment failed some months ago and was never made good."""
    number = stage.dice.between(month("2024-03"), THIS_MONTH - 3)
    person.paid_until[PENSION] = number - 1
    for later in range(number, THIS_MONTH + 1):
        payment = _pension(stage, person, later)
        if later == number:
            payment.state, payment.reason = "发放失败", "账户已注销"
            stage.subject(payment)


def _wrong_amount(stage: Stage, person: Person) -> None:
    certificate(stage.dice, person, "肢体", "一级", "是")
    person.paid_until[CARE] = THIS_MONTH - 1
    amount = f"{stage.town.standards.amount(CARE) - stage.dice.pick((10, 20, -20)):.2f}"
    payment = Payment(CARE, THIS_MONTH, amount, in_month(THIS_MONTH, 9))
    person.payments.append(payment)
    stage.subject(payment)


def _long_severe(stage: Stage, person: Person) -> None:
    """Severely disabled, with a certificate of years ago."""
    certificate(stage.dice, person, "肢体", "一级", "是")
    person.certificates[-1].issued = min(person.certificates[-1].issued, day("2022-05-06"))


def _arrears(stage: Stage, person: Person) -> None:
    """Too little in one month; the difference is made good in the next, in a batch that says so."""
    _long_severe(stage, person)
    person.paid_until[CARE] = THIS_MONTH - 2
    due = stage.town.standards.amount(CARE)
    for number, amount, note in ((THIS_MONTH - 1, due, ""), (THIS_MONTH, due, ""), (THIS_MONTH, due / 2, "补差")):
        person.payments.append(Payment(CARE, number, f"{amount:.2f}", in_month(number, 9), note=note))


def _both(stage: Stage, person: Person) -> None:
    """On 低保, and some months of 特困供养金 besides."""
    grant_household(stage.dice, person.household, "低保", some_month(stage.dice, "2016-01", "2023-06"))
    first = stage.dice.between(month("2024-03"), month("2024-08"))
    amount = _amount(stage, "特困供养金", "分散供养")
    person.payments += [Payment(KEPT, number, amount, in_month(number, 10)) for number in (first, first + 1)]
    stage.subject(person)


def _one_after_the_other(stage: Stage, person: Person) -> None:
    """On 低保 until he was taken into 特困供养, on that from the month after."""
    changed = stage.dice.between(month("2024-03"), month("2024-09"))
    grant_household(stage.dice, person.household, "低保", some_month(stage.dice, "2016-01", "2023-06"))
    person.relief[0].last = changed - 1
    grant_care(stage.dice, person)
    person.relief[-1].first = changed


def _without_care(stage: Stage, person: Person, resumes: Callable[[int], int]) -> None:
    """The care subsidy is paid until some month, and again from the one that `resumes` gives for it."""
    _long_severe(stage, person)
    last = stage.dice.between(month("2024-03"), month("2024-08"))
    person.paid_until[CARE] = last
    amount = _amount(stage, CARE)
    for number in range(resumes(last), THIS_MONTH + 1):
        person.payments.append(Payment(CARE, number, amount, in_month(number, 9)))


def _one_month_missed(stage: Stage, person: Person) -> None:
    """A gap, shorter by a month than what counts as one."""
    _without_care(stage, person, lambda last: last + stage.threshold("断发月数"))


def _interrupted(stage: Stage, person: Person) -> None:
    _without_care(stage, person, lambda last: max(last + 1 + stage.threshold("断发月数"), THIS_MONTH - 1))
    stage.subject(person)


def _left_and_paid(stage: Stage, person: Person) -> None:
    """Moved away; the household's 低保 goes on being paid for the one who left."""
    grant_household(stage.dice, person.household, "低保", some_month(stage.dice, "2016-01", "2023-06"))
    left = day("2024-02-03") + stage.dice.below(150)
    depart(person, left)
    for relief in person.relief:
        relief.last = month_of(left)
    person.paid_until[DIBAO] = month_of(left) + stage.dice.between(1, 3)
    stage.subject(person)


def _left_with_pension(stage: Stage, person: Person) -> None:
    """Moved to the children in town: the pension stays with the scheme and is paid on."""
    depart(person, day("2024-02-03") + stage.dice.below(150))
    person.paid_until[PENSION] = THIS_MONTH


def _released(stage: Stage, person: Person) -> None:
    person.events += [Event("服刑", day("2020-05-20"), "司法"), Event("刑满释放", day("2023-11-19"), "司法")]


def _in_custody(stage: Stage, person: Person) -> None:
    """Not sentenced yet."""
    person.flags.append(Flag("在押", "公安", day("2024-03-05")))


def _prisoner(stage: Stage, person: Person) -> None:
    person.events.append(Event("服刑", day("2024-02-03") + stage.dice.below(150), "司法"))
    stage.subject(person)


def _on_probation(stage: Stage, person: Person) -> None:
    person.events.append(Event("缓刑", day("2024-02-03") + stage.dice.below(150), "司法"))


def _flag(kind: str, source: str, last: str = "") -> Act:
    def act(stage: Stage, person: Person) -> None:
        grant_household(stage.dice, person.household, "低保", some_month(stage.dice, "2016-01", "2023-06"))
        person.flags.append(Flag(kind, source, day("2020-03-02"), day(last) if last else None))
        stage.subject(person)

    return act


def _lives_apart(stage: Stage, person: Person) -> None:
    """A son with a salary, registered at home and living elsewhere, is none of the family on 低保."""
    others = [p for p in person.household.members if p is not person]
    grant_household(stage.dice, person.household, "低保", some_month(stage.dice, "2016-01", "2023-06"), others)
    person.together = "否"
    person.flags.append(Flag("财政供养", "财政", day("2020-03-02")))


SCRIPTS = (
    Script(
        "account_not_own",
        0.5,
        (
            planted("other_household", pensioner, _into_other_household),
            planted("same_household", with_child, _into_same_household),
            lawful("by_proxy", with_child, _by_proxy),
            lawful("of_household", head_with_child, _of_household),
        ),
    ),
    Script(
        "account_collects_for_many",
        0.15,
        (planted("pensions", pensioner, _collects), lawful("by_proxy", grown, _collects_by_proxy)),
    ),
    Script(
        "duplicate_payment",
        0.6,
        (
            planted("twice", pensioner, _twice),
            lawful("recovered", pensioner, _twice_and_recovered),
            lawful("returned", pensioner, _returned),
        ),
    ),
    Script("failed_payment_not_repaid", 0.5, (planted("unpaid", pensioner, _unpaid),)),
    Script(
        "payment_off_standard",
        0.5,
        (planted("care", grown, _wrong_amount), lawful("arrears", grown, _arrears)),
    ),
    Script(
        "exclusive_benefits_overlap",
        0.4,
        (
            planted("relief_and_care", alone, _both),
            lawful("one_after_the_other", old_alone, _one_after_the_other),
        ),
    ),
    Script(
        "payment_gap",
        0.4,
        (planted("care", grown, _interrupted), lawful("one_month_missed", grown, _one_month_missed)),
    ),
    Script(
        "paid_after_departure",
        0.4,
        (
            planted("left", grown_child, _left_and_paid),
            planted("prisoner", pensioner, _prisoner),
            lawful("on_probation", pensioner, _on_probation),
            lawful("left_with_pension", pensioner_beside_head, _left_with_pension),
            lawful("released", pensioner, _released),
            lawful("in_custody", pensioner, _in_custody),
        ),
    ),
    Script(
        "benefit_to_flagged_person",
        0.5,
        (
            planted("on_payroll", grown, _flag("财政供养", "财政")),
            planted("shareholder", grown, _flag("企业股东", "市场监管")),
            lawful("only_a_car", grown, _flag("车辆", "交警")),
            lawful("flag_ended", grown, _flag("财政供养", "财政", "2024-06-30")),
            lawful("lives_apart", grown_child, _lives_apart),
        ),
    ),
)
