"""Compiles the SQL of audits and views for an engine: shared views as CTEs, standards, macros, the two parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from xianjie.macros import DATE_PARAMETER, ENGINES, VILLAGE_PARAMETER, AuditSql, expand, macro_name
from xianjie.sqlrules import SqlError

if TYPE_CHECKING:
    from xianjie.audits import Audit

STANDARDS_VIEW = "confirmed_standards"
PARAMETERS = "参数"  # the CTE that holds the date and the standards
RESULT = "结果"  # the CTE that holds the author's query
RESERVED = (PARAMETERS, RESULT)
# A placeholder so marked is written out at the end as a look-up in 参数: on one line, unlike a subquery in the tree.
_LOOKED_UP = "__"
REQUIRED_COLUMNS = ("对象", "村代码", "问题")


@dataclass(frozen=True)
class View:
    """One views/<name>.sql."""

    name: str
    title: str
    text: str  # as its author wrote it
    query: exp.Query = field(repr=False, compare=False)


@dataclass(frozen=True)
class Library:
    """What audits are compiled against: the default date and the shared views, by name."""

    as_of: str
    views: Mapping[str, View]


def parse(text: str) -> exp.Query:
    """The syntax tree of one SELECT; raises SqlError with a Chinese sentence."""
    try:
        statements = sqlglot.parse(text, read=AuditSql)
    except SqlglotError as error:
        raise SqlError(f"SQL 读不懂：{_first_line(error)}") from None
    queries = [statement for statement in statements if statement is not None]
    if len(queries) != 1 or not isinstance(queries[0], exp.Query):
        raise SqlError("只能写一个 select 语句。")
    return queries[0]


def _first_line(error: SqlglotError) -> str:
    details = getattr(error, "errors", None)
    if details:
        return f"第{details[0]['line']}行“{details[0]['highlight']}”附近"
    return str(error).splitlines()[0]


def parameters(query: exp.Expression) -> set[str]:
    """Names of the :parameters in a tree."""
    return {placeholder.name for placeholder in query.find_all(exp.Placeholder)}


def sources(query: exp.Expression) -> set[str]:
    """Names of the ledgers and views that a tree reads: its tables but for its own CTEs."""
    own = {cte.alias for cte in query.find_all(exp.CTE)}
    return {table.name for table in query.find_all(exp.Table)} - own


def views_of(query: exp.Expression, library: Library) -> list[View]:
    """The views that a query reads, directly or through others, each after those it reads itself.

    Raises SqlError when views read each other in a circle.
    """
    found: dict[str, View] = {}

    def visit(names: Iterable[str], above: tuple[str, ...]) -> None:
        for name in sorted(names):
            if name in above:
                circle = above[above.index(name) :]
                raise SqlError(f"视图互相引用成了圈：{' → '.join([*circle, name])}。")
            if name in library.views and name not in found:
                visit(sources(library.views[name].query), (*above, name))
                found[name] = library.views[name]

    visit(sources(query), ())
    return list(found.values())


def standards_of(query: exp.Expression, library: Library) -> set[str]:
    """The standards that a query and its views use as parameters."""
    names = parameters(query)
    for view in views_of(query, library):
        names |= parameters(view.query)
    return names - {DATE_PARAMETER, VILLAGE_PARAMETER}


def output_columns(query: exp.Query) -> list[str]:
    """Names of the columns that a query gives; "" where one has no name."""
    return [projection.alias_or_name for projection in query.selects]


def output_order(query: exp.Query) -> list[tuple[str, bool]]:
    """The columns by which the rows are sorted, with whether descending; raises SqlError for anything else.

    The order is put around the village filter, so that it can only speak of output columns.
    """
    by_sql = {projection.unalias().sql(): projection.alias_or_name for projection in query.selects}
    names = output_columns(query)
    order = []
    for term in query.args["order"].expressions if query.args.get("order") else []:
        column = term.this
        name = column.name if isinstance(column, exp.Column) and not column.table else by_sql.get(column.sql())
        if name not in names:
            raise SqlError(f"order by 里的“{column.sql()}”不是输出的列。")
        order.append((name, bool(term.args.get("desc"))))
    return order


def _name(text: str) -> exp.Identifier:
    # sqlglot would put quotes around Chinese names of its own making, and none around those that it read.
    return exp.Identifier(this=text, quoted=False)


def _named(value: exp.Expression, name: str) -> exp.Expression:
    return exp.Alias(this=value, alias=_name(name))


@cache
def _fragment(text: str) -> exp.Expression:
    return sqlglot.parse_one(text, read=AuditSql)


def _date(as_of: str, literal: bool) -> exp.Expression:
    if literal:
        return exp.Literal.string(as_of)
    return _fragment(f"coalesce(nullif(:{DATE_PARAMETER}, ''), '{as_of}')").copy()


def _standard(name: str, date: exp.Expression) -> exp.Expression:
    """The value of a standard on `date`: NULL where none is confirmed, or where two rows of one day disagree."""
    value = _fragment(
        "select case when min(s.数值) = max(s.数值) then max(s.数值) end "
        f"from {STANDARDS_VIEW} as s "
        "where s.项目 = :name and s.档次 is null "
        "and s.生效日期 <= :date and (s.失效日期 is null or s.失效日期 >= :date) "
        "group by s.生效日期 order by s.生效日期 desc limit 1"
    ).copy()
    for placeholder in list(value.find_all(exp.Placeholder)):
        placeholder.replace(exp.Literal.string(name) if placeholder.name == "name" else date.copy())
    return exp.Subquery(this=value)


def _parameter_cte(names: set[str], library: Library, literal_date: bool) -> exp.Query:
    date = _date(library.as_of, literal_date)
    columns = [_named(date, DATE_PARAMETER)] if DATE_PARAMETER in names else []
    columns += [_named(_standard(name, date), name) for name in sorted(names - {DATE_PARAMETER})]
    return exp.Select(expressions=columns)


def _ready(query: exp.Query, engine: str) -> exp.Query:
    """A copy with the macros expanded and each parameter read from the CTE 参数."""
    query = expand(query.copy(), engine)
    for placeholder in query.find_all(exp.Placeholder):
        if placeholder.name != VILLAGE_PARAMETER:
            placeholder.set("this", _LOOKED_UP + placeholder.name)
    return query


@lru_cache(maxsize=256)
def _ready_view(view: View, engine: str) -> exp.Query:
    return _ready(view.query, engine)


def _assemble(
    query: exp.Query, library: Library, engine: str, literal_date: bool = False
) -> tuple[exp.Query, list[tuple[str, exp.Query]]]:
    """The query ready for the engine, and the CTEs (name, query) that it needs before it."""
    views = views_of(query, library)
    names = (parameters(query) | {name for view in views for name in parameters(view.query)}) - {VILLAGE_PARAMETER}
    ctes = [(view.name, _ready_view(view, engine).copy()) for view in views if view.name != STANDARDS_VIEW]
    if names:
        ctes.insert(0, (PARAMETERS, _parameter_cte(names, library, literal_date)))
    if names - {DATE_PARAMETER} or any(view.name == STANDARDS_VIEW for view in views):
        if STANDARDS_VIEW not in library.views:
            raise SqlError(f"缺 views/{STANDARDS_VIEW}.sql，不能用政策标准。")
        ctes.insert(0, (STANDARDS_VIEW, library.views[STANDARDS_VIEW].query.copy()))
    return _ready(query, engine), ctes


def _with(query: exp.Query, ctes: list[tuple[str, exp.Query]]) -> exp.Query:
    """`query` with `ctes` put before its own."""
    own = query.args.get("with_")
    made = [_cte(name, body) for name, body in ctes]
    if made or own:
        expressions = made + (own.expressions if own else [])
        query.set("with_", exp.With(expressions=expressions, recursive=bool(own and own.args.get("recursive"))))
    return query


def _text(query: exp.Query, engine: str, readable: bool) -> str:
    dialect = AuditSql if engine == "sqlite" else engine
    sql = query.sql(dialect=dialect, pretty=readable, comments=False, max_text_width=100, copy=False)
    return re.sub(rf"[:$]{_LOOKED_UP}(\w+)", rf"(SELECT \1 FROM {PARAMETERS})", sql)


def compile_findings(query: exp.Query, library: Library, engine: str = "sqlite", readable: bool = True) -> str:
    """The SQL that gives an audit's rows, with only :截止日期 and :村代码 ($… on DuckDB) left; both may be blank."""
    order = output_order(query)
    body, ctes = _assemble(query, library, engine)
    own = body.args.get("with_")
    if own:
        ctes += [(cte.args["alias"], cte.this) for cte in own.expressions]
    recursive = bool(own and own.args.get("recursive"))
    body.set("with_", None)
    body.set("order", None)
    columns = [exp.column(_name(name)) for name in output_columns(query)]
    outer = exp.select(*columns).from_(exp.Table(this=_name(RESULT)))
    outer = outer.where(_fragment(f"coalesce(:{VILLAGE_PARAMETER}, '') in ('', {VILLAGE_PARAMETER})").copy())
    outer.set("order", exp.Order(expressions=[_ordered(name, descending) for name, descending in order]))
    made = [_cte(name, part) for name, part in [*ctes, (RESULT, body)]]
    outer.set("with_", exp.With(expressions=made, recursive=recursive))
    return _text(outer, engine, readable)


def _cte(name: str | exp.TableAlias, body: exp.Query) -> exp.CTE:
    alias = name if isinstance(name, exp.TableAlias) else exp.TableAlias(this=_name(name))
    return exp.CTE(this=body, alias=alias)


def _ordered(name: str, descending: bool) -> exp.Ordered:
    # What SQLite does, said aloud for the engines that put NULL elsewhere.
    return exp.Ordered(this=exp.column(_name(name)), desc=descending, nulls_first=not descending)


def compile_query(
    query: exp.Query, library: Library, engine: str = "sqlite", readable: bool = True, literal_date: bool = False
) -> str:
    """The SQL of a query as it stands (a population, a view); with `literal_date` the default date is written in."""
    body, ctes = _assemble(query, library, engine, literal_date)
    return _text(_with(body, ctes), engine, readable)


def compile_standards(names: Iterable[str], library: Library, engine: str = "sqlite") -> str:
    """The SQL that gives one row: the value of each standard on the date, NULL where it cannot be used."""
    query = exp.select(*[_named(exp.Placeholder(this=name), name) for name in names])
    return compile_query(query, library, engine, readable=False)


def compile_sql(audit: Audit, dialect: str = "sqlite") -> str:
    """The audit's SQL for "sqlite" or "duckdb", with :截止日期 and :村代码 ($截止日期 on DuckDB) as its parameters.

    A blank or NULL 截止日期 is the package's own date, a blank 村代码 the whole township.
    """
    return compile_findings(audit.query, audit.library, _known(dialect))


def compile_population(audit: Audit, dialect: str = "sqlite") -> str:
    """The SQL that counts what the audit looked at, with the same two parameters."""
    return compile_query(audit.population_query, audit.library, _known(dialect))


def _known(dialect: str) -> str:
    if dialect not in ENGINES:
        raise ValueError(f"不认识的数据库：{dialect}；可以用 {'、'.join(ENGINES)}")
    return dialect


def calls(query: exp.Expression, macro: str) -> bool:
    """Whether a tree calls the macro (its name in capitals)."""
    return any(macro_name(call) == macro for call in query.find_all(exp.Anonymous))
