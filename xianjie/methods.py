"""Audits as method sheets: the twelve elements of 计算机审计方法, taken from the audit, its SQL and the package.

Nothing in them comes from the clock or the machine: the same package gives the same sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xianjie.audits import Audit
from xianjie.coverage import CoverageError, load_clauses
from xianjie.ledgercsv import rows as ledger_rows
from xianjie.method_steps import flow, shared_views, steps
from xianjie.package import Package
from xianjie.reads import reads_of

ELEMENTS = (
    "代码", "名称", "目标功能", "所需数据", "分析步骤", "流程",
    "方法语言", "适用法规", "审计建议", "编制单位", "时间", "标志",
)  # fmt: skip
CODE = "方法语言"  # the element that is SQL


@dataclass(frozen=True)
class Sheet:
    """The method sheet of one audit."""

    audit: Audit
    elements: dict[str, list[str]]  # element -> its lines

    @property
    def name(self) -> str:
        """The name of its files, without their ending."""
        return f"{self.audit.code}_{self.audit.name}"

    @property
    def cells(self) -> list[str]:
        """Its elements as texts, in the order of ELEMENTS."""
        return ["\n".join(self.elements[name]) for name in ELEMENTS]


@dataclass(frozen=True)
class Ground:
    """What a confirmed standard rests on."""

    item: str
    nature: str
    document: str


def sheets(package: Package, audits: Iterable[Audit]) -> list[Sheet]:
    """The method sheets, in the order of the audits."""
    titles = {ledger.name: ledger.title for ledger in package.ledgers.values()}
    clauses, grounds = _clauses(package), _grounds(package)
    return [Sheet(audit, _elements(package, audit, titles, clauses, grounds)) for audit in audits]


def _elements(
    package: Package,
    audit: Audit,
    titles: Mapping[str, str],
    clauses: Mapping[str, str],
    grounds: Mapping[str, list[Ground]],
) -> dict[str, list[str]]:
    subject = titles.get(audit.subject, audit.subject)
    return {
        "代码": [audit.code],
        "名称": [audit.title],
        "目标功能": [
            f"查找“{audit.title}”的情形，供{audit.team}核实。",
            f"以{subject}为对象，一个对象一条疑点，写明所在村、问题和证据。疑点是线索，核实以后才能下结论。",
        ],
        "所需数据": _data(package, audit),
        "分析步骤": steps(audit, titles),
        "流程": flow(audit, titles),
        "方法语言": _language(audit),
        "适用法规": _law(audit, clauses, grounds),
        "审计建议": [audit.remedy, f"容易误判的情形：{audit.cautions}"],
        "编制单位": [_maker(package)],
        "时间": [package.as_of],
        "标志": [f"审计名称 {audit.name}；严重程度 {audit.severity}；结果性质 疑点"],
    }


def _maker(package: Package) -> str:
    """Who stands behind the methods: the first of datapackage.json's contributors, else the package itself."""
    for one in package.descriptor.get("contributors") or []:
        if one.get("organization") or one.get("title"):
            return str(one.get("organization") or one["title"])
    return package.title


def _data(package: Package, audit: Audit) -> list[str]:
    columns: dict[str, set[str]] = {}
    for ledger, column in reads_of(audit):
        columns.setdefault(ledger, set()).add(column)
    lines = []
    for ledger in package.ledgers.values():  # in the package's order, columns in the ledger's
        if ledger.name in columns and ledger.name != "standards":
            read = [name for name in ledger.columns if name in columns[ledger.name]]
            lines.append(f"{ledger.title}（{ledger.name}）：{'、'.join(read) or '只看有几行'}")
    if audit.standards:
        lines.append(f"政策标准（standards）中已确认的：{'、'.join(audit.standards)}")
    if audit.comes_last:
        lines.append("同一次编译里其他审计的结果")
    if audit.may_be_empty:
        lines.append(f"可以没有数据的：{'、'.join(package[name].title for name in sorted(audit.may_be_empty))}")
    return [*lines, "参数：截止日期；村代码（空白是全镇）"]


def _language(audit: Audit) -> list[str]:
    lines = [
        "SQL。days_between、money 等函数和政策标准由本系统换成所用数据库的写法；"
        f"运行：python build.py audit {audit.name}",
        *audit.sql.splitlines(),
    ]
    lines += ["", "-- 核对数", *audit.population.splitlines()]
    for view in shared_views(audit):
        lines += ["", f"-- 共用定义 {view.name}：{view.title}", *view.text.splitlines()]
    return lines


def _law(audit: Audit, clauses: Mapping[str, str], grounds: Mapping[str, list[Ground]]) -> list[str]:
    title = clauses.get(audit.clause)
    lines = [f"工作方案条款{audit.clause}" + (f"（{title}）" if title else "")]
    lines += [f"“{audit.basis}”"] if audit.basis else ["规则由本系统拟定，方案中没有原文，见“容易误判的情形”"]
    for name in audit.standards:
        found = grounds.get(name)
        if not found:
            lines.append(f"标准“{name}”：还没有确认")
        for ground in found or []:
            lines.append(f"标准“{name}”（{ground.nature}）：{ground.document or '没有文件'}")
    return lines


def _clauses(package: Package) -> dict[str, str]:
    try:
        return {clause.label: clause.title for clause in load_clauses(package)}
    except CoverageError:  # a package need not have the list
        return {}


def _grounds(package: Package) -> dict[str, list[Ground]]:
    """The documents of the confirmed standards by 项目, each once, in the order of the ledger."""
    ledger = package.ledgers.get("standards")
    found: dict[str, list[Ground]] = {}
    if ledger is None or not ledger.path.is_file():
        return found
    for row in ledger_rows(ledger):
        cells = dict(zip(ledger.columns, row, strict=True))
        ground = Ground(cells["项目"], cells["性质"] or "", cells["依据文件"] or "")
        if cells["已确认"] == "是" and ground not in found.setdefault(ground.item, []):
            found[ground.item].append(ground)
    return {name: grounds for name, grounds in found.items() if grounds}
