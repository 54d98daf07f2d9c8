"""Who was asked whether a loan is wanted, 四个一批, and how operators take households along: lawful rows and cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from xianjie.demo import asset_income
from xianjie.demo.casting import ENOUGH, how_many, look_alikes
from xianjie.demo.days import THIS_YEAR, TODAY, age, day, iso
from xianjie.demo.dice import Dice, Weighted
from xianjie.demo.fate import recent
from xianjie.demo.loans import AMOUNTS, BANKS, USES
from xianjie.demo.model import Household, Person, Township
from xianjie.demo.works import MARKET, built_on

Row = dict[str, Any]
UNJUST = ("要求提供担保人", "没有抵押物", "家里没有公职人员", "要求先交保证金", "年龄太大", None)
LAWFUL = ("有逾期未还的贷款", "列入失信名单", "为他人担保的贷款逾期", "用途不符合规定", "没有还款能力")
PROGRESS = ("已签订意向协议", "已联系两家企业", "正在维修设备")
DATES = ("下达日期", "批复日期", "入库日期", "开工日期", "验收日期", "竣工日期")
WAYS = Weighted.of({"就业务工": 30.0, "资产租赁": 10.0, "收益分红": 30.0, "订单生产": 15.0, "土地流转": 15.0})
CLASSES = Weighted.of({"巩固类": 45.0, "升级类": 30.0, "盘活类": 17.0, "调整类": 8.0})


def _wanted(town: Township, dice: Dice, expected: float) -> int:
    return how_many(dice, town.persons, expected) if town.persons >= ENOUGH else 0


def _is_poor(household: Household) -> bool:
    return bool(household.lifted or household.monitored)


def _can_borrow(person: Person) -> bool:
    return person.present and person.shows_birth and 20 <= age(person.birth) <= 63


def _plain(household: Household) -> bool:
    """Nothing befalls it but what concerns loans, and nobody is entered twice."""
    about_loans = household.case.startswith(("loan", "interest", "risk")) or not household.case
    return about_loans and not household.also


def _requests(town: Township) -> None:
    """Every 脱贫户 and 监测户 was asked this year; those who borrowed this year have got it."""
    dice = town.dice("loan requests")
    twice = {entry.person for household in town.households for entry in household.also}
    lent = {loan.borrower.household for loan in town.loans if loan.signed >= day(f"{THIS_YEAR}-02-01")}
    since = TODAY - town.standards.whole("贷款需求摸排天数") - 30
    lent_lately = {loan.borrower.household for loan in town.loans if loan.signed > since}
    poor = [h for h in town.households if _is_poor(h) and h.living]
    free = [h for h in poor if _plain(h) and not any(p in twice for p in h.members)]
    free = [h for h in free if h.lifted or h.risk_gone != "是"]
    asked = dice.shuffled([h for h in free if h not in lent_lately and any(map(_can_borrow, h.members))])
    unasked = asked[: min((len(asked) + 1) // 3, _wanted(town, dice, town.persons * 0.0012))]
    for household in unasked:
        town.plant("loan_need_not_surveyed", household.number)
    rest = asked[len(unasked) :]
    refused = rest[: min(len(rest) // 2, _wanted(town, dice, town.persons * 0.001))]
    lawful = set(rest[len(refused) : len(refused) + len(LAWFUL)])
    old = [h for h in free if not any(p.present and 16 <= age(p.birth) <= 67 for p in h.members)]
    left_out = set(unasked) | set(old[: look_alikes(dice, town.persons)])
    rows: list[Row] = []
    for household in poor:
        if household in left_out:
            continue
        person = next((p for p in household.members if _can_borrow(p)), household.living[0])
        on = day(f"{THIS_YEAR}-01-20") + dice.below(250)
        row = {
            "需求编号": f"DX{len(rows) + 1:05d}",
            "户编号": household.number,
            "身份证号": person.number,
            "姓名": person.name,
            "银行": None,
            "金额": None,
            "用途": None,
            "申请日期": iso(on),
            "受理日期": None,
            "受理结果": "无贷款需求",
            "拒贷原因": None,
        }
        if household in lent:
            row |= _asked_for(dice, on) | {"受理结果": "已放款"}
        elif household in refused:
            reason = UNJUST[refused.index(household) % len(UNJUST)]
            row |= _asked_for(dice, on) | {"受理结果": "拒贷", "拒贷原因": reason}
            town.plant("loan_refused_unjustly", row["需求编号"])
        elif household in lawful:
            row |= _asked_for(dice, on) | {"受理结果": "拒贷", "拒贷原因": dice.pick(LAWFUL)}
        elif dice.chance(0.1) and any(map(_can_borrow, household.members)):
            row |= _asked_for(dice, on) | {"受理结果": "本人放弃"}
        rows.append(row)
    town.tables["loan_requests"] = rows


def _asked_for(dice: Dice, on: int) -> Row:
    return {
        "银行": dice.pick(BANKS),
        "金额": f"{dice.pick(AMOUNTS)}.00",
        "用途": dice.pick(USES),
        "受理日期": iso(on + dice.between(3, 12)),
    }


def _classes(town: Township) -> None:
    """四个一批: every finished 产业 project in one class."""
    dice = town.dice("four classes")
    first = town.standards.whole("资产起算年度")
    heads = {village.code: village.head for village in town.villages}
    rows: list[Row] = []
    old, new = [], []
    for project in sorted(town.tables["projects"], key=lambda row: row["项目编号"]):
        done = built_on(project)
        if project["项目类别"] == "产业发展" and done is not None and done <= TODAY:
            started = next(project[column] for column in DATES if project[column])
            (new if int(started[:4]) >= first else old).append(project)
    order = dice.shuffled(new)
    wanted = min(len(order) // 3, _wanted(town, dice, len(new) * 0.06))
    unclassified, twice = order[: (wanted + 1) // 2], order[(wanted + 1) // 2 : wanted]
    for project in unclassified + twice:
        town.plant("project_unclassified", project["项目编号"])
    left_out = {project["项目编号"] for project in unclassified}
    both = {project["项目编号"] for project in twice}
    for project in [p for p in new if p["项目编号"] not in left_out] + old[: len(old) // 2]:
        number = project["项目编号"]
        kind = "巩固类" if number in both else dice.weighted(CLASSES)
        rows.append(_classed(dice, number, kind, heads.get(project["村代码"], "")))
        if number in both:
            rows.append(_classed(dice, number, "升级类", heads.get(project["村代码"], "")))
    _stall(town, dice, rows)
    town.tables["industry_projects"] = rows


def _classed(dice: Dice, number: str, kind: str, head: str) -> Row:
    poor = kind in ("盘活类", "调整类")
    finished = poor and dice.chance(0.4)
    due = day("2024-09-30") if finished else day("2025-03-31")
    return {
        "项目编号": number,
        "四个一批类别": kind,
        "原因": {"巩固类": "效益稳定", "升级类": "有发展基础", "盘活类": "经营暂时困难", "调整类": "难以为继"}[kind],
        "措施": dice.pick(("重新招租", "改进经营", "引进主体合作", "调整用途")) if poor else None,
        "责任人": head or "村委会主任" if poor else None,
        "完成时限": iso(due) if poor else None,
        "进展": "已完成" if finished else dice.pick(PROGRESS) if poor else None,
        "进展日期": iso(recent(dice.between(20, 55)) if not finished else due - 12) if poor else None,
        "完成日期": iso(due - 10) if finished else None,
    }


def _no_measure(row: Row, limit: int) -> None:
    row["措施"] = row["进展"] = row["进展日期"] = None


def _no_deadline(row: Row, limit: int) -> None:
    row["完成时限"] = None


def _stalled(row: Row, limit: int) -> None:
    row["完成时限"], row["进展日期"] = "2024-10-31", iso(recent(limit + 1))


def _late_but_moving(row: Row, limit: int) -> None:
    row["完成时限"], row["进展日期"] = "2024-10-31", iso(recent(limit))


def _stall(town: Township, dice: Dice, rows: list[Row]) -> None:
    """Some measures are missing or stand still; a small town has too few such projects, and gets some more."""
    limit = town.standards.whole("项目盘活进展天数")
    per_project: dict[str, int] = {}
    for row in rows:
        per_project[row["项目编号"]] = per_project.get(row["项目编号"], 0) + 1
    single = dice.shuffled([row for row in rows if per_project[row["项目编号"]] == 1])
    single.sort(key=lambda row: row["四个一批类别"] not in ("盘活类", "调整类"))
    wanted = min(len(single) // 2, _wanted(town, dice, len(rows) * 0.05))
    ways: Iterator[Callable[[Row, int], None]] = iter((_no_measure, _stalled, _no_deadline) * (wanted // 3 + 1))
    for row in single[:wanted]:
        _reclass(dice, row)
        next(ways)(row, limit)
        town.plant("revival_stalled", f"{row['项目编号']}|{row['四个一批类别']}")
    for row in single[wanted : wanted + look_alikes(dice, town.persons)]:
        _reclass(dice, row)
        _late_but_moving(row, limit)


def _reclass(dice: Dice, row: Row) -> None:
    kind = row["四个一批类别"] if row["四个一批类别"] in ("盘活类", "调整类") else "盘活类"
    row |= _classed(dice, row["项目编号"], kind, "") | {"完成日期": None, "完成时限": "2025-03-31"}


def _links(town: Township) -> None:
    """Every operator of a project's assets takes some 脱贫户 along."""
    dice = town.dice("benefit links")
    poor = [h for h in town.households if _is_poor(h) and h.living]
    near: dict[str, list[Household]] = {}
    for household in poor:
        near.setdefault(household.village.code, []).append(household)
    places: dict[str, tuple[str, str]] = {}
    for asset in sorted(town.tables["assets"], key=lambda row: row["资产编号"]):
        if asset["资产类别"] == MARKET and asset["经营主体"] and asset["项目编号"] and asset["使用状态"] != "报废":
            places.setdefault(asset["项目编号"], (asset["经营主体"], asset["村代码"]))
    numbers = {row["名称"]: row["单位编号"] for row in town.tables["organisations"]}
    projects = dice.shuffled(sorted(places)) if poor else []
    without = projects[: min(len(projects) // 3, _wanted(town, dice, len(projects) * 0.06))]
    for number in without:
        town.plant("no_benefit_link", number)
    rows: list[Row] = []
    for number in sorted(set(projects) - set(without)):
        operator, code = places[number]
        for household in dice.shuffled(near.get(code) or poor)[: dice.between(2, 6)]:
            promised = dice.between(3, 15) * 100
            due = day(f"{dice.between(THIS_YEAR - 1, THIS_YEAR)}-10-31")
            rows.append(
                {
                    "记录编号": f"LN{len(rows) + 1:05d}",
                    "单位编号": numbers.get(operator),
                    "经营主体": operator,
                    "项目编号": number,
                    "联结方式": dice.weighted(WAYS),
                    "户编号": household.number,
                    "承诺金额": f"{promised}.00",
                    "应付日期": iso(due),
                    "金额": f"{promised}.00",
                    "日期": iso(due - dice.below(20)),
                }
            )
    _unreal(town, dice, rows)
    town.tables["benefit_links"] = rows


def _unreal(town: Township, dice: Dice, rows: list[Row]) -> None:
    limit = town.standards.whole("联农分红兑现天数")
    general = [h for h in town.households if not _is_poor(h) and h.living]
    order = dice.shuffled(rows)
    wanted = min(len(order) // 3, _wanted(town, dice, len(rows) * 0.03))
    for place, row in enumerate(order[:wanted]):
        if place % 2 and general:
            row["户编号"] = dice.pick(general).number
        else:
            row["应付日期"] = iso(recent(limit + 1 + dice.below(200)))
            row["金额"], row["日期"] = (None, None) if place % 4 == 0 else ("100.00", iso(recent(limit)))
        town.plant("benefit_link_unreal", row["记录编号"])
    for row in order[wanted : wanted + look_alikes(dice, town.persons)]:  # not due for long
        row["应付日期"], row["金额"], row["日期"] = iso(recent(limit)), None, None


def _shared_payee(town: Township) -> None:
    """Loans of three households and more that end with one person."""
    dice = town.dice("shared payee")
    lawful = [loan for loan in town.loans if not loan.borrower.household.case and not loan.payee]
    one_each = list({loan.borrower.household: loan for loan in lawful}.values())
    need = town.standards.whole("贷款归集户数")
    if town.persons >= ENOUGH and len(one_each) >= 4 * need:
        for loan in dice.shuffled(one_each)[:need]:
            loan.payee = "示范收购户钱满仓"
            town.plant("loan_to_company", loan)


def fill(town: Township) -> None:
    """The ledgers of industry and of what assets bring in."""
    _shared_payee(town)
    _requests(town)
    _classes(town)
    asset_income.fill(town)  # before the links: it decides who runs what
    _links(town)
