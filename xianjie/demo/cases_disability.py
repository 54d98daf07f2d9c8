"""Cases of the audits unpaid_disability_subsidies and care_subsidy_missing."""

from __future__ import annotations

from xianjie.demo.casting import Act, Script, Stage, lawful, planted_person
from xianjie.demo.days import THIS_MONTH, TODAY, age, day, in_month, month
from xianjie.demo.fate import bury, depart, recent
from xianjie.demo.model import Flag, Payment, Person, Spell
from xianjie.demo.relief import (
    CARE,
    LIVING,
    certificate,
    grant,
    grant_care,
    grant_household,
    some_month,
)

CHILDREN = ("之子", "之女", "之孙子", "之孙女")


def grown(person: Person) -> bool:
    return 20 <= age(person.birth) < 78


def with_family(person: Person) -> bool:
    return grown(person) and len(person.household.members) >= 2


def grown_child(person: Person) -> bool:
    return person.relation in ("之子", "之女") and 20 <= age(person.birth) < 40


def old_alone(person: Person) -> bool:
    return len(person.household.members) == 1 and age(person.birth) >= 60


def grandchild(person: Person) -> bool:
    """A child whom grandparents bring up alone."""
    return (
        person.relation in ("之孙子", "之孙女")
        and 6 <= age(person.birth) < 16
        and all(p.relation in ("户主", "配偶", "之孙子", "之孙女") for p in person.household.members)
    )


def _relief_from(stage: Stage) -> int:
    return some_month(stage.dice, "2016-01", "2023-06")


def on_relief(person: Person, stage: Stage, level: str = "", category: str = "肢体", kind: str = "低保") -> None:
    """A household on relief with a disabled member, none of whose living subsidy is registered or paid."""
    grant_household(stage.dice, person.household, kind, _relief_from(stage))
    certificate(stage.dice, person, category, level or stage.dice.pick(("三级", "四级")))
    person.withheld = (LIVING,)


def severe(person: Person, stage: Stage, level: str = "", category: str = "肢体", care: str = "是") -> None:
    """A severely disabled person, none of whose care subsidy is registered or paid."""
    certificate(stage.dice, person, category, level or stage.dice.pick(("一级", "二级")), care)
    person.withheld = (CARE,)


def paid(stage: Stage, person: Person, item: str, months: range, state: str = "已发放", reason: str = "") -> None:
    """Payments of a disability subsidy outside of any registration; pending ones have no day yet."""
    amount = f"{stage.town.standards.amount(item):.2f}"
    for number in months:
        on = None if state == "待发放" else in_month(number, 9)
        payment = Payment(item, number, amount, on, state=state, reason=reason)
        person.payments.append(payment)
        if on is None and in_month(number, stage.threshold("两项补贴发放日")) + 1 <= TODAY:
            stage.town.plant("disability_subsidy_late", payment)
        if reason and on is not None and TODAY - on > stage.threshold("发放失败补发天数"):
            stage.town.plant("failed_payment_not_repaid", payment)


def _living(stage: Stage, person: Person) -> None:
    on_relief(person, stage)


def _care(stage: Stage, person: Person) -> None:
    severe(person, stage)


def _severe_on_relief(stage: Stage, person: Person) -> None:
    on_relief(person, stage, stage.dice.pick(("一级", "二级")))  # draws the care subsidy, not the other


def _family_member(together: str) -> Act:
    def act(stage: Stage, person: Person) -> None:
        others = [p for p in person.household.members if p is not person]
        grant_household(stage.dice, person.household, "低保", _relief_from(stage), others)
        certificate(stage.dice, person, "肢体", stage.dice.pick(("三级", "四级")))
        person.withheld = (LIVING,)
        person.together = together

    return act


def _listed_apart(stage: Stage, person: Person) -> None:
    on_relief(person, stage)
    person.together = "否"


def _edge(stage: Stage, person: Person) -> None:
    covered = stage.town.standards.applies("生活补贴覆盖低保边缘家庭")
    on_relief(person, stage, kind="低保边缘" if covered else "低保")


def _stopped(prepare: Act, item: str) -> Act:
    """Registered and paid until some months ago, then stopped although nothing had changed."""

    def act(stage: Stage, person: Person) -> None:
        prepare(stage, person)
        last = stage.dice.between(THIS_MONTH - 6, THIS_MONTH - 2)
        person.subsidies.append(Spell(item, month("2022-01"), last, "其他"))

    return act


def _begins_later(prepare: Act, item: str) -> Act:
    def act(stage: Stage, person: Person) -> None:
        prepare(stage, person)
        person.subsidies.append(Spell(item, THIS_MONTH + 1))

    return act


def _only_paid(prepare: Act, item: str, first: int, last: int, state: str = "已发放", reason: str = "") -> Act:
    """Not registered; payments for the months first to last, counted back from this month."""

    def act(stage: Stage, person: Person) -> None:
        prepare(stage, person)
        paid(stage, person, item, range(THIS_MONTH - first, THIS_MONTH - last + 1), state, reason)

    return act


def _expired_flag(prepare: Act, kind: str) -> Act:
    def act(stage: Stage, person: Person) -> None:
        prepare(stage, person)
        person.flags.append(Flag(kind, "人社", day("2021-01-01"), day("2024-10-31")))

    return act


def _flag(prepare: Act, kind: str, source: str) -> Act:
    def act(stage: Stage, person: Person) -> None:
        prepare(stage, person)
        person.flags.append(Flag(kind, source, day("2021-01-01")))

    return act


def _renewed(prepare: Act) -> Act:
    """The old certificate is cancelled, the new one valid."""

    def act(stage: Stage, person: Person) -> None:
        prepare(stage, person)
        new = person.certificates[0]
        new.renewal = "B1"
        old = certificate(stage.dice, person, new.category, new.level, new.care)
        old.issued, old.expires, old.state, old.renewal = new.issued - 3650, None, "注销", ""
        old.issued = max(old.issued, person.birth + 200)

    return act


def _certificate(prepare: Act, **changes: object) -> Act:
    """With a certificate that differs from a valid one."""

    def act(stage: Stage, person: Person) -> None:
        prepare(stage, person)
        for name, value in changes.items():
            setattr(person.certificates[0], name, value)
        made = person.certificates[0]
        if made.expires is not None:
            made.issued = max(min(made.issued, made.expires - 3650), person.birth + 200)

    return act


def _dead(prepare: Act) -> Act:
    def act(stage: Stage, person: Person) -> None:
        prepare(stage, person)
        bury(person, recent(stage.dice.between(35, 200)), "在籍", "卫健")

    return act


def _gone(prepare: Act) -> Act:
    def act(stage: Stage, person: Person) -> None:
        prepare(stage, person)
        depart(person, recent(stage.dice.between(35, 400)))
        person.relief.clear()

    return act


def _in_care(stage: Stage, person: Person) -> None:
    severe(person, stage)
    grant_care(stage.dice, person)


def _orphan(drawing_care: bool) -> Act:
    """An orphan in a household on 低保 may draw the care subsidy and not the other."""

    def act(stage: Stage, person: Person) -> None:
        others = [p for p in person.household.members if p is not person]
        grant_household(stage.dice, person.household, "低保", _relief_from(stage), others)
        grant(stage.dice, person, "孤儿", some_month(stage.dice, "2021-01", "2023-06"))
        certificate(stage.dice, person, "肢体", "一级", "是")
        person.withheld = () if drawing_care else (CARE,)

    return act


def _relief_ended(stage: Stage, person: Person) -> None:
    on_relief(person, stage)
    for member in person.household.members:
        for relief in member.relief:
            relief.last = THIS_MONTH - 1


def _living_apart(stage: Stage, person: Person) -> None:
    _family_member("否")(stage, person)


def _mind(stage: Stage, person: Person) -> None:
    """Third or fourth level, but 智力 or 精神; where the standard leaves these out, a second level instead."""
    covered = stage.town.standards.applies("护理补贴覆盖三四级智力精神")
    level = stage.dice.pick(("三级", "四级")) if covered else "二级"
    severe(person, stage, level, stage.dice.pick(("智力", "精神")))


def _draws_living_only(stage: Stage, person: Person) -> None:
    grant_household(stage.dice, person.household, "低保", _relief_from(stage))
    severe(person, stage)


def _draws_both(stage: Stage, person: Person) -> None:
    """Severely disabled and on 低保: draws both subsidies, as is due."""
    grant_household(stage.dice, person.household, "低保", _relief_from(stage))
    certificate(stage.dice, person, "肢体", "一级", "是")


def _not_assessed(stage: Stage, person: Person) -> None:
    severe(person, stage, care="")


def _no_care_needed(stage: Stage, person: Person) -> None:
    severe(person, stage, "二级", care="否")


def _light(stage: Stage, person: Person) -> None:
    severe(person, stage, "三级", "肢体")


LIVING_CASES = (
    planted_person("listed", grown, _living),
    planted_person("severe", grown, _severe_on_relief),
    planted_person("family_member", with_family, _family_member("是")),
    planted_person("together_blank", with_family, _family_member("")),
    planted_person("listed_apart", with_family, _listed_apart),
    planted_person("edge_of_relief", grown, _edge),
    planted_person("stopped", grown, _stopped(_living, LIVING)),
    planted_person("begins_later", grown, _begins_later(_living, LIVING)),
    planted_person("payments_failed", grown, _only_paid(_living, LIVING, 1, 0, "发放失败", "账户状态异常")),
    planted_person("paid_before", grown, _only_paid(_living, LIVING, 5, 2)),
    planted_person("flag_ended", grown, _expired_flag(_living, "工伤护理费")),
    planted_person("certificate_renewed", grown, _renewed(_living)),
    planted_person("last_day_of_certificate", grown, _certificate(_living, expires=TODAY)),
    lawful("in_care", old_alone, _in_care),
    lawful("orphan", grandchild, _orphan(drawing_care=True)),
    lawful("orphan_by_flag", grandchild, _flag(_living, "孤儿", "民政")),
    lawful("injured_at_work", grown, _flag(_living, "工伤护理费", "人社")),
    lawful("certificate_expired", grown, _certificate(_living, expires=TODAY - 1, state="有效")),
    lawful("certificate_cancelled", grown, _certificate(_living, state="注销")),
    lawful("certificate_frozen", grown, _certificate(_living, state="冻结")),
    lawful("relief_ended", grown, _relief_ended),
    lawful("living_apart", grown_child, _living_apart),
    lawful("dead", with_family, _dead(_living)),
    lawful("gone", grown_child, _gone(_living)),
    lawful("paid_last_month", grown, _only_paid(_living, LIVING, 3, 1)),
    lawful("payment_pending", grown, _only_paid(_living, LIVING, 0, 0, "待发放")),
)

CARE_CASES = (
    planted_person("severe", grown, _care),
    planted_person("not_assessed", grown, _not_assessed),
    planted_person("mind", grown, _mind),
    planted_person("draws_living_only", grown, _draws_living_only),
    planted_person("orphan", grandchild, _orphan(drawing_care=False)),
    planted_person("stopped", grown, _stopped(_care, CARE)),
    planted_person("begins_later", grown, _begins_later(_care, CARE)),
    planted_person("payments_failed", grown, _only_paid(_care, CARE, 1, 0, "已退回", "账号与姓名不符")),
    planted_person("paid_before", grown, _only_paid(_care, CARE, 4, 2)),
    planted_person("certificate_renewed", grown, _renewed(_care)),
    lawful("in_care", old_alone, _in_care),
    lawful("no_care_needed", grown, _no_care_needed),
    lawful("light", grown, _light),
    lawful("injured_at_work", grown, _flag(_care, "工伤护理费", "人社")),
    lawful("certificate_expired", grown, _certificate(_care, expires=TODAY - 40, state="过期")),
    lawful("dead", with_family, _dead(_care)),
    lawful("gone", grown_child, _gone(_care)),
    lawful("paid_last_month", grown, _only_paid(_care, CARE, 2, 1)),
    lawful("payment_pending", grown, _only_paid(_care, CARE, 0, 0, "待发放")),
)

CONTROL = lawful("draws_both", grown, _draws_both)
LIVING_SCRIPT = Script("unpaid_disability_subsidies", 2.2, LIVING_CASES, CONTROL)
CARE_SCRIPT = Script("care_subsidy_missing", 1.6, CARE_CASES, CONTROL)
