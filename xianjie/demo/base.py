"""The small ledgers around the register: officials and their relatives, exclusions, who collects for whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xianjie.demo.casting import how_many
from xianjie.demo.days import TODAY, age, day, iso
from xianjie.demo.dice import Dice
from xianjie.demo.model import Household, Person, Township, Village
from xianjie.demo.names import full_name
from xianjie.demo.organisations import committee
from xianjie.demo.tables import household_row, person_row

Row = dict[str, Any]
_EXCLUSIONS = (  # 待遇甲, 待遇乙, 规则, 依据
    ("低保金", "特困供养金", "互斥", "示范设定（启用前换成民政部门文件）"),
    ("孤儿基本生活费", "事实无人抚养儿童基本生活费", "互斥", "示范设定（启用前换成民政部门文件）"),
    ("孤儿基本生活费", "特困供养金", "择高", "示范设定（启用前换成民政部门文件）"),
    ("特困供养金", "困难残疾人生活补贴", "互斥", "国发〔2015〕52号"),
    ("特困供养金", "重度残疾人护理补贴", "互斥", "国发〔2015〕52号"),
    ("孤儿基本生活费", "困难残疾人生活补贴", "互斥", "国发〔2015〕52号"),
    ("困难残疾人生活补贴", "重度残疾人护理补贴", "可叠加", "国发〔2015〕52号"),
    ("城乡居民养老金", "高龄津贴", "可叠加", "示范设定（启用前换成民政部门文件）"),
)
_POSTS = ("村党支部书记", "村委会委员", "村会计")


def _exclusions() -> list[Row]:
    return [
        {
            "待遇甲": first,
            "待遇乙": second,
            "规则": rule,
            "生效日期": "2016-01-01",
            "失效日期": None,
            "依据文件": source,
            "已确认": "是",
        }
        for first, second, rule, source in _EXCLUSIONS
    ]


def _proxies(town: Township) -> list[Row]:
    rows = []
    for person in town.everyone():
        if person.proxy is not None:
            rows.append(
                {
                    "账号": person.proxy.account,
                    "受益人身份证号": person.number,
                    "受益人姓名": person.name,
                    "代领人身份证号": person.proxy.number,
                    "代领人姓名": person.proxy.name,
                    "关系": "同户家人" if person.household is person.proxy.household else "邻居",
                    "依据": "授权委托书",
                    "起始日期": "2022-01-01",
                    "终止日期": None,
                }
            )
    return rows


_OF_HOUSEHOLD = ("户类型", "监测对象类别", "风险是否已消除", "家庭人口数", "户主姓名", "联系电话")
_OF_PERSON = ("姓名", "性别", "与户主关系", "健康状况", "劳动技能")
_OTHER = {"联系电话": "14299999999", "家庭人口数": "9", "户主姓名": "户主已变更"}
UPDATED, EXPORTED = "2024-11-20", "2024-12-02"


class SystemRecords:
    """What the national system says of the households that have a number in it: read when all is settled."""

    def __init__(self, town: Township) -> None:
        self.town = town
        self.missing: set[str] = set()  # 系统户编号 that the system does not have
        self.wrong: dict[str, str] = {}  # 系统户编号 -> the field in which it differs
        self.extra: list[str] = []  # 系统户编号 that no household has
        self.updated: dict[str, str] = {}  # 系统户编号 -> 更新日期, where it is not the usual one
        self.exported = EXPORTED

    def __iter__(self) -> Iterator[Row]:
        for household in self.town.households:
            if household.system_number and household.system_number not in self.missing:
                yield from self._household(household)
        for number in self.extra:
            yield self._row("户", number, None, "户类型", "脱贫户")

    def _household(self, household: Household) -> Iterator[Row]:
        number, row = household.system_number, household_row(household)
        updated = self.updated.get(number, UPDATED)
        for field in _OF_HOUSEHOLD:
            value = _OTHER[field] if self.wrong.get(number) == field else row[field]
            yield self._row("户", number, household.number, field, value, updated)
        for person in household.members:
            if person.present:
                row = person_row(household, person)
                for field in _OF_PERSON:
                    yield self._row("人", person.number, household.number, field, row[field], updated)

    def _row(
        self, kind: str, subject: str, household: str | None, field: str, value: Any, updated: str = UPDATED
    ) -> Row:
        return {
            "对象类型": kind,
            "对象": subject,
            "户编号": household,
            "字段": field,
            "系统值": None if value in (None, "") else value,
            "更新日期": updated,
            "导出日期": self.exported,
        }


def _system(town: Township) -> SystemRecords:
    records = SystemRecords(town)
    dice = town.dice("system")
    plain = [h for h in town.households if h.system_number and not h.monitored and not h.case and h.living]
    audit = "system_mismatch"
    if len(plain) > 4:
        for count, household in enumerate(
            dice.shuffled(plain)[: min(len(plain) // 2, how_many(dice, town.persons, town.persons / 1000))]
        ):
            number = household.system_number
            if count % 3 == 0:
                field = records.wrong[number] = dice.pick(tuple(_OTHER))
                town.plant(audit, f"{number}|{field}")
            elif count % 3 == 1:
                records.missing.add(number)
                town.plant(audit, f"{number}|户")
            else:
                records.extra.append(f"999{number[3:]}")
                town.plant(audit, f"999{number[3:]}|户类型")
            household.case = audit
    return records


def _fit_for_office(person: Person) -> bool:
    household = person.household
    return (
        person.relation in ("户主", "配偶")
        and 28 <= age(person.birth) < 60
        and person.present
        and not household.case
        and not household.lifted
        and not household.monitored
        and not any(other.relief or other.certificates for other in household.members)
        and not person.events
    )


class _Office:
    """Appoints, one row each."""

    def __init__(self, town: Township, dice: Dice) -> None:
        self.dice = dice
        self.rows: list[Row] = []
        self.residents: dict[str, list[Person]] = {}
        for household in town.households:
            for person in household.members:
                if _fit_for_office(person):
                    self.residents.setdefault(household.village.code, []).append(person)

    def add(
        self, name: str, role: str, village: Village | None = None, person: Person | None = None, **more: Any
    ) -> str:
        number = f"G{len(self.rows) + 1:04d}"
        since = day("2021-03-01") + self.dice.below(900)
        row = {
            "干部编号": number,
            "身份证号": person.number if person else None,
            "姓名": name,
            "所属单位": None,
            "角色": role,
            "职务": None,
            "村代码": village.code if village else None,
            "专班": None,
            "任职起": iso(min(since, TODAY)),
            "任职止": None,
            "是否财政供养": "否" if role in ("村干部", "村医") else "是",
        }
        self.rows.append(row | more)
        return number

    def resident(self, village: Village) -> Person | None:
        """Someone of the village, each once and each from another household."""
        left = self.residents.get(village.code, [])
        if not left:
            return None
        person = self.dice.pick(left)
        self.residents[village.code] = [p for p in left if p.household is not person.household]
        return person


def _relatives(number: str, official: Person) -> list[Row]:
    """The family of a village official: those of the household."""
    own = official.relation == "户主"
    kin = {"户主": "配偶", "配偶": "配偶", "之子": "子女", "之女": "子女"}
    if own:
        kin |= {"之父": "父母", "之母": "父母", "之儿媳": "儿媳女婿", "之女婿": "儿媳女婿"}
    return [
        {"干部编号": number, "亲属身份证号": person.number, "亲属姓名": person.name, "关系": kin[person.relation]}
        for person in official.household.members
        if person is not official and person.relation in kin
    ]


def fill(town: Township) -> None:
    """officials, official_relatives, exclusions, payment_proxies."""
    dice = town.dice("officials")
    office = _Office(town, dice)
    relatives: list[Row] = []
    for village in town.villages:
        office.add(village.head, "村干部", village, 所属单位=committee(village), 职务="村委会主任")
        for post in _POSTS:
            person = office.resident(village)
            if person is not None:
                number = office.add(person.name, "村干部", village, person, 所属单位=committee(village), 职务=post)
                relatives += _relatives(number, person)
        doctor = office.resident(village)
        office.add(doctor.name if doctor else full_name(dice), "村医", village, doctor, 职务="乡村医生")
        for role, post, unit in (
            ("驻村", "驻村第一书记", "驻村工作队"),
            ("驻村", "驻村工作队员", "驻村工作队"),
            ("联络组", "联络组组长", "镇人民政府"),
            ("帮扶责任人", "帮扶责任人", "镇人民政府"),
            ("帮扶责任人", "帮扶责任人", "镇中心校"),
        ):
            office.add(full_name(dice), role, village, 所属单位=unit, 职务=post)
    for team in town.tables["teams"]:
        if team["专班"] and team["主要负责人"]:
            office.add(team["主要负责人"], "专班", 专班=team["专班"], 所属单位=team["牵头单位"], 职务="主要负责人")
    town.tables["officials"] = office.rows
    town.tables["official_relatives"] = relatives
    town.tables["system_records"] = _system(town)  # type: ignore[assignment]  # iterated once, when written
    town.tables["exclusions"] = _exclusions()
    town.tables["payment_proxies"] = _proxies(town)
