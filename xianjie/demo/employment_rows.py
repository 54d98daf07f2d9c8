"""Rows of the employment ledgers: posts and who holds them, months of work, subsidies, courses and wishes."""

from __future__ import annotations

from typing import Any

from xianjie.demo.days import age, in_month, iso, month, month_text
from xianjie.demo.dice import Dice
from xianjie.demo.model import Household, Person, Township, Village

LEDGERS = (
    "posts",
    "post_holders",
    "post_attendance",
    "employment_months",
    "job_subsidies",
    "workshops",
    "trainings",
    "training_needs",
)
ABLE = ("普通劳动力", "技能劳动力")
POSTS = (
    ("保洁", "村主街和公共场所每日清扫一次"),
    ("护路", "村道日常养护和清障"),
    ("护林", "责任区每日巡护并记录"),
    ("公共设施管护", "文化广场和路灯每周巡查两次"),
)
AWAY = (  # 务工地区, 省, 市, 县, 企业
    ("省外", "河北省", "石家庄市", "藁城区", "示范电子有限公司"),
    ("省内市外", "山西省", "太原市", "小店区", "示范物流有限公司"),
    ("市内县外", "山西省", "吕梁市", "汾阳市", "示范食品有限公司"),
)
NEAR = ("县内", "山西省", "吕梁市", "文水县", "示范农产品加工厂")
YEAR = "2024"
LAST = month("2024-11")
STAY = 6  # months for which the stay subsidy is paid


def poor(household: Household) -> bool:
    return bool(household.lifted or (household.monitored and household.risk_gone == "否"))


def able(person: Person) -> bool:
    """May work: neither at school nor disabled, and of an age at which nobody asks."""
    return 18 <= age(person.birth) <= 58 and person.labour in ABLE and not person.certificates and not person.grade


def post(town: Township, village: Village, place: int = 0) -> str:
    """The village's post of that kind: made when it is first needed."""
    kind, duty = POSTS[place % len(POSTS)]
    for row in town.tables["posts"]:
        if row["村代码"] == village.code and row["岗位类型"] == kind:
            row["名额"] += 1
            return row["岗位编号"]
    number = f"GW{town.count('posts'):04d}"
    town.tables["posts"].append(
        {
            "岗位编号": number,
            "村代码": village.code,
            "岗位类型": kind,
            "岗位职责": duty,
            "名额": 1,
            "月补贴": f"{town.standards.whole('公益岗月补贴')}.00",
            "资金来源": "衔接推进乡村振兴补助资金",
        }
    )
    return number


def hold(town: Township, dice: Dice, person: Person, number: str, first: int, last: int | None = None) -> None:
    """On a post from one day to another, with attendance for this year's months."""
    cells = {"岗位编号": number, "身份证号": person.number, "姓名": person.name}
    town.tables["post_holders"].append(
        cells
        | {
            "上岗日期": iso(first),
            "离岗日期": None if last is None else iso(last),
            "协议编号": f"GY{town.count('agreements'):04d}",
            "意外险": "是",
        }
    )
    for number_of_month in range(month("2024-06"), LAST + 1):
        begun = first < in_month(number_of_month, 2)
        if begun and (last is None or last >= in_month(number_of_month, 28)):
            town.tables["post_attendance"].append(
                cells
                | {
                    "月份": month_text(number_of_month),
                    "出勤天数": str(dice.between(20, 23)),
                    "考核人": person.household.village.head,
                    "发放金额": f"{town.standards.whole('公益岗月补贴')}.00",
                    "发放日期": iso(in_month(number_of_month + 1, dice.between(3, 9))),
                }
            )


def special_post(town: Township, village: Village, duty: str | None, places: int = 1) -> str:
    """A post of its own, that nobody else is put on."""
    number = f"GW{town.count('posts'):04d}"
    town.tables["posts"].append(
        {
            "岗位编号": number,
            "村代码": village.code,
            "岗位类型": "其他",
            "岗位职责": duty,
            "名额": places,
            "月补贴": f"{town.standards.whole('公益岗月补贴')}.00",
            "资金来源": "衔接推进乡村振兴补助资金",
        }
    )
    return number


def works(
    town: Township,
    dice: Dice,
    person: Person,
    where: tuple[str, ...],
    first: int,
    last: int = LAST,
    then_home: bool = True,
) -> None:
    """Employed from one month to another, brought up to date in the first days of the month after.

    `then_home`: entered as not working in the months since.
    """
    pay = dice.between(26, 60) * 100
    for number in range(last + 1, LAST + 1) if then_home else ():
        town.tables["employment_months"].append(
            {
                "身份证号": person.number,
                "姓名": person.name,
                "月份": month_text(number),
                "是否务工": "否",
                "更新日期": iso(in_month(number + 1, dice.between(1, 3))),
            }
        )
    for number in range(first, last + 1):
        town.tables["employment_months"].append(
            {
                "身份证号": person.number,
                "姓名": person.name,
                "月份": month_text(number),
                "是否务工": "是",
                "务工省": where[1],
                "务工市": where[2],
                "务工县": where[3],
                "务工地区": where[0],
                "企业": where[4],
                "行业": "制造业",
                "月收入": f"{pay}.00",
                "就业渠道": "就地就近就业" if where is NEAR else "自主就业",
                "更新日期": iso(in_month(number + 1, dice.between(1, 3))),
            }
        )


def applies(town: Township, person: Person, kind: str, region: str, applied: int, **cells: Any) -> str:
    number = f"JB{town.count('job subsidies'):05d}"
    town.tables["job_subsidies"].append(
        {
            "申请编号": number,
            "奖补种类": kind,
            "年度": YEAR,
            "身份证号": person.number,
            "姓名": person.name,
            "务工地区": region,
            "档次": region,
            "申请日期": iso(applied),
        }
        | cells
    )
    return number


def fare(town: Township, dice: Dice, person: Person, region: str) -> None:
    """The fare of somebody who works outside the county: applied for, looked at, paid by October."""
    applied = in_month(month("2024-05"), dice.between(1, 28))
    amount = town.standards.amount("一次性交通补贴", region)
    applies(
        town,
        person,
        "一次性交通补贴",
        region,
        applied,
        审核日期=iso(applied + 10),
        发放日期=iso(applied + dice.between(20, 60)),
        金额=f"{int(amount)}.00",
    )


def stays(town: Township, dice: Dice, person: Person) -> None:
    """The subsidy for staying in a job outside the county for six months: paid before the end of November."""
    if poor(person.household):
        monthly = town.standards.whole("稳岗补助")
        applied = in_month(month("2024-09"), dice.between(1, 28))
        applies(
            town,
            person,
            "稳岗补助",
            "",
            applied,
            务工地区=None,
            档次=f"每月{monthly}元",
            审核日期=iso(applied + 10),
            发放日期=iso(applied + dice.between(20, 45)),
            金额=f"{monthly * STAY}.00",
        )


def allowance(town: Township) -> int:
    """The living allowance of a day in a course, in 元."""
    return town.standards.whole("培训生活费补贴")


def learns(town: Township, person: Person, begun: int, days: int = 10, paid: int | None = None) -> dict[str, Any]:
    """In a course; `paid`: the day on which the living allowance was paid, None while it was not."""
    row = {
        "班次": f"{iso(begun)[:7]}电工班",
        "身份证号": person.number,
        "姓名": person.name,
        "工种": "电工",
        "开班日期": iso(begun),
        "结班日期": iso(begun + days + 1),
        "培训天数": str(days),
        "需求登记日期": iso(begun - 45),
        "生活费补贴": None if paid is None else f"{days * allowance(town)}.00",
        "补贴天数": None if paid is None else str(days),
        "补贴发放日期": None if paid is None else iso(paid),
    }
    town.tables["trainings"].append(row)
    return row


def wishes(town: Township, person: Person, on: int, **cells: Any) -> None:
    row = {"身份证号": person.number, "姓名": person.name, "登记日期": iso(on), "工种": "电工"}
    town.tables["training_needs"].append(row | cells)
