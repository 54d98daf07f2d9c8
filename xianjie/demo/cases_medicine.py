"""Cases about insurance, chronic illness and medical bills, each with a person of its own."""

from __future__ import annotations

from collections.abc import Callable

from xianjie.demo.casting import Deed, Stage, enact
from xianjie.demo.days import THIS_YEAR, TODAY, age, day, iso
from xianjie.demo.fate import recent
from xianjie.demo.insurance import aid, resident
from xianjie.demo.medicine import JANUARY, Practice, on_relief
from xianjie.demo.model import Cover, Household, Person, Township
from xianjie.demo.pool import Pool

Act = Callable[[Stage, Practice, Person], None]
TRANSFER = day(f"{THIS_YEAR}-06-30")


def grown(person: Person) -> bool:
    return 25 <= age(person.birth) < 75


def healthy(person: Person) -> bool:
    return grown(person) and person.health == ("健康",)


def helped_household(household: Household) -> bool:
    return bool(household.lifted or household.monitored)


def plain_household(household: Household) -> bool:
    return not household.monitored


def _insured_at_home(person: Person) -> bool:
    covers = person.covers or []
    return (
        grown(person)
        and [cover.year for cover in covers] == [THIS_YEAR - 1, THIS_YEAR]
        and all(c.kind == "城乡居民医保" and c.place == "文水县" and c.paid for c in covers)
        and not any(flag.kind in ("职工参保", "异地参保", "高校参保") for flag in person.flags)
    )


def _not_ill(person: Person) -> bool:
    """Nobody whose illnesses are in the ledgers already, and insured here."""
    return healthy(person) and not person.certificates and _insured_at_home(person)


def _no_aid(person: Person) -> bool:
    return _insured_at_home(person) and not person.relief and not (person.covers or [Cover(0)])[-1].aid


def _on_dibao(person: Person) -> bool:
    return _insured_at_home(person) and (person.covers or [Cover(0)])[-1].category == "低保对象"


def _aided_in_part(person: Person) -> bool:
    return _insured_at_home(person) and (person.covers or [Cover(0)])[-1].category in (
        "稳定脱贫人口",
        "低保边缘家庭成员",
    )


def _job_since(first: int, home_until: int | None = None) -> Act:
    """Takes a job in a town; the cover at home ends when the other begins, or does not."""

    def act(stage: Stage, _practice: Practice, person: Person) -> None:
        assert person.covers is not None
        if home_until is not None:
            person.covers[-1].last = home_until
        person.covers.append(Cover(THIS_YEAR, "职工医保", "太原市", first=first, last=day(f"{THIS_YEAR}-12-31")))

    return act


def _without_aid(stage: Stage, _practice: Practice, person: Person) -> None:
    assert person.covers is not None
    cover = person.covers[-1]
    cover.paid, cover.aid, cover.category = (cover.paid or 0) + cover.aid, 0, ""


def _overcharged(stage: Stage, _practice: Practice, person: Person) -> None:
    """Aided, and yet pays nearly as much as anybody."""
    assert person.covers is not None and person.covers[-1].paid is not None
    person.covers[-1].paid += min(50, person.covers[-1].aid)


def _also_insured_elsewhere(stage: Stage, _practice: Practice, person: Person) -> None:
    """A second row, of a town to which he moved for a time: aided only once."""
    assert person.covers is not None
    person.covers.append(
        Cover(THIS_YEAR, place="太原市", first=day(f"{THIS_YEAR}-01-01"), last=day(f"{THIS_YEAR}-12-31"))
    )


def _aided_twice(stage: Stage, _practice: Practice, person: Person) -> None:
    assert person.covers is not None
    cover = person.covers[-1]
    whole = (cover.paid or 0) + cover.aid
    helped = aid(stage.town.standards, "监测对象")
    person.covers.append(resident(stage.dice, THIS_YEAR, whole - helped, helped, "监测对象"))


def _patient(
    disease: str, since: int = 1200, signed: bool = True, visits: int | None = None, managed: int | None = None
) -> Act:
    """Ill for so many days; with a contract or without; with all visits that are due or only so many."""

    def act(stage: Stage, practice: Practice, person: Person) -> None:
        row = practice.fall_ill(person, disease, recent(since))
        if managed is not None:
            row["是否在管"], row["管理止"] = "否", row["管理起"]
        if signed:
            on = max(JANUARY + 20, day(row["管理起"]))
            practice.sign(person, disease, on)
            if visits is None:
                practice.visits(person, disease, on)
            for count in range(visits or 0):
                practice.visit(person, on + 30 + 20 * count)

    return act


def _long_contract(stage: Stage, practice: Practice, person: Person) -> None:
    practice.fall_ill(person, "高血压", recent(1500))
    practice.sign(person, "高血压", day("2023-02-10")).update(年度=2023, 协议止="2026-02-09")


def _phoned(stage: Stage, practice: Practice, person: Person) -> None:
    """Mental illness: half of the visits by telephone."""
    practice.fall_ill(person, "严重精神障碍", recent(1500))
    practice.sign(person, "严重精神障碍", JANUARY + 10)
    practice.apply(person, "严重精神障碍", recent(1400))
    for count in range(4):
        practice.visit(person, JANUARY + 30 + 80 * count, "电话随访" if count % 2 else "面访")


def _applied(days_ago: Callable[[Stage], int], approved: bool, **changes: object) -> Act:
    """An application decided so many days ago and not gone on with, but for `changes`."""

    def act(stage: Stage, practice: Practice, person: Person) -> None:
        decided = recent(days_ago(stage))
        disease = stage.dice.pick(("冠心病", "脑卒中后遗症", "类风湿关节炎"))
        practice.fall_ill(person, disease, decided - 200)
        row = practice.apply(person, disease, decided - 20, approved)
        row["认定日期"] = iso(decided)
        row["认定结果"] = "符合" if approved else "不符合"
        row |= {"书面告知日期": None, "告知方式": None, "待遇起": None}
        row.update(changes)

    return act


def _claimed_already(stage: Stage, practice: Practice, person: Person) -> None:
    """Approved, drawing already, only the day is not filled in."""
    _applied(lambda s: s.threshold("慢特病待遇落实天数") + 60, True)(stage, practice, person)
    practice.bill(person, recent(20), 600, 420, 0, 0, 120, "门诊慢特病")


def _never_applied(days_ago: Callable[[Stage], int], disease: str = "", ended: bool = False) -> Act:
    def act(stage: Stage, practice: Practice, person: Person) -> None:
        named = disease or stage.dice.pick(("冠心病", "脑卒中后遗症", "慢性阻塞性肺疾病", "类风湿关节炎"))
        row = practice.fall_ill(person, named, recent(days_ago(stage)))
        if ended:
            row["是否在管"], row["管理止"] = "否", iso(TODAY - 30)

    return act


def _bill(days_ago: Callable[[Stage], int], total: int, basic: int, serious: int, aid: int, own: int) -> Act:
    """A stay in hospital settled so many days ago."""

    def act(stage: Stage, practice: Practice, person: Person) -> None:
        settled = recent(days_ago(stage))
        practice.bill(person, settled - 9, total, basic, serious, aid, own)["结算日期"] = iso(settled)

    return act


def _limit(item: str, more: int = 0) -> Callable[[Stage], int]:
    return lambda stage: stage.threshold(item) + more


NOTICE, BENEFIT, HINT, AID_DAYS = "慢特病书面告知天数", "慢特病待遇落实天数", "慢特病申请提示天数", "医疗救助办理天数"


def spoil(town: Township, practice: Practice, pool: Pool) -> None:
    """Act the cases of each audit about persons."""

    def played(
        act: Act,
        fits: Callable[[Person], bool] = _not_ill,
        of: Callable[[Household], bool] = plain_household,
        or_else: Callable[[Person], bool] | None = None,
    ) -> Deed:
        """`or_else`: who may be taken where a small town has nobody who fits."""

        def deed(stage: Stage) -> None:
            person = pool.person(fits, of) or (or_else and pool.person(or_else, of))
            if person is not None:
                act(stage, practice, person)
                stage.subject(person)

        return deed

    per = town.persons / 1000
    enact(
        town,
        "double_insurance",
        per,
        (
            played(_job_since(day(f"{THIS_YEAR}-03-01")), _no_aid),
            played(_job_since(day(f"{THIS_YEAR}-07-01")), _no_aid),
            played(_job_since(day(f"{THIS_YEAR}-05-20"), TRANSFER), _no_aid),
        ),
        (played(_job_since(day(f"{THIS_YEAR}-06-15"), TRANSFER), _no_aid),),
    )
    enact(
        town,
        "insurance_subsidy_missing",
        per,
        (played(_overcharged, _aided_in_part, or_else=_on_dibao), played(_without_aid, _on_dibao)),
        (),
    )
    enact(
        town,
        "two_insurance_subsidies",
        per * 0.6,
        (played(_aided_twice, _on_dibao, or_else=_aided_in_part),),
        (played(_also_insured_elsewhere, _aided_in_part),),
    )
    enact(
        town,
        "chronic_without_doctor",
        per * 1.5,
        (
            played(_patient("高血压", signed=False), _not_ill, helped_household),
            played(_patient("2型糖尿病", signed=False), _not_ill, helped_household),
        ),
        (
            played(_patient("高血压", signed=False, managed=0), _not_ill, helped_household),
            played(_patient("高血压", signed=False), _not_ill, lambda h: not helped_household(h)),
            played(_long_contract, _not_ill, helped_household),
        ),
    )
    enact(
        town,
        "signed_without_service",
        per * 2,
        (
            played(_patient("高血压", visits=0)),
            played(_patient("高血压", visits=2)),
            played(_patient("2型糖尿病", visits=1)),
        ),
        (played(_phoned), played(_patient("高血压", since=80, visits=0))),
    )
    enact(
        town,
        "chronic_rejected_without_notice",
        per,
        (
            played(_applied(_limit(NOTICE, 80), False)),
            played(_applied(_limit(NOTICE, 1), False)),
            played(_applied(_limit(NOTICE, 40), False, 书面告知日期=iso(TODAY - 20), 告知方式="短信")),
            played(_applied(_limit(NOTICE, 40), False, 书面告知日期=iso(TODAY - 20), 告知方式="口头")),
        ),
        (
            played(_applied(_limit(NOTICE), False)),
            played(_applied(_limit(NOTICE, 40), False, 书面告知日期=iso(TODAY - 20), 告知方式="邮寄")),
        ),
    )
    enact(
        town,
        "chronic_approved_without_benefit",
        per,
        (
            played(_applied(_limit(BENEFIT, 90), True)),
            played(_applied(_limit(BENEFIT, 1), True)),
            played(_applied(_limit(BENEFIT, 30), True, 待遇起=iso(TODAY + 17))),
        ),
        (played(_applied(_limit(BENEFIT), True)), played(_claimed_already)),
    )
    enact(
        town,
        "chronic_never_applied",
        per * 1.5,
        (played(_never_applied(_limit(HINT, 400))), played(_never_applied(_limit(HINT, 1)))),
        (
            played(_never_applied(_limit(HINT))),
            played(_never_applied(_limit(HINT, 400), "其他")),
            played(_never_applied(_limit(HINT, 400), ended=True)),
        ),
    )
    standards = town.standards
    billed = {row["身份证号"] for row in town.tables["medical_claims"]}

    def never_billed(person: Person) -> bool:
        return _no_aid(person) and person.number not in billed

    def poor_never_billed(person: Person) -> bool:
        return on_relief(person) and person.number not in billed

    over = standards.whole("大病保险起付线") + 2600
    few = standards.whole("医疗救助提示金额") + 700
    # settled after September, so that it belongs to the next year of incomes
    enact(
        town,
        "medical_aid_missing",
        per,
        (
            played(_bill(_limit(AID_DAYS, 5), over * 3, over * 2 - 900, 0, 0, over), never_billed),
            played(_bill(_limit(AID_DAYS, 1), few * 3, few * 2 - 500, 0, 0, few), poor_never_billed),
        ),
        (
            played(_bill(_limit(AID_DAYS), over * 3, over * 2 - 900, 0, 0, over), never_billed),
            played(_bill(_limit(AID_DAYS, 5), over * 3, over * 2 - 900, 1560, 0, over - 1560), never_billed),
            played(_bill(_limit(AID_DAYS, 5), over, 2 * over // 3, 0, 0, over // 4), never_billed),
        ),
    )
