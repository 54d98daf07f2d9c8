"""Cases of the audit paid_after_death."""

from __future__ import annotations

from xianjie.demo.benefits import funeral_amount
from xianjie.demo.casting import Act, Script, Stage, lawful, planted_person
from xianjie.demo.days import THIS_MONTH, age, birthday_month, day, in_month, month, month_of
from xianjie.demo.fate import bury
from xianjie.demo.model import Event, Payment, Person
from xianjie.demo.relief import CARE, certificate, grant_household, some_month

PENSION = "城乡居民养老金"
OLD_AGE = "高龄津贴"
DIBAO = "低保金"
FUNERAL = "丧葬补助金"


def old(person: Person) -> bool:
    return 62 <= age(person.birth) < 90


def very_old(person: Person) -> bool:
    """Past 80 for a year at least, whenever this year the death is."""
    return 82 <= age(person.birth) < 96


def old_head(person: Person) -> bool:
    """The head of a family that has farmland and no other old couple's half to take over."""
    household = person.household
    return old(person) and person.relation == "户主" and len(household.members) >= 2 and household.farmland > 0


def grown(person: Person) -> bool:
    return 25 <= age(person.birth) < 80


def died(
    stage: Stage, person: Person, first: str = "2024-01-03", last: str = "2024-08-28", status: str = "已注销"
) -> int:
    """Someone died between two days; gives back the month."""
    on = day(first) + stage.dice.below(day(last) - day(first) + 1)
    bury(person, on, status)
    return month_of(on)


def _pension(amount_of_months: int, status: str = "已注销") -> Act:
    def act(stage: Stage, person: Person) -> None:
        last = died(stage, person, status=status)
        person.paid_until[PENSION] = last + stage.dice.between(1, amount_of_months)

    return act


def _long_dead(stage: Stage, person: Person) -> None:
    died(stage, person, "2023-02-01", "2023-11-20")
    person.paid_until[PENSION] = THIS_MONTH


def _died_on_last_day(stage: Stage, person: Person) -> None:
    bury(person, day(stage.dice.pick(("2024-02-29", "2024-04-30", "2024-06-30"))))
    person.paid_until[PENSION] = month_of(person.death) + 1


def _old_age_quarter(stage: Stage, person: Person) -> None:
    """The allowance is paid by the quarter: one that began after the death."""
    last = died(stage, person, "2024-01-03", "2024-06-20")
    person.paid_until[OLD_AGE] = last // 3 * 3 + 5


def _relief(stage: Stage, person: Person) -> None:
    grant_household(stage.dice, person.household, "低保", some_month(stage.dice, "2016-01", "2022-12"))
    last = died(stage, person)
    person.paid_until[DIBAO] = last + stage.dice.between(1, 3)


def _care(stage: Stage, person: Person) -> None:
    certificate(stage.dice, person, "肢体", "一级", "是")
    last = died(stage, person)
    person.paid_until[CARE] = last + stage.dice.between(1, 3)


def _two_items(stage: Stage, person: Person) -> None:
    _relief(stage, person)
    person.paid_until[PENSION] = person.paid_until[DIBAO]


def _partly_recovered(stage: Stage, person: Person) -> None:
    last = died(stage, person)
    _extra(stage, person, last + 1, recovered=True)
    _extra(stage, person, last + 2)


def _extra(stage: Stage, person: Person, number: int, state: str = "已发放", recovered: bool = False) -> None:
    """One month's pension after the death, apart from those that follow from the rules."""
    amount = f"{stage.town.standards.amount(PENSION):.2f}"
    reason = {"已退回": "人员已死亡", "发放失败": "账户已注销"}.get(state, "")
    on = None if state == "待发放" else in_month(number, 10)
    payment = Payment(PENSION, number, amount, on, state=state, reason=reason)
    payment.recovered = amount if recovered else ""
    person.payments.append(payment)


def _in_month_of_death(stage: Stage, person: Person) -> None:
    died(stage, person, "2024-03-01", "2024-11-30")


def _through_quarter(stage: Stage, person: Person) -> None:
    """The quarter had begun before the death: paid to its end."""
    last = died(stage, person, "2024-04-02", "2024-04-28")
    person.paid_until[OLD_AGE] = last // 3 * 3 + 2


def _recovered(stage: Stage, person: Person) -> None:
    last = died(stage, person)
    _extra(stage, person, last + 1, recovered=True)
    _extra(stage, person, last + 2, recovered=True)


def _sent_back(stage: Stage, person: Person) -> None:
    last = died(stage, person)
    _extra(stage, person, last + 1, "已退回")


def _failed(stage: Stage, person: Person) -> None:
    last = died(stage, person)
    _extra(stage, person, last + 1, "发放失败")


def _pending(stage: Stage, person: Person) -> None:
    died(stage, person, "2024-10-02", "2024-11-20")
    _extra(stage, person, THIS_MONTH, "待发放")


def _funeral(stage: Stage, person: Person) -> None:
    last = died(stage, person)
    amount = funeral_amount(stage.town.standards)
    person.payments.append(Payment(FUNERAL, last + 1, amount, in_month(last + 1, 20)))


def _farmland_to_dead_head(stage: Stage, person: Person) -> None:
    """耕地地力保护补贴 goes to the household: its head has died and nobody has been entered instead."""
    died(stage, person, "2024-01-03", "2024-04-20")
    stage.town.plant("household_without_one_head", person.household.number)


def _later_date_counts(stage: Stage, person: Person) -> None:
    """Two offices, two dates on either side of the end of a month."""
    bury(person, day("2024-07-02"))
    person.events.append(Event("死亡", day("2024-06-29"), "卫健"))


def _paid_late(stage: Stage, person: Person) -> None:
    """A month before the death failed and was made good after it."""
    last = died(stage, person, "2024-05-02", "2024-08-28")
    person.paid_until[PENSION] = last - 2
    amount = f"{stage.town.standards.amount(PENSION):.2f}"
    failed = Payment(PENSION, last - 1, amount, in_month(last - 1, 10), state="发放失败", reason="账户状态异常")
    person.payments += [failed, Payment(PENSION, last - 1, amount, in_month(last + 1, 20), repays=failed)]


def _turned_old_since(person: Person) -> bool:
    return old(person) and birthday_month(person.birth, 60) < month("2023-01")


CASES = (
    planted_person("pension", old, _pension(4)),
    planted_person("pension_still_listed", old, _pension(2, "在籍")),
    planted_person("long_dead", _turned_old_since, _long_dead),
    planted_person("died_on_last_day", old, _died_on_last_day),
    planted_person("old_age_quarter", very_old, _old_age_quarter),
    planted_person("relief", grown, _relief),
    planted_person("care", grown, _care),
    planted_person("two_items", old, _two_items),
    planted_person("partly_recovered", old, _partly_recovered),
    lawful("month_of_death", old, _in_month_of_death),
    lawful("through_quarter", very_old, _through_quarter),
    lawful("recovered", old, _recovered),
    lawful("sent_back", old, _sent_back),
    lawful("failed", old, _failed),
    lawful("pending", old, _pending),
    lawful("funeral", old, _funeral),
    lawful("farmland_to_dead_head", old_head, _farmland_to_dead_head),
    lawful("later_date_counts", old, _later_date_counts),
    lawful("paid_late", old, _paid_late),
)

SCRIPT = Script("paid_after_death", 2.0, CASES)
