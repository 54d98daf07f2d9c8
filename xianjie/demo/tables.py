"""The township as rows of its ledgers: dictionaries by column name, whatever is not known left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xianjie.demo.benefits import payments, relief_amount
from xianjie.demo.days import THIS_MONTH, age, iso, month_of, month_text
from xianjie.demo.identity import certificate_number
from xianjie.demo.loans import BANKS, loan_event_rows, loan_rows
from xianjie.demo.model import Household, Person, SecondEntry, Township
from xianjie.demo.relief import household_relief

Row = dict[str, Any]
NO_WORK = ("无劳动力", "丧失劳动力")


def _day(ordinal: int | None) -> str | None:
    return None if ordinal is None else iso(ordinal)


def _month(number: int | None) -> str | None:
    return None if number is None else month_text(number)


def _draws(household: Household, kind: str) -> bool:
    return any(household_relief(person, kind, THIS_MONTH) for person in household.living)


def _focus(household: Household) -> str | None:
    """Which of the six groups whose housing is looked after."""
    if household.monitored and household.risk_gone == "否":
        return "因病因灾因意外基本生活严重困难家庭" if household.monitored == "突发严重困难户" else "农村易返贫致贫户"
    if _draws(household, "低保"):
        return "农村低保户"
    if any(p.draws("特困", THIS_MONTH) and p.relief[0].support == "分散供养" for p in household.living):
        return "农村分散供养特困人员"
    if _draws(household, "低保边缘"):
        return "农村低保边缘家庭"
    return "其他脱贫户" if household.lifted else None


def household_row(household: Household) -> Row:
    together = [person for person in household.living if person.together != "否"]
    unable = bool(together) and all(person.labour in NO_WORK for person in together)
    full = any(r.kind == "低保" and r.tier == "全额" and r.last is None for p in household.living for r in p.relief)
    return {
        "户编号": household.number,
        "系统户编号": household.system_number,
        "村代码": household.village.code,
        "村民小组": f"第{'一二三四五六七八'[household.group - 1]}组",
        "户主姓名": household.head.name,
        "户类型": "脱贫户" if household.lifted else "一般农户",
        "脱贫年度": household.lifted,
        "监测对象类别": household.monitored,
        "风险是否已消除": household.risk_gone,
        "六类重点对象": _focus(household),
        "家庭人口数": len(together) + household.miscounted,
        "整户无劳动能力": "是" if unable else "否",
        "兜底保障户": ("是" if unable and full else "否") if household.monitored else None,
        "联系电话": (household.phone_of or household).phone,
    }


def person_row(household: Household, person: Person, entry: SecondEntry | None = None) -> Row:
    return {
        "户编号": household.number,
        "身份证号": person.number,
        "人员编号": person.system_number if entry is None else None,
        "姓名": (entry.name if entry else "") or person.name,
        "性别": person.sex,
        "出生日期": iso(person.birth) if person.shows_birth else None,
        "与户主关系": entry.relation if entry else person.relation,
        "文化程度": person.schooling,
        "在校生状况": person.grade,
        "健康状况": ",".join(person.health),
        "劳动技能": person.labour,
        "户籍状态": entry.status if entry else person.status,
        "共同生活": entry.together if entry else person.together,
        "脱贫人口": "是" if household.lifted else "否",
    }


def households(town: Township) -> Iterator[Row]:
    return map(household_row, town.households)


def persons(town: Township) -> Iterator[Row]:
    for household in town.households:
        for person in household.members:
            if person.listed:
                yield person_row(household, person)
        for entry in household.also:
            yield person_row(household, entry.person, entry)


def person_events(town: Township) -> Iterator[Row]:
    for person in town.everyone():
        for event in sorted(person.events, key=lambda event: (event.on, event.kind)):
            on = iso(event.on)
            yield {
                "身份证号": person.number,
                "姓名": person.name,
                "变动类型": event.kind,
                "日期": on,
                "来源": event.source,
            }


def disability_certificates(town: Township) -> Iterator[Row]:
    for person in town.everyone():
        for made in person.certificates:
            yield {
                "残疾人证号": certificate_number(person.number, made.category, made.level, made.renewal),
                "身份证号": person.number,
                "姓名": person.name,
                "残疾类别": made.category,
                "残疾等级": made.level,
                "需长期照护": made.care,
                "发证日期": iso(made.issued),
                "有效期止": _day(made.expires),
                "证件状态": made.state,
            }


def accounts(town: Township) -> Iterator[Row]:
    for count, person in enumerate(person for person in town.everyone() if person.account):
        yield {
            "账号": person.account,
            "账户类型": "存折" if count % 19 == 7 else "卡",
            "开户银行": BANKS[0] if count % 4 else BANKS[1],
            "身份证号": person.number,
            "姓名": person.name,
            "授权代领": "是" if age(person.birth) < 16 else "否",
        }


def external_flags(town: Township) -> Iterator[Row]:
    for person in town.everyone():
        for flag in person.flags:
            yield {
                "身份证号": person.number,
                "姓名": person.name,
                "标识": flag.kind,
                "来源": flag.source,
                "起始日期": _day(flag.first),
                "终止日期": _day(flag.last),
            }


def insurance(town: Township) -> Iterator[Row]:
    for person in town.everyone():
        for cover in person.covers or ():
            yield {
                "身份证号": person.number,
                "姓名": person.name,
                "年度": cover.year,
                "险种": cover.kind,
                "参保地": cover.place,
                "参保状态": cover.state,
                "参保起": _day(cover.first),
                "参保止": _day(cover.last),
                "资助类别": cover.category,
                "资助金额": f"{cover.aid}.00" if cover.category else None,
                "个人缴费": None if cover.paid is None else f"{cover.paid}.00",
                "缴费日期": _day(cover.paid_on),
            }


def welfare_cases(town: Township) -> Iterator[Row]:
    """One number for the members of a household on the same relief."""
    count = 0
    for household in town.households:
        numbers: dict[str, str] = {}
        for person in household.members:
            for relief in person.relief:
                if relief.kind not in numbers:
                    count += 1
                    numbers[relief.kind] = f"W{count:04d}"
                yield {
                    "救助编号": numbers[relief.kind],
                    "户编号": household.number,
                    "身份证号": person.number,
                    "姓名": person.name,
                    "救助类别": relief.kind,
                    "供养方式": relief.support,
                    "档次": relief.tier,
                    "起始月": month_text(relief.first),
                    "终止月": _month(relief.last),
                    "月金额": relief_amount(town.standards, relief),
                    "最近复核日期": _day(relief.reviewed),
                    "照料人": relief.carer,
                }


def disability_subsidies(town: Township) -> Iterator[Row]:
    for person in town.everyone():
        for spell in person.subsidies:
            yield {
                "身份证号": person.number,
                "姓名": person.name,
                "补贴种类": spell.kind,
                "申请月": month_text(spell.first),
                "起始月": month_text(spell.first),
                "终止月": _month(spell.last),
                "终止原因": spell.reason,
            }


def payment_rows(town: Township) -> Iterator[Row]:
    for person, payment in payments(town):
        first = month_text(payment.first)
        batch = payment.first if payment.paid_on is None else month_of(payment.paid_on)
        yield {
            "发放编号": payment.number,
            "项目": payment.item,
            "户编号": person.household.number,
            "身份证号": person.number,
            "姓名": person.name,
            "账号": (payment.into or person.proxy or person).account,
            "所属期起": first,
            "所属期止": first if payment.last is None else month_text(payment.last),
            "金额": payment.amount,
            "发放日期": _day(payment.paid_on),
            "批次": month_text(batch) + payment.note,
            "发放状态": payment.state,
            "失败原因": payment.reason,
            "原发放编号": payment.repays.number if payment.repays else None,
            "追回金额": payment.recovered,
        }


def rows(town: Township) -> dict[str, Iterator[Row]]:
    """Every ledger that the demo makes, by name."""
    made = {
        "households": households(town),
        "persons": persons(town),
        "person_events": person_events(town),
        "disability_certificates": disability_certificates(town),
        "accounts": accounts(town),
        "payments": payment_rows(town),
        "external_flags": external_flags(town),
        "insurance": insurance(town),
        "welfare_cases": welfare_cases(town),
        "disability_subsidies": disability_subsidies(town),
        "loans": loan_rows(town),
        "loan_events": loan_event_rows(town),
    }
    return made | {name: iter(table) for name, table in town.tables.items()}
