"""The rules that an audit's front matter and SQL have to keep, each refused with a Chinese sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlglot import exp

from xianjie import sqlrules
from xianjie.frontmatter import names_in
from xianjie.macros import VILLAGE_PARAMETER
from xianjie.outcome import OUTCOME
from xianjie.package import Package
from xianjie.sql import (
    REQUIRED_COLUMNS,
    RESERVED,
    STANDARDS_VIEW,
    Library,
    Names,
    calls,
    names_of,
    output_columns,
    output_order,
)
from xianjie.sqlrules import SqlError

if TYPE_CHECKING:
    from xianjie.audits import Audit

AREAS = (
    "base", "education", "health", "water", "housing", "income", "monitoring", "industry", "assets", "funds",
    "employment", "welfare", "duty",
)  # fmt: skip
SEVERITIES = ("高", "中", "低")
NAME = re.compile(r"[a-z][a-z0-9_]*")
_CODE = re.compile(r"[A-Z]{3}[0-9]{2}")
_LONGEST_BASIS = 60
# Where more of what is looked at than this is a finding, the data or a standard is more likely wrong than the township.
EXPECTED_SHARE = 50
_SHARE = re.compile(r"([1-9][0-9]?|100)%")


def check_reads(audit: Audit) -> None:
    """Have SQLite look at all queries; what it says of those in the front matter is marked as such."""
    needs = audit.needs
    for name, sql in (("population", audit.population_sql), ("why_none", audit.why_none_sql)):
        try:
            if sql:
                audit.workbench.probe.reads(sql)
        except SqlError as error:
            raise SqlError(f"{name} 的 {error}") from None
    for name in sorted(audit.may_be_empty - set(needs)):
        raise SqlError(f"may_be_empty 里的“{name}”并没有用到，请删去。")


def check_header(path: Path, header: dict[str, str], package: Package) -> None:
    """The front matter; raises SqlError with a Chinese sentence, as do all of these."""
    if not NAME.fullmatch(path.stem):
        raise SqlError("文件名只能用小写英文、数字和下划线，并以字母开头。")
    if path.parent.name not in AREAS:
        raise SqlError(f"所在文件夹要是十三个领域之一：{'、'.join(AREAS)}。")
    if not _CODE.fullmatch(header["code"]):
        raise SqlError(f"code 要写成三个大写字母加两位数字，现在是“{header['code']}”。")
    if header["severity"] not in SEVERITIES:
        raise SqlError(f"severity 只能填 {'、'.join(SEVERITIES)}，现在是“{header['severity']}”。")
    for name in [header["subject"], *names_in(header.get("may_be_empty"))]:
        if name not in package.ledgers:
            raise SqlError(f"subject 和 may_be_empty 要是台账的名称，没有“{name}”这本台账。")
    if not _SHARE.fullmatch(header.get("expected_share", f"{EXPECTED_SHARE}%")):
        raise SqlError(f"expected_share 要写成 1% 到 100% 的整数，现在是“{header['expected_share']}”。")
    if len(header.get("basis", "")) > _LONGEST_BASIS:
        raise SqlError(f"basis 最多 {_LONGEST_BASIS} 个字，现在有 {len(header['basis'])} 个。")


def check_query(query: exp.Query, names: Names, package: Package, library: Library) -> None:
    """What holds of every query: an audit's, a population's, a view's."""
    sqlrules.check(query, _amounts(package))
    known = {*package.ledgers, *library.views, *OUTCOME}
    for name in sorted(names.sources - known):
        raise SqlError(f"没有“{name}”这本台账或视图。")
    taken = known | set(RESERVED)
    for cte in query.find_all(exp.CTE):
        if cte.alias in taken:
            raise SqlError(f"with 里的名称“{cte.alias}”已经是台账、视图或保留的名称，请换一个。")


def _amounts(package: Package) -> frozenset[str]:
    fields = (field for ledger in package.ledgers.values() for field in ledger.fields)
    return frozenset(field.name for field in fields if field.type == "number")


def check_findings(query: exp.Query, names: Names, package: Package, library: Library) -> None:
    """The query that gives the findings, with the columns and the order that they need."""
    check_query(query, names, package, library)
    columns = output_columns(query)
    for number, name in enumerate(columns, start=1):
        if not name:
            raise SqlError(f"输出的第{number}列没有名称，写成“… as 名称”。")
        if columns.count(name) > 1:
            raise SqlError(f"输出的列“{name}”有两个。")
    for name in REQUIRED_COLUMNS:
        if name not in columns:
            raise SqlError(f"输出里没有“{name}”列。")
    if VILLAGE_PARAMETER in names.parameters or calls(query, "IN_VILLAGE"):
        raise SqlError("不要按 :村代码 筛选，结果会自动按村筛选。")
    if "对象" not in [name for name, _ in output_order(query)]:
        raise SqlError("末尾要有 order by，并且排到 对象 为止，例如 order by 村代码, 对象。")
    if query.args.get("limit"):
        raise SqlError("不能用 limit 截断结果。")


def check_population(query: exp.Query, package: Package, library: Library) -> None:
    """The query that counts what is looked at."""
    try:
        check_query(query, names_of(query), package, library)
    except SqlError as error:
        raise SqlError(f"population 的 {error}") from None
    if not isinstance(query, exp.Select) or len(query.selects) != 1 or not query.selects[0].find(exp.Count):
        raise SqlError("population 要写成 select count(*) from … 的样子。")
    where = query.args.get("where")
    if where is None or not calls(where, "IN_VILLAGE"):
        raise SqlError("population 要按村筛选：where in_village(村代码所在的列)。")


def check_why_none(audit: Audit) -> None:
    """The query that gives the reason where nothing is looked at."""
    query = audit.why_none_query
    if query is None:
        return
    try:
        check_query(query, names_of(query), audit.workbench.package, audit.library)
        if len(query.selects) != 1:
            raise SqlError("只能选一列，就是要说的那句话。")
    except SqlError as error:
        raise SqlError(f"why_none 的 {error}") from None


def check_listed(audit: Audit) -> None:
    """That the front matter lists the standards which the query joins, and no others."""
    listed = audit.listed_standards
    joined = STANDARDS_VIEW in audit.views
    if joined and not listed:
        raise SqlError(f"用到 {STANDARDS_VIEW} 的，要在开头写“-- standards: 项目、项目”，说明用到哪些标准。")
    if listed and not joined:
        raise SqlError(f"standards 只写通过 {STANDARDS_VIEW} 用到的项目，这里没有用到它；“:项目”不用写。")
    for name in sorted(listed & set(audit.parameter_standards)):
        raise SqlError(f"standards 里的“{name}”已经作为参数使用，不用再写。")
