"""Loads audits/<area>/<name>.sql and views/<name>.sql, and refuses what would not run the same on every engine."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from sqlglot import exp

from xianjie import sqlrules
from xianjie.frontmatter import AuditError, check_keys, names_in, split
from xianjie.macros import VILLAGE_PARAMETER
from xianjie.package import Package, load_package
from xianjie.probe import Probe
from xianjie.sql import (
    REQUIRED_COLUMNS,
    RESERVED,
    STANDARDS_VIEW,
    Library,
    View,
    calls,
    compile_population,
    compile_query,
    compile_sql,
    compile_standards,
    output_columns,
    output_order,
    parameters,
    parse,
    sources,
    standards_of,
    views_of,
)
from xianjie.sqlrules import SqlError

__all__ = ["Audit", "AuditError", "compile_population", "compile_sql", "load_audits", "load_views", "view_sqls"]

AREAS = (
    "base", "education", "health", "water", "housing", "income", "monitoring", "industry", "assets", "funds",
    "employment", "welfare", "duty",
)  # fmt: skip
SEVERITIES = ("高", "中", "低")
_REQUIRED = ("title", "code", "clause", "team", "severity", "subject", "population", "cautions", "remedy")
_OPTIONAL = ("basis", "standards", "may_be_empty", "why_none")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CODE = re.compile(r"[A-Z]{3}[0-9]{2}")
_LONGEST_BASIS = 60


@dataclass(frozen=True)
class Audit:
    """One audits/<area>/<name>.sql, checked."""

    name: str
    area: str
    path: Path
    title: str
    code: str
    clause: str
    basis: str | None  # the document's words; None where the rule is ours
    team: str
    severity: str
    subject: str  # the ledger whose key is 对象
    population: str  # the SQL that counts what is looked at, as its author wrote it
    cautions: str
    remedy: str
    sql: str  # the SELECT as its author wrote it, without the front matter
    standards: tuple[str, ...]  # every 项目 of `standards` that it needs
    may_be_empty: frozenset[str]  # ledgers that may lawfully have no rows
    columns: tuple[str, ...]  # of its result, 对象, 村代码 and 问题 among them
    needs: tuple[str, ...]  # ledgers that the query reads
    reads: frozenset[tuple[str, str]]  # (ledger, column) that the query reads
    query: exp.Query = field(repr=False, compare=False)
    population_query: exp.Query = field(repr=False, compare=False)
    why_none_query: exp.Query | None = field(repr=False, compare=False)  # gives the reason where nothing is looked at
    library: Library = field(repr=False, compare=False)

    @cached_property
    def parameter_standards(self) -> tuple[str, ...]:
        """The standards that are parameters of the SQL; the others are joined through confirmed_standards."""
        used = standards_of(self.query, self.library) | standards_of(self.population_query, self.library)
        return tuple(sorted(used))

    @cached_property
    def findings_sql(self) -> str:
        """Its SQL for SQLite, compiled once; the parameters are :截止日期 and :村代码."""
        return compile_sql(self)

    @cached_property
    def population_sql(self) -> str:
        """The SQL that counts what it looks at, with the same parameters."""
        return compile_population(self)

    @cached_property
    def why_none_sql(self) -> str | None:
        """The SQL that says why there is nothing to look at (no row: it does not know), with the same parameters."""
        return compile_query(self.why_none_query, self.library) if self.why_none_query else None

    @cached_property
    def standards_sql(self) -> str | None:
        """The SQL that gives one row, the value of each standard that is a parameter; None where none is."""
        return compile_standards(self.parameter_standards, self.library) if self.parameter_standards else None

    @cached_property
    def views(self) -> tuple[str, ...]:
        """Names of the shared views that the query reads, directly or through others."""
        return tuple(sorted(view.name for view in views_of(self.query, self.library)))


def load_audits(package: Package | Path | str, as_of: str | None = None) -> dict[str, Audit]:
    """Every audit of the package by name, in the order of their codes; `as_of` replaces the package's own date.

    Raises AuditError with a Chinese sentence for the first file that breaks a rule.
    """
    package = package if isinstance(package, Package) else load_package(package)
    library = Library(as_of or package.as_of, load_views(package))
    probe = Probe(package)
    audits: dict[str, Audit] = {}
    for path in sorted(package.root.glob("audits/*/*.sql")):
        audit = _load(path, package, library, probe)
        for other in audits.values():
            if audit.name == other.name or audit.code == other.code:
                raise AuditError(f"{_place(path, package)}：名称或 code 与 {_place(other.path, package)} 重复。")
        audits[audit.name] = audit
    return dict(sorted(audits.items(), key=lambda item: item[1].code))


def load_views(package: Package) -> dict[str, View]:
    """The shared definitions under views/, by name."""
    views = {}
    for path in sorted(package.root.glob("views/*.sql")):
        place = _place(path, package)
        header, text = split(path, place)
        check_keys(header, ("title",), (), place)
        if not _NAME.fullmatch(path.stem) or path.stem in package.ledgers:
            raise AuditError(f"{place}：文件名只能用小写英文、数字和下划线，并且不能与台账同名。")
        try:
            views[path.stem] = View(path.stem, header["title"], text, parse(text))
        except SqlError as error:
            raise AuditError(f"{place}：{error}") from None
    library = Library(package.as_of, views)
    for view in views.values():
        try:
            _check_query(view.query, package, library)
            views_of(view.query, library)
            if VILLAGE_PARAMETER in parameters(view.query):
                raise SqlError("视图里不要用 :村代码，结果会自动按村筛选。")
            if view.name == STANDARDS_VIEW and parameters(view.query):
                raise SqlError("这个视图不能用参数，参数要靠它来定。")
            if "" in output_columns(view.query):
                raise SqlError("每一列都要有名称。")
        except SqlError as error:
            raise AuditError(f"views/{view.name}.sql：{error}") from None
    return views


def view_sqls(package: Package, as_of: str | None = None) -> list[tuple[str, str]]:
    """(name, SQL) of each shared view for CREATE VIEW, with the package's date (or `as_of`) written in.

    Each stands on the ledgers alone, so that the order of creation does not matter.
    """
    library = Library(as_of or package.as_of, load_views(package))
    return [(name, compile_query(view.query, library, literal_date=True)) for name, view in library.views.items()]


def _place(path: Path, package: Package) -> str:
    return path.relative_to(package.root).as_posix()


def _load(path: Path, package: Package, library: Library, probe: Probe) -> Audit:
    place = _place(path, package)
    header, text = split(path, place)
    check_keys(header, _REQUIRED, _OPTIONAL, place)
    try:
        _check_header(path, header, package)
        query, population = parse(text), _parse_population(header["population"])
        _check_findings(query, package, library)
        _check_population(population, package, library)
        standards = standards_of(query, library) | standards_of(population, library)
        listed = set(names_in(header.get("standards")))
        _check_listed(listed, standards, query, library)
        audit = Audit(
            name=path.stem,
            area=path.parent.name,
            path=path,
            **{key: header[key] for key in _REQUIRED},
            basis=header.get("basis") or None,
            sql=text,
            standards=tuple(sorted(standards | listed)),
            may_be_empty=frozenset(names_in(header.get("may_be_empty"))),
            columns=tuple(output_columns(query)),
            needs=(),
            reads=frozenset(),
            query=query,
            population_query=population,
            why_none_query=_parse_why_none(header.get("why_none"), package, library),
            library=library,
        )
        return _observed(audit, probe)
    except SqlError as error:
        raise AuditError(f"{place}：{error}") from None


def _observed(audit: Audit, probe: Probe) -> Audit:
    """The audit with `needs` and `reads` filled in."""
    reads = probe.reads(audit.findings_sql)
    for name, sql in (("population", audit.population_sql), ("why_none", audit.why_none_sql)):
        try:
            if sql:
                probe.reads(sql)
        except SqlError as error:
            raise SqlError(f"{name} 的 {error}") from None
    needs = tuple(sorted({ledger for ledger, _ in reads} - {"standards"}))
    for name in sorted(audit.may_be_empty - set(needs)):
        raise SqlError(f"may_be_empty 里的“{name}”并没有用到，请删去。")
    return replace(audit, needs=needs, reads=reads)


def _check_header(path: Path, header: dict[str, str], package: Package) -> None:
    if not _NAME.fullmatch(path.stem):
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
    if len(header.get("basis", "")) > _LONGEST_BASIS:
        raise SqlError(f"basis 最多 {_LONGEST_BASIS} 个字，现在有 {len(header['basis'])} 个。")


def _parse_population(text: str) -> exp.Query:
    try:
        return parse(text)
    except SqlError as error:
        raise SqlError(f"population 的 {error}") from None


def _parse_why_none(text: str | None, package: Package, library: Library) -> exp.Query | None:
    if not text:
        return None
    try:
        query = parse(text)
        _check_query(query, package, library)
        if len(query.selects) != 1:
            raise SqlError("只能选一列，就是要说的那句话。")
        return query
    except SqlError as error:
        raise SqlError(f"why_none 的 {error}") from None


def _check_query(query: exp.Query, package: Package, library: Library) -> None:
    amounts = {field.name for ledger in package.ledgers.values() for field in ledger.fields if field.type == "number"}
    sqlrules.check(query, frozenset(amounts))
    known = {*package.ledgers, *library.views}
    for name in sorted(sources(query) - known):
        raise SqlError(f"没有“{name}”这本台账或视图。")
    taken = known | set(RESERVED)
    for cte in query.find_all(exp.CTE):
        if cte.alias in taken:
            raise SqlError(f"with 里的名称“{cte.alias}”已经是台账、视图或保留的名称，请换一个。")


def _check_findings(query: exp.Query, package: Package, library: Library) -> None:
    _check_query(query, package, library)
    columns = output_columns(query)
    for number, name in enumerate(columns, start=1):
        if not name:
            raise SqlError(f"输出的第{number}列没有名称，写成“… as 名称”。")
        if columns.count(name) > 1:
            raise SqlError(f"输出的列“{name}”有两个。")
    for name in REQUIRED_COLUMNS:
        if name not in columns:
            raise SqlError(f"输出里没有“{name}”列。")
    if VILLAGE_PARAMETER in parameters(query) or calls(query, "IN_VILLAGE"):
        raise SqlError("不要按 :村代码 筛选，结果会自动按村筛选。")
    if "对象" not in [name for name, _ in output_order(query)]:
        raise SqlError("末尾要有 order by，并且排到 对象 为止，例如 order by 村代码, 对象。")
    if query.args.get("limit"):
        raise SqlError("不能用 limit 截断结果。")


def _check_population(query: exp.Query, package: Package, library: Library) -> None:
    try:
        _check_query(query, package, library)
    except SqlError as error:
        raise SqlError(f"population 的 {error}") from None
    if not isinstance(query, exp.Select) or len(query.selects) != 1 or not query.selects[0].find(exp.Count):
        raise SqlError("population 要写成 select count(*) from … 的样子。")
    where = query.args.get("where")
    if where is None or not calls(where, "IN_VILLAGE"):
        raise SqlError("population 要按村筛选：where in_village(村代码所在的列)。")


def _check_listed(listed: set[str], standards: set[str], query: exp.Query, library: Library) -> None:
    joined = any(view.name == STANDARDS_VIEW for view in views_of(query, library))
    if joined and not listed:
        raise SqlError(f"用到 {STANDARDS_VIEW} 的，要在开头写“-- standards: 项目、项目”，说明用到哪些标准。")
    if listed and not joined:
        raise SqlError(f"standards 只写通过 {STANDARDS_VIEW} 用到的项目，这里没有用到它；“:项目”不用写。")
    for name in sorted(listed & standards):
        raise SqlError(f"standards 里的“{name}”已经作为参数使用，不用再写。")
