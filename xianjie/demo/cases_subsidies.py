"""Cases of the audits of how the two disability subsidies are paid: to whom not due, too long, too late."""

from __future__ import annotations

from xianjie.demo.cases_disability import grandchild, grown, old_alone, on_relief, severe
from xianjie.demo.casting import Act, Script, Stage, lawful, planted
from xianjie.demo.days import THIS_MONTH, TODAY, day, in_month, month, month_of
from xianjie.demo.model import Flag, Payment, Person, Spell
from xianjie.demo.relief import CARE, LIVING, certificate, grant, grant_care, some_month


def _draws(person: Person, item: str, first: int, last: int | None = None, reason: str = "") -> None:
    """Registered, and paid by the rules, whatever is due."""
    person.withheld = (LIVING, CARE)
    person.subsidies.append(Spell(item, first, last, reason))


def _pay(stage: Stage, person: Person, item: str, first: int, on: int, last: int | None = None) -> Payment:
    """One payment apart from those that follow from the rules."""
    months = (first if last is None else last) - first + 1
    amount = f"{stage.town.standards.amount(item) * months:.2f}"
    payment = Payment(item, first, amount, on, last)
    person.payments.append(payment)
    return payment


# --- to whom it is not due


def _kept_and_paid(stage: Stage, person: Person) -> None:
    severe(person, stage)
    grant_care(stage.dice, person)
    _draws(person, CARE, month("2022-03"))
    stage.subject(person)


def _orphan_paid(stage: Stage, person: Person) -> None:
    grant(stage.dice, person, "孤儿", some_month(stage.dice, "2021-01", "2023-06"))
    certificate(stage.dice, person, "肢体", "四级", "否")
    _draws(person, LIVING, month("2023-07"))
    stage.subject(person)


def _injured_and_paid(stage: Stage, person: Person) -> None:
    severe(person, stage)
    person.flags.append(Flag("工伤护理费", "人社", day("2024-03-05")))
    _draws(person, CARE, month("2022-03"))
    stage.subject(person)


def _no_longer_injured(stage: Stage, person: Person) -> None:
    """The allowance for the injured ended; the subsidy began the month after."""
    severe(person, stage)
    person.flags.append(Flag("工伤护理费", "人社", day("2021-03-05"), day("2024-06-30")))
    _draws(person, CARE, month("2024-07"))


def _injured_and_stopped(stage: Stage, person: Person) -> None:
    """Paid in the month in which the allowance began, and no more."""
    severe(person, stage)
    person.flags.append(Flag("工伤护理费", "人社", day("2024-05-20")))
    _draws(person, CARE, month("2022-03"), month("2024-05"), "其他")


def _injured_and_recovered(stage: Stage, person: Person) -> None:
    severe(person, stage)
    person.flags.append(Flag("工伤护理费", "人社", day("2021-03-05")))
    number = stage.dice.between(month("2024-02"), month("2024-09"))
    payment = _pay(stage, person, CARE, number, in_month(number, 9))
    payment.recovered = payment.amount


# --- without a valid certificate


def _run_out(person: Person, on: int, state: str) -> None:
    made = person.certificates[-1]
    made.expires, made.state = on, state
    made.issued = max(person.birth + 200, min(made.issued, on - 3650))


def _expired(state: str, item: str) -> Act:
    def act(stage: Stage, person: Person) -> None:
        if item == CARE:
            severe(person, stage)
        else:
            on_relief(person, stage)
        _run_out(person, day("2024-02-03") + stage.dice.below(200), state)
        _draws(person, item, month("2022-03"))
        stage.subject(person)

    return act


def _cancelled(state: str) -> Act:
    def act(stage: Stage, person: Person) -> None:
        severe(person, stage)
        person.certificates[-1].state = state
        _draws(person, CARE, month("2022-03"))
        stage.subject(person)

    return act


def _expired_and_stopped(stage: Stage, person: Person) -> None:
    """Paid through the month in which the certificate ran out."""
    severe(person, stage)
    on = day("2024-03-03") + stage.dice.below(200)
    _run_out(person, on, "过期")
    _draws(person, CARE, month("2022-03"), month_of(on), "证件过期或注销")


def _cancelled_and_stopped(stage: Stage, person: Person) -> None:
    severe(person, stage)
    person.certificates[-1].state = "注销"
    _draws(person, CARE, month("2022-03"), THIS_MONTH - 1, "证件过期或注销")


def _without_expiry(stage: Stage, person: Person) -> None:
    """An old certificate that names no end."""
    severe(person, stage)
    person.certificates[-1].expires = None
    person.withheld = ()
    _draws(person, CARE, month("2022-03"))


# --- late


def _day(stage: Stage) -> int:
    """The day of the month by which it is to be paid."""
    return stage.threshold("两项补贴发放日")


def _late(stage: Stage, person: Person) -> None:
    severe(person, stage)
    _draws(person, CARE, month("2022-03"))
    person.paid_until[CARE] = THIS_MONTH - 1
    on = min(in_month(THIS_MONTH, _day(stage)) + stage.dice.between(1, 5), TODAY)
    stage.subject(_pay(stage, person, CARE, THIS_MONTH, on))


def _next_month(stage: Stage, person: Person) -> None:
    on_relief(person, stage)
    _draws(person, LIVING, month("2022-03"))
    person.paid_until[LIVING] = THIS_MONTH - 2
    stage.subject(_pay(stage, person, LIVING, THIS_MONTH - 1, in_month(THIS_MONTH, 9)))
    _pay(stage, person, LIVING, THIS_MONTH, in_month(THIS_MONTH, 9))


def _two_at_once(stage: Stage, person: Person) -> None:
    """Not by the month: two months together."""
    severe(person, stage)
    _draws(person, CARE, month("2022-03"))
    person.paid_until[CARE] = THIS_MONTH - 3
    stage.subject(_pay(stage, person, CARE, THIS_MONTH - 2, in_month(THIS_MONTH - 1, 9), THIS_MONTH - 1))
    _pay(stage, person, CARE, THIS_MONTH, in_month(THIS_MONTH, 9))


def _on_the_day(stage: Stage, person: Person) -> None:
    severe(person, stage)
    _draws(person, CARE, month("2022-03"))
    person.paid_until[CARE] = THIS_MONTH - 1
    _pay(stage, person, CARE, THIS_MONTH, in_month(THIS_MONTH, _day(stage)))


def _just_granted(stage: Stage, person: Person) -> None:
    """Due from the month of the application, paid for the first time once it was granted."""
    severe(person, stage)
    _draws(person, CARE, THIS_MONTH - 1)
    person.certificates[-1].issued = min(person.certificates[-1].issued, day("2024-10-08"))
    person.paid_until[CARE] = THIS_MONTH - 2
    on = min(TODAY, in_month(THIS_MONTH, 13))
    for number in (THIS_MONTH - 1, THIS_MONTH):
        _pay(stage, person, CARE, number, on)


SCRIPTS = (
    Script(
        "disability_subsidy_to_excluded",
        0.5,
        (
            planted("injured", grown, _injured_and_paid),
            planted("kept", old_alone, _kept_and_paid),
            planted("orphan", grandchild, _orphan_paid),
            lawful("no_longer_injured", grown, _no_longer_injured),
            lawful("stopped", grown, _injured_and_stopped),
            lawful("recovered", grown, _injured_and_recovered),
        ),
    ),
    Script(
        "certificate_expired_still_paid",
        0.5,
        (
            planted("expired", grown, _expired("过期", CARE)),
            planted("state_not_updated", grown, _expired("有效", LIVING)),
            planted("cancelled", grown, _cancelled("注销")),
            planted("frozen", grown, _cancelled("冻结")),
            lawful("stopped", grown, _expired_and_stopped),
            lawful("cancelled_and_stopped", grown, _cancelled_and_stopped),
            lawful("without_expiry", grown, _without_expiry),
        ),
    ),
    Script(
        "disability_subsidy_late",
        0.6,
        (
            planted("late", grown, _late),
            planted("next_month", grown, _next_month),
            planted("two_at_once", grown, _two_at_once),
            lawful("on_the_day", grown, _on_the_day),
            lawful("just_granted", grown, _just_granted),
        ),
    ),
)
