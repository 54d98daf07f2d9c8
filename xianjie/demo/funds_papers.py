"""The papers of a project to which money was given: allocation, contract, payments, notices, goals, files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from xianjie.demo.days import TODAY, day, iso, year_of
from xianjie.demo.dice import Dice
from xianjie.demo.model import Township
from xianjie.demo.works import Kind, money, place, project

Row = dict[str, Any]
LEDGERS = (
    "allocations",
    "contracts",
    "contract_milestones",
    "project_payments",
    "disclosures",
    "performance",
    "project_files",
)
REPAIRS = (  # they leave no asset behind
    Kind("村内道路维修项目", "乡村建设行动", 12, 40),
    Kind("排水沟清淤整修项目", "乡村建设行动", 8, 25),
    Kind("街巷坑洼修补项目", "乡村建设行动", 10, 30),
    Kind("饮水管道检修项目", "巩固三保障成果", 8, 30),
)
CONTRACTORS = ("示范建筑工程有限公司", "示范路桥工程有限公司", "示范水利工程有限公司", "示范农机销售有限公司")
SUPERVISOR = "示范工程监理有限公司"
SHARES = (("预付款", 30), ("进度款", 65), ("验收款", 2), ("质保金", 3))  # percent of the contract
WITHOUT_CONTRACT = ("技能培训", "贷款贴息", "到户补助", "项目管理费")
FILES = (
    "村民会议记录",
    "入库资料",
    "实施方案",
    "批复文件",
    "绩效目标表",
    "施工合同",
    "验收资料",
    "结算审计",
    "支付凭证",
    "公示资料",
)
OF_A_CONTRACT = ("施工合同", "结算审计")
NOTICES = (  # 公示级次, 环节, after which date of the project, days after it
    ("村", "项目入库", "入库日期", -60),
    ("乡镇", "项目入库", "入库日期", -40),
    ("县", "项目入库", "入库日期", -20),
    ("县", "资金分配", "下达日期", 1),
    ("村", "项目安排", "下达日期", 4),
    ("乡镇", "项目安排", "下达日期", 3),
    ("村", "项目完工", "验收日期", 3),
    ("乡镇", "项目完工", "验收日期", 4),
)


@dataclass
class Papers:
    """The rows that stand for one project, by ledger: those that are left in a case go into the ledgers."""

    project: Row
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in LEDGERS})

    def put(self, ledger: str, **cells: Any) -> Row:
        self.rows[ledger].append(cells)
        return cells

    def payment(self, node: str) -> Row:
        return next(row for row in self.rows["project_payments"] if row["节点"] == node)

    def milestone(self, node: str) -> Row:
        return next(row for row in self.rows["contract_milestones"] if row["节点"] == node)

    def unpaid(self, *nodes: str) -> None:
        self.rows["project_payments"] = [r for r in self.rows["project_payments"] if r["节点"] not in nodes]

    def hand_in(self, town: Township) -> None:
        for name, rows in self.rows.items():
            town.tables[name] += rows


def cents(text: str) -> int:
    whole, _, rest = text.partition(".")
    return int(whole) * 100 + int((rest + "00")[:2])


def _allocate(town: Township, papers: Papers) -> None:
    row = papers.project
    level = row["资金来源"][:2] if row["资金来源"][:2] == "中央" else row["资金来源"][:1] + "级"
    year = row["下达日期"][:4]
    papers.put(
        "allocations",
        项目编号=row["项目编号"],
        文号=f"示范财农〔{year}〕{town.count(f'documents of {year}')}号",
        资金来源=row["资金来源"],
        级次=level,
        金额=row["预算金额"],
        日期=row["下达日期"],
    )


def _pay(town: Township, papers: Papers, due: int | None, paid: int | None, amount: int, **cells: Any) -> None:
    papers.put(
        "project_payments",
        支付编号=f"ZF{town.count('project payments'):05d}",
        项目编号=papers.project["项目编号"],
        应付日期=None if due is None else iso(due),
        实付日期=None if paid is None else iso(paid),
        金额=money(amount),
        **cells,
    )


def _contract(town: Township, dice: Dice, papers: Papers) -> None:
    row = papers.project
    total = cents(row["结算金额"] or row["预算金额"])
    begun = day(row["开工日期"])
    number, partner = f"HT{town.count('contracts'):05d}", dice.pick(CONTRACTORS)
    papers.put(
        "contracts",
        合同编号=number,
        项目编号=row["项目编号"],
        合同名称=row["项目名称"].removesuffix("项目") + "施工合同",
        乙方=partner,
        金额=money(total),
        签订日期=iso(begun - 3),
        采购方式="公开招标" if total >= 40000000 else "竞争性磋商",
        质保金比例="3",
        监理单位=SUPERVISOR if total >= 40000000 else None,
    )
    accepted = day(row["验收日期"]) if row["验收日期"] else None
    reached = {"预付款": begun - 3, "进度款": begun + 15, "验收款": accepted}
    reached["质保金"] = None if accepted is None else accepted + 365
    paid_before = share_before = 0
    for node, share in SHARES:
        share_before += share
        amount = total * share_before // 100 - paid_before
        paid_before += amount
        on = reached[node]
        if on is not None and on > TODAY:
            on = None
        paid = None if on is None or on + 10 > TODAY else on + dice.between(5, 10)
        due = None if on is None else on + 28
        papers.put(
            "contract_milestones",
            合同编号=number,
            节点=node,
            付款条件={"预付款": "合同签订", "进度款": "主体完工", "验收款": "验收合格", "质保金": "质保期满"}[node],
            付款比例=str(share_before),
            达成日期=None if on is None else iso(on),
            应付日期=None if due is None else iso(due),
            应付金额=money(amount),
            质保到期日=iso(accepted + 365) if node == "质保金" and accepted is not None else None,
            退还日期=iso(paid) if node == "质保金" and paid is not None else None,
        )
        if paid is not None:
            cells = {"合同编号": number, "收款方": partner, "收款方类型": "合同乙方", "节点": node}
            _pay(town, papers, due, paid, amount, **cells)


def _grant(town: Township, papers: Papers) -> None:
    """Money that goes to people at once, without a contract."""
    row = papers.project
    paid = min(day(row["开工日期"]) + 30, TODAY)
    to = ("县级主管部门", "其他") if row["项目类别"] == "项目管理费" else ("受益农户（打卡发放）", "农户")
    cells = {"合同编号": None, "收款方": to[0], "收款方类型": to[1], "节点": "一次性支付"}
    _pay(town, papers, paid + 15, paid, cents(row["结算金额"] or row["预算金额"]), **cells)


def _announce(dice: Dice, papers: Papers) -> None:
    for level, stage, base, after in NOTICES:
        text = papers.project[base]
        if text and day(text) + after <= TODAY:
            first = day(text) + after
            papers.put(
                "disclosures",
                项目编号=papers.project["项目编号"],
                公示级次=level,
                环节=stage,
                起始日期=iso(first),
                终止日期=iso(first + dice.between(10, 13)),
                凭证="政府网站" if level == "县" else "公开栏照片",
            )


def _goals(dice: Dice, papers: Papers) -> None:
    row = papers.project
    funded = day(row["下达日期"]) if row["下达日期"] else None
    middle = None
    if funded is not None and int(iso(funded)[5:7]) < 7:
        middle = day(f"{year_of(funded)}-07-{dice.between(10, 28)}")
    judged = None if not row["验收日期"] else day(row["验收日期"]) + dice.between(15, 40)
    if judged is not None and judged > TODAY:
        judged = None
    count = str(dice.between(1, 30))
    for name, kind, sign, target, unit in (
        ("完成工程量", "数量", "≥", count, "处"),
        ("验收合格率", "质量", "=", "100", "%"),
        ("资金按期支付率", "时效", "≥", "95", "%"),
        ("改善生产生活条件", "社会效益", "定性", "有所改善", None),
        ("受益群众满意度", "满意度", "≥", "95", "%"),
    ):
        papers.put(
            "performance",
            项目编号=row["项目编号"],
            绩效指标=name,
            维度=kind,
            符号=sign,
            目标值=target,
            计量单位=unit,
            中期值=None if middle is None or middle > TODAY else "按序时推进",
            中期日期=None if middle is None or middle > TODAY else iso(middle),
            完成值=None if judged is None else target,
            自评日期=None if judged is None else iso(judged),
            结果运用=None if judged is None else "作为下年项目安排依据",
        )


def _archive(papers: Papers) -> None:
    row = papers.project
    for item in FILES:
        present = "不涉及" if item in OF_A_CONTRACT and not papers.rows["contracts"] else "齐全"
        if present == "齐全" and item in ("验收资料", "结算审计") and not row["验收日期"]:
            continue  # still to come
        papers.put("project_files", 项目编号=row["项目编号"], 项目档案项=item, 齐全情况=present)


def papers_of(town: Township, dice: Dice, row: Row) -> Papers:
    """Everything in order for a project to which money has been given."""
    papers = Papers(row)
    if not row["竣工日期"] and not row["验收日期"]:  # put off, with leave
        row["计划竣工"] = max(row["计划竣工"], iso(TODAY + 16))
    _allocate(town, papers)
    if row["项目类别"] in WITHOUT_CONTRACT or "岗位补助" in row["项目名称"]:
        _grant(town, papers)
    else:
        _contract(town, dice, papers)
    _announce(dice, papers)
    _goals(dice, papers)
    _archive(papers)
    return papers


def reserve(town: Township, dice: Dice) -> Papers:
    """A project in the library to which nothing has been given yet."""
    row = project(town, dice, place(town, dice), dice.pick(REPAIRS), 2024)
    for column in ("批复日期", "下达日期", "开工日期", "竣工日期", "验收日期", "结算金额"):
        row[column] = None
    row["入库日期"] = iso(TODAY - dice.between(20, 60))
    row["计划开工"], row["计划竣工"] = "2025-04-01", "2025-10-31"
    papers = Papers(row)
    _announce(dice, papers)
    _goals(dice, papers)
    for item in ("村民会议记录", "入库资料", "可研论证", "实施方案", "绩效目标表"):
        papers.put("project_files", 项目编号=row["项目编号"], 项目档案项=item, 齐全情况="齐全")
    return papers
