"""Who is chronically ill, with what, since when; contracts with doctors, visits, applications, bills: all lawful."""

from __future__ import annotations

from typing import Any

from xianjie.demo import names
from xianjie.demo.days import DAYS_A_YEAR, THIS_MONTH, THIS_YEAR, TODAY, age, day, iso
from xianjie.demo.dice import Dice, Weighted
from xianjie.demo.model import Household, Person, Township

Row = dict[str, Any]
FOUR = ("高血压", "2型糖尿病", "肺结核", "严重精神障碍")  # what a family doctor looks after
COMMON = ("高血压", "2型糖尿病")  # need no application
RELIEF = ("低保", "特困", "孤儿", "事实无人抚养")
JANUARY = day(f"{THIS_YEAR}-01-01")
MOST_OWN = 6000  # what is left to a lawful patient of the year's bill
LEDGERS = ("chronic_patients", "doctor_contracts", "doctor_services", "chronic_applications", "medical_claims")
_CHRONIC = Weighted.of(
    {
        "高血压": 56.0,
        "2型糖尿病": 20.0,
        "冠心病": 8.0,
        "脑卒中后遗症": 5.0,
        "慢性阻塞性肺疾病": 4.0,
        "类风湿关节炎": 3.0,
        "甲状腺功能异常": 1.5,
        "帕金森病": 1.0,
        "肝硬化": 1.0,
        "肺结核": 0.5,
    }
)
_SERIOUS = Weighted.of(
    {"恶性肿瘤门诊治疗": 60.0, "慢性肾功能衰竭透析": 22.0, "系统性红斑狼疮": 10.0, "再生障碍性贫血": 8.0}
)
_YOUNG = Weighted.of({"癫痫": 60.0, "慢性肾小球肾炎": 40.0})
_FOUND = ("公卫系统", "公卫系统", "住院病历", "入户排查")
_HOSPITALS = ("文水县人民医院", "文水县中医医院", "汾阳医院", "吕梁市人民医院", "山西白求恩医院")


def someone(person: Person) -> Row:
    return {"身份证号": person.number, "姓名": person.name}


def end_of(person: Person) -> int | None:
    """The day of death or departure."""
    return person.death if person.death is not None else person.left


def on_relief(person: Person) -> bool:
    return any(person.draws(kind, THIS_MONTH) for kind in RELIEF)


class Practice:
    """The township's patients and what is written about them."""

    def __init__(self, town: Township, dice: Dice, doctors: dict[str, str]) -> None:
        self.town, self.dice, self.doctors = town, dice, doctors
        for name in LEDGERS:
            town.tables[name] = []

    def fall_ill(self, person: Person, disease: str, since: int) -> Row:
        """A patient, managed from the weeks after the diagnosis to death or departure."""
        end = end_of(person)
        managed = min(since + self.dice.between(0, 40), TODAY)
        row = someone(person) | {
            "病种": disease,
            "确诊日期": iso(since),
            "来源": self.dice.pick(_FOUND),
            "是否在管": "是" if end is None else "否",
            "管理起": iso(managed),
            "管理止": None if end is None else iso(max(end, managed)),
        }
        self.town.tables["chronic_patients"].append(row)
        return row

    def sign(self, person: Person, disease: str, on: int) -> Row:
        row = someone(person) | {
            "年度": THIS_YEAR,
            "医生": self.doctors.get(person.household.village.code),
            "病种": disease,
            "签约日期": iso(on),
            "协议止": f"{THIS_YEAR}-12-31",
            "协议编号": f"JY{THIS_YEAR}-{self.town.count('doctor contracts'):05d}",
        }
        self.town.tables["doctor_contracts"].append(row)
        return row

    def visit(self, person: Person, on: int, way: str = "面访") -> None:
        self.town.tables["doctor_services"].append(
            someone(person)
            | {
                "日期": iso(on),
                "服务方式": way,
                "内容": "健康体检"
                if way == "体检"
                else self.dice.pick(("问诊，指导用药", "测量体征，调整用药", "了解症状，指导饮食")),
                "医生": self.doctors.get(person.household.village.code),
            }
        )

    def visits(self, person: Person, disease: str, since: int, last: int = TODAY) -> None:
        """A visit in every three months, monthly for tuberculosis, and one check-up."""
        step = 30 if disease == "肺结核" else 91
        latest = 25 if step == 30 else 70
        for count in range(12):
            on = since + step * count + self.dice.between(3, latest)
            if on <= last:
                self.visit(person, on)
        check = since + self.dice.between(60, 200)
        if check <= last:
            self.visit(person, check, "体检")

    def apply(self, person: Person, disease: str, on: int, approved: bool = True) -> Row:
        """An application, decided within a month, told about or begun in time."""
        dice = self.dice
        decided = on + dice.between(10, 28)
        row = someone(person) | {
            "申请编号": f"MB{iso(on)[:4]}{self.town.count('chronic applications'):05d}",
            "病种": disease,
            "申请日期": iso(on),
            "认定结果": "审核中",
        }
        if decided <= TODAY:
            told, begun = min(decided + dice.between(1, 12), TODAY), decided + dice.between(2, 25)
            row["认定日期"] = iso(decided)
            row["认定结果"] = "符合" if approved else "不符合"
            if not approved:
                row |= {"书面告知日期": iso(told), "告知方式": dice.pick(("书面送达", "书面送达", "邮寄"))}
            elif begun <= TODAY:
                row["待遇起"] = iso(begun)
        self.town.tables["chronic_applications"].append(row)
        return row

    def bill(
        self, person: Person, on: int, total: int, basic: int, serious: int, aid: int, own: int, kind: str = "住院"
    ) -> Row:
        """A settled bill in whole 元."""
        row = someone(person) | {
            "结算编号": f"JS{THIS_YEAR}{self.town.count('medical claims'):06d}",
            "就诊日期": iso(on),
            "就诊类型": kind,
            "医疗机构": self.dice.pick(_HOSPITALS),
            "结算日期": iso(min(on + self.dice.between(4, 18), TODAY) if kind == "住院" else on),
            "总费用": f"{total}.00",
            "基本医保报销": f"{basic}.00",
            "大病保险报销": f"{serious}.00",
            "医疗救助报销": f"{aid}.00",
            "合规自付": f"{own}.00",
        }
        self.town.tables["medical_claims"].append(row)
        return row

    def hospital(self, person: Person, on: int) -> None:
        """A stay in hospital with all the help that is due."""
        dice, standards = self.dice, self.town.standards
        total = dice.between(30, 330) * 100
        basic = total * dice.between(55, 68) // 100
        left = total * 92 // 100 - basic
        helped = on_relief(person)
        line = standards.whole("大病保险倾斜起付线" if helped else "大病保险起付线")
        serious = (left - line) * 6 // 10 if left > line else 0
        aid = (left - serious) * 7 // 10 if helped else 0
        own = left - serious - aid
        if own > MOST_OWN:
            total, basic, own = total - (own - MOST_OWN), basic, MOST_OWN
        self.bill(person, on, total, basic, serious, aid, own)

    # what befalls those who act no case

    def diseases(self, person: Person) -> list[str]:
        years, found = age(person.birth), []
        if "长期慢性病" in person.health:
            found.append(self.dice.weighted(_YOUNG if years < 25 else _CHRONIC))
        if "患有大病" in person.health and years >= 18:
            found.append(self.dice.weighted(_SERIOUS))
        certificate = person.certificate
        if certificate is not None and certificate.category == "精神":
            found.append("严重精神障碍")
        return found

    def live(self, person: Person, disease: str) -> None:
        """One illness of one person, with everything that is due."""
        dice, end = self.dice, end_of(person)
        last = TODAY - 1 if end is None else end
        longest = min(int(15 * DAYS_A_YEAR), last - person.birth - 300)
        since = last - dice.between(min(20, longest), max(longest, 1)) if longest > 0 else last
        managed = self.fall_ill(person, disease, since)["管理起"]
        if disease in FOUR and last >= JANUARY:
            self.care(person, disease, day(managed), last)
        if disease not in COMMON:
            on = since + dice.between(10, 70)
            if on <= last:
                self.apply(person, disease, on, dice.chance(0.88))

    def care(self, person: Person, disease: str, managed: int, last: int) -> None:
        """This year's contract and visits."""
        signed = max(JANUARY + self.dice.between(4, 50), managed)
        if signed > last:
            signed = max(managed, JANUARY)
        if not any(row["身份证号"] == person.number for row in self.town.tables["doctor_contracts"][-3:]):
            self.sign(person, disease, signed)
        self.visits(person, disease, signed, last)

    def household(self, household: Household) -> None:
        """The ill of a household; one of them at most lay in hospital this year."""
        stayed = False
        for person in household.members:
            for disease in self.diseases(person):
                self.live(person, disease)
            years = age(person.birth)
            if person.present and not stayed and self.dice.chance(0.03 if years < 50 else 0.1):
                self.hospital(person, JANUARY + self.dice.below(TODAY - JANUARY - 30))
                stayed = True


def doctor_names(town: Township) -> dict[str, str]:
    dice = town.dice("village doctors")
    return {village.code: names.full_name(dice) for village in town.villages}
