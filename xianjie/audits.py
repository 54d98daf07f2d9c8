"""Loads audits/<area>/<name>.sql and views/<name>.sql, and refuses what would not run the same on every engine."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from sqlglot import exp

from xianjie.audit_checks import (
    EXPECTED_SHARE,
    NAME,
    check_findings,
    check_header,
    check_listed,
    check_population,
    check_query,
    check_reads,
    check_why_none,
)
from xianjie.frontmatter import AuditError, check_keys, names_in, split
from xianjie.macros import VILLAGE_PARAMETER
from xianjie.outcome import OUTCOME
from xianjie.package import Package, load_package
from xianjie.probe import Probe
from xianjie.sql import (
    STANDARDS_VIEW,
    Library,
    Names,
    View,
    compile_findings,
    compile_on_views,
    compile_population,
    compile_query,
    compile_sql,
    compile_standards,
    names_of,
    output_columns,
    parse,
    standards_of,
    step_texts,
    views_of,
)
from xianjie.sqlrules import SqlError

__all__ = ["Audit", "AuditError", "compile_population", "compile_sql", "load_audits", "load_views", "view_sqls"]

_REQUIRED = ("title", "code", "clause", "team", "severity", "subject", "population", "cautions", "remedy")
_OPTIONAL = ("basis", "standards", "may_be_empty", "expected_share", "why_none")


class Workbench:
    """What the audits of a package are checked against, made when it is first needed."""

    def __init__(self, package: Package, as_of: str | None = None) -> None:
        self.package = package
        self._as_of = as_of or package.as_of

    @cached_property
    def library(self) -> Library:
        """The shared views, and the default date."""
        return Library(self._as_of, load_views(self.package))

    @cached_property
    def probe(self) -> Probe:
        """SQLite, with empty ledgers."""
        return Probe(self.package)


@dataclass(frozen=True)
class Audit:
    """One audits/<area>/<name>.sql: what its front matter says, and what its SQL says as soon as somebody asks.

    What is asked of SQL that has not been checked (see `check`) may raise SqlError.
    """

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
    listed_standards: frozenset[str]  # what it needs of `standards` beside its parameters
    may_be_empty: frozenset[str]  # ledgers that may lawfully have no rows
    expected_share: int  # in percent: more findings than this for what was looked at come with a warning
    why_none: str | None  # the SQL that gives the reason where nothing is looked at
    workbench: Workbench = field(repr=False, compare=False)

    def check(self) -> None:
        """Raise AuditError with a Chinese sentence for the first rule that its SQL breaks."""
        try:
            check_findings(self.query, self.names, self.workbench.package, self.library)
            check_population(self.population_query, self.workbench.package, self.library)
            check_why_none(self)
            check_listed(self)
            check_reads(self)
        except SqlError as error:
            raise AuditError(f"{_place(self.path, self.workbench.package)}：{error}") from None

    def variant(self, **parts: exp.Query | Library) -> Audit:
        """The same audit with another `query`, `population_query` or `library`; what it needs stays the same.

        A `query` that shares some of its own CTEs with this one's is compiled faster.
        """
        kept = {name: getattr(self, name) for name in (*_READ_FROM_SQL, "names", "steps", "needs", "standards")}
        other = replace(self)
        # Where a cached property keeps what it has found.
        vars(other).update(kept | parts | {"readable": False})
        return other

    @cached_property
    def readable(self) -> bool:
        """Whether the SQL is laid out for people."""
        return True

    @cached_property
    def query(self) -> exp.Query:
        """The SELECT as a tree."""
        return parse(self.sql)

    @cached_property
    def population_query(self) -> exp.Query:
        """The SELECT that counts, as a tree."""
        return _parse_part("population", self.population)

    @cached_property
    def why_none_query(self) -> exp.Query | None:
        """The SELECT that gives the reason where nothing is looked at, as a tree."""
        return _parse_part("why_none", self.why_none) if self.why_none else None

    @cached_property
    def library(self) -> Library:
        """The views that it is compiled with."""
        return self.workbench.library

    @cached_property
    def names(self) -> Names:
        """What the SELECT refers to."""
        return names_of(self.query)

    @cached_property
    def population_names(self) -> Names:
        """What the SELECT that counts refers to."""
        return names_of(self.population_query)

    @cached_property
    def steps(self) -> dict[int, str]:
        """The SQL of the SELECT's own CTEs, for variants."""
        return step_texts(self.query)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of its result, 对象, 村代码 and 问题 among them."""
        return tuple(output_columns(self.query))

    @cached_property
    def reads(self) -> frozenset[tuple[str, str]]:
        """(ledger, column) that the query reads."""
        return self.workbench.probe.reads(self.findings_sql)

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The ledgers that the query reads."""
        return tuple(sorted({ledger for ledger, _ in self.reads} - {"standards"}))

    @cached_property
    def parameter_standards(self) -> tuple[str, ...]:
        """The standards that are parameters of the SQL; the others are joined through confirmed_standards."""
        return tuple(sorted(standards_of(self.names | self.population_names, self.library)))

    @cached_property
    def standards(self) -> tuple[str, ...]:
        """Every 项目 of `standards` that it needs."""
        return tuple(sorted({*self.parameter_standards, *self.listed_standards}))

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
    def all_names(self) -> Names:
        """What its queries refer to, with the view of the standards where one is a parameter."""
        names = self.names | self.population_names
        if self.parameter_standards:
            names |= Names(frozenset({STANDARDS_VIEW}), frozenset())
        return names

    @cached_property
    def findings_on_views_sql(self) -> str:
        """The same as findings_sql where the shared views are tables (xianjie.prepared)."""
        return compile_findings(self.query, self.library, readable=False, on_views=True, names=self.names)

    @cached_property
    def population_on_views_sql(self) -> str:
        """The same as population_sql where the shared views are tables (xianjie.prepared)."""
        return compile_on_views(self.population_query, self.library)

    @cached_property
    def standards_sql(self) -> str | None:
        """The SQL that gives one row, the value of each standard that is a parameter; None where none is."""
        return compile_standards(self.parameter_standards, self.library) if self.parameter_standards else None

    @cached_property
    def comes_last(self) -> bool:
        """Whether it reads what the other audits found, and so runs after them."""
        read = [self.names, *(self.library.views[name].names for name in self.views)]
        return any(names.sources & set(OUTCOME) for names in read)

    @cached_property
    def views(self) -> tuple[str, ...]:
        """Names of the shared views that the query reads, directly or through others."""
        return tuple(sorted(view.name for view in views_of(self.names, self.library)))


_READ_FROM_SQL = ("query", "population_query", "library")


def load_audits(
    package: Package | Path | str, as_of: str | None = None, names: Collection[str] | None = None
) -> dict[str, Audit]:
    """Every audit of the package by name, in the order of their codes; `as_of` replaces the package's own date.

    Raises AuditError with a Chinese sentence for the first file that breaks a rule. The SQL is checked of those audits
    only that `names` lists (None: of all), for that takes most of the time.
    """
    package = package if isinstance(package, Package) else load_package(package)
    workbench = Workbench(package, as_of)
    audits: dict[str, Audit] = {}
    codes: dict[str, Audit] = {}
    for path in sorted(package.root.glob("audits/*/*.sql")):
        audit = _load(path, workbench)
        other = audits.get(audit.name) or codes.get(audit.code)
        if other:
            raise AuditError(f"{_place(path, package)}：名称或 code 与 {_place(other.path, package)} 重复。")
        audits[audit.name] = codes[audit.code] = audit
    checked = [audit for audit in audits.values() if names is None or audit.name in names]
    if checked or names is None:
        _ = workbench.library  # a broken view is told as such, and also where no audit reads it
    for audit in checked:
        audit.check()
    return dict(sorted(audits.items(), key=lambda item: item[1].code))


# A build reads the views several times; whoever changes a tree changes a copy.
_parsed_view = lru_cache(maxsize=512)(parse)


def load_views(package: Package) -> dict[str, View]:
    """The shared definitions under views/, by name."""
    views = {}
    for path in sorted(package.root.glob("views/*.sql")):
        place = _place(path, package)
        header, text = split(path, place)
        check_keys(header, ("title",), (), place)
        if not NAME.fullmatch(path.stem) or path.stem in {*package.ledgers, *OUTCOME}:
            raise AuditError(f"{place}：文件名只能用小写英文、数字和下划线，并且不能与台账同名。")
        try:
            views[path.stem] = View(path.stem, header["title"], text, _parsed_view(text))
        except SqlError as error:
            raise AuditError(f"{place}：{error}") from None
    library = Library(package.as_of, views)
    for view in views.values():
        try:
            check_query(view.query, view.names, package, library)
            views_of(view.names, library)
            if VILLAGE_PARAMETER in view.names.parameters:
                raise SqlError("视图里不要用 :村代码，结果会自动按村筛选。")
            if view.name == STANDARDS_VIEW and view.names.parameters:
                raise SqlError("这个视图不能用参数，参数要靠它来定。")
            if "" in output_columns(view.query):
                raise SqlError("每一列都要有名称。")
        except SqlError as error:
            raise AuditError(f"views/{view.name}.sql：{error}") from None
    return views


def view_sqls(package: Package, as_of: str | None = None) -> list[tuple[str, str]]:
    """(name, SQL) of each shared view for CREATE VIEW, with the package's date (or `as_of`) written in.

    Each stands on the ledgers alone; one comes after those that it reads, so that a mistake shows where it is.
    """
    library = Library(as_of or package.as_of, load_views(package))
    names = Names(frozenset(library.views), frozenset())
    return [(view.name, compile_query(view.query, library, literal_date=True)) for view in views_of(names, library)]


def _place(path: Path, package: Package) -> str:
    return path.relative_to(package.root).as_posix()


def _load(path: Path, workbench: Workbench) -> Audit:
    package = workbench.package
    place = _place(path, package)
    header, text = split(path, place)
    check_keys(header, _REQUIRED, _OPTIONAL, place)
    try:
        check_header(path, header, package)
    except SqlError as error:
        raise AuditError(f"{place}：{error}") from None
    return Audit(
        name=path.stem,
        area=path.parent.name,
        path=path,
        **{key: header[key] for key in _REQUIRED},
        basis=header.get("basis") or None,
        sql=text,
        listed_standards=frozenset(names_in(header.get("standards"))),
        may_be_empty=frozenset(names_in(header.get("may_be_empty"))),
        expected_share=int(header.get("expected_share", f"{EXPECTED_SHARE}%").removesuffix("%")),
        why_none=header.get("why_none"),
        workbench=workbench,
    )


def _parse_part(name: str, text: str) -> exp.Query:
    try:
        return parse(text)
    except SqlError as error:
        raise SqlError(f"{name} 的 {error}") from None
