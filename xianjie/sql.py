"""Compiles the SQL of audits and views for an engine: shared views as CTEs, standards, macros, the two parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from xianjie.macros import (
    DATE_PARAMETER,
    ENGINES,
    VILLAGE_PARAMETER,
    AuditSql,
    copied,
    expand,
    macro_name,
    nodes,
    without,
)
from xianjie.sqlrules import SqlError

if TYPE_CHECKING:
    from xianjie.audits import Audit

STANDARDS_VIEW = "confirmed_standards"
PARAMETERS = "参数"  # the CTE that holds the date and the standards
RESULT = "结果"  # the CTE that holds the author's query
RESERVED = (PARAMETERS, RESULT)
_WITH, _WITH_RECURSIVE = "WITH ", "WITH RECURSIVE "
# A placeholder so marked is written out at the end as a look-up in 参数: on one line, unlike a subquery in the tree.
_LOOKED_UP = "__"
REQUIRED_COLUMNS = ("对象", "村代码", "问题")


@dataclass(frozen=True)
class Names:
    """What a tree refers to, found in one walk."""

    sources: frozenset[str]  # ledgers and views: its tables but for its own CTEs
    parameters: frozenset[str]

    def __or__(self, other: Names) -> Names:
        return Names(self.sources | other.sources, self.parameters | other.parameters)


def names_of(query: exp.Expr) -> Names:
    """The ledgers and views that a tree reads, and its :parameters."""
    tables, own, given = set(), set(), set()
    for node in nodes(query):
        if isinstance(node, exp.Table):
            tables.add(node.name)
        elif isinstance(node, exp.CTE):
            own.add(node.alias)
        elif isinstance(node, exp.Placeholder):
            given.add(node.name)
    return Names(frozenset(tables - own), frozenset(given))


@dataclass(frozen=True)
class View:
    """One views/<name>.sql."""

    name: str
    title: str
    text: str  # as its author wrote it
    query: exp.Query = field(repr=False, compare=False)

    @cached_property
    def names(self) -> Names:
        """What it reads itself, and its parameters."""
        return names_of(self.query)


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


def views_of(names: Names, library: Library) -> list[View]:
    """The views that a query with these names reads, directly or through others, each after those it reads itself.

    Raises SqlError when views read each other in a circle.
    """
    found: dict[str, View] = {}

    def visit(names: Iterable[str], above: tuple[str, ...]) -> None:
        for name in sorted(names):
            if name in above:
                circle = above[above.index(name) :]
                raise SqlError(f"视图互相引用成了圈：{' → '.join([*circle, name])}。")
            if name in library.views and name not in found:
                visit(library.views[name].names.sources, (*above, name))
                found[name] = library.views[name]

    visit(names.sources, ())
    return list(found.values())


def parameters_of(names: Names, library: Library) -> set[str]:
    """The parameters of a query with these names and of its views, but for :村代码."""
    return {
        name for part in (names, *(view.names for view in views_of(names, library))) for name in part.parameters
    } - {VILLAGE_PARAMETER}


def standards_of(names: Names, library: Library) -> set[str]:
    """The standards that a query and its views use as parameters."""
    return parameters_of(names, library) - {DATE_PARAMETER}


def output_columns(query: exp.Query) -> list[str]:
    """Names of the columns that a query gives; "" where one has no name."""
    return [projection.alias_or_name for projection in query.selects]


def output_order(query: exp.Query) -> list[tuple[str, bool]]:
    """The columns by which the rows are sorted, with whether descending; raises SqlError for anything else.

    The order is put around the village filter, so that it can only speak of output columns.
    """
    names = output_columns(query)
    order = []
    for term in query.args["order"].expressions if query.args.get("order") else []:
        column = term.this
        if isinstance(column, exp.Column) and not column.table:
            name = column.name
        else:
            said = column.sql()
            same = (item for item in reversed(query.selects) if type(item.unalias()) is type(column))
            name = next((item.alias_or_name for item in same if item.unalias().sql() == said), None)
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


def _parameter_query(names: frozenset[str], as_of: str, literal_date: bool) -> exp.Query:
    date = _date(as_of, literal_date)
    columns = [_named(date, DATE_PARAMETER)] if DATE_PARAMETER in names else []
    columns += [_named(_standard(name, date), name) for name in sorted(names - {DATE_PARAMETER})]
    return exp.Select(expressions=columns)


def _ready(query: exp.Query, engine: str) -> exp.Query:
    """A copy with the macros expanded and each parameter read from the CTE 参数."""
    query = expand(copied(query), engine)
    for node in nodes(query):
        if isinstance(node, exp.Placeholder) and node.name != VILLAGE_PARAMETER:
            node.set("this", _LOOKED_UP + node.name)
    return query


# A shared view stands in the SQL of many audits: it is written once for each engine, and pasted.
@lru_cache(maxsize=1024)
def view_text(view: View, engine: str, readable: bool) -> str:
    return _cte_text(view.name, _ready(view.query, engine), engine, readable)


@lru_cache(maxsize=1024)
def _parameter_text(names: frozenset[str], as_of: str, literal_date: bool, engine: str, readable: bool) -> str:
    return _cte_text(PARAMETERS, _parameter_query(names, as_of, literal_date), engine, readable)


def _cte_text(name: str, body: exp.Query, engine: str, readable: bool) -> str:
    return _text(exp.With(expressions=[_cte(name, body)]), engine, readable).removeprefix(_WITH)


def _before(names: Names, library: Library, engine: str, readable: bool, literal_date: bool = False) -> list[str]:
    """The CTEs, as SQL, that a query with these names needs before it to stand on the ledgers alone."""
    views = views_of(names, library)
    needed = frozenset(parameters_of(names, library))
    parts = []
    if needed - {DATE_PARAMETER} or any(view.name == STANDARDS_VIEW for view in views):
        if STANDARDS_VIEW not in library.views:
            raise SqlError(f"缺 views/{STANDARDS_VIEW}.sql，不能用政策标准。")
        parts.append(view_text(library.views[STANDARDS_VIEW], engine, readable))
    if needed:
        parts.append(_parameter_text(needed, library.as_of, literal_date, engine, readable))
    return parts + [view_text(view, engine, readable) for view in views if view.name != STANDARDS_VIEW]


def _put_before(parts: list[str], sql: str, readable: bool) -> str:
    """`sql` with the CTEs `parts` put before its own."""
    if not parts:
        return sql
    for start in (_WITH_RECURSIVE, _WITH):
        if sql.startswith(start):
            return start + ", ".join([*parts, sql.removeprefix(start)])
    return _WITH + ", ".join(parts) + ("\n" if readable else " ") + sql


def _text(query: exp.Expr, engine: str, readable: bool) -> str:
    dialect = AuditSql if engine == "sqlite" else engine
    sql = query.sql(dialect=dialect, pretty=readable, comments=False, max_text_width=100, copy=False)
    return re.sub(rf"[:$]{_LOOKED_UP}(\w+)", rf"(SELECT \1 FROM {PARAMETERS})", sql)


def _parameters_before(names: Names, library: Library) -> list[str]:
    """The CTE that a query needs before it where its views are tables."""
    needed = names.parameters - {VILLAGE_PARAMETER}
    return [_parameter_text(needed, library.as_of, False, "sqlite", False)] if needed else []


def own_ctes(query: exp.Query) -> list[exp.CTE]:
    """The CTEs that the query's author wrote before it."""
    own = query.args.get("with_")
    return list(own.expressions) if own else []


def compile_findings(
    query: exp.Query,
    library: Library,
    engine: str = "sqlite",
    readable: bool = True,
    on_views: bool = False,
    names: Names | None = None,
    steps: Mapping[int, str] | None = None,
) -> str:
    """The SQL that gives an audit's rows, with only :截止日期 and :村代码 ($… on DuckDB) left; both may be blank.

    With `on_views` the shared views are tables under their names (xianjie.prepared), else CTEs in the SQL. `names` and
    `steps` (see step_texts) save work where they are known.
    """
    order = output_order(query)
    names = names or names_of(query)
    own = query.args.get("with_")
    # Each of the author's own steps once: folded into the next, its macros would be worked out several times a row.
    made = [
        (steps or {}).get(id(cte)) or _step_text(cte, engine, readable, materialized=on_views)
        for cte in own_ctes(query)
    ]
    result = _cte_text(RESULT, _ready(without(query, "with_", "order"), engine), engine, readable)
    columns = [exp.column(_name(name)) for name in output_columns(query)]
    outer = exp.Select(expressions=columns)
    outer.set("from_", exp.From(this=exp.Table(this=_name(RESULT))))
    village = _fragment(f"coalesce(:{VILLAGE_PARAMETER}, '') in ('', {VILLAGE_PARAMETER})").copy()
    outer.set("where", exp.Where(this=village))
    outer.set("order", exp.Order(expressions=[_ordered(name, descending) for name, descending in order]))
    before = _parameters_before(names, library) if on_views else _before(names, library, engine, readable)
    start = _WITH_RECURSIVE if own and own.args.get("recursive") else _WITH
    whole = ", ".join([*before, *made, result])
    return f"{start}{whole}{chr(10) if readable else ' '}{_text(outer, engine, readable)}"


def step_texts(query: exp.Query) -> dict[int, str]:
    """The SQL of each of a query's own CTEs for SQLite, by the id of its node: for queries that share these nodes."""
    return {id(cte): _step_text(cte, "sqlite", readable=False, materialized=False) for cte in own_ctes(query)}


def _step_text(cte: exp.CTE, engine: str, readable: bool, materialized: bool) -> str:
    step = _ready(cte, engine)
    if materialized:
        step.set("materialized", True)
    return _text(exp.With(expressions=[step]), engine, readable).removeprefix(_WITH)


def _cte(name: str, body: exp.Query) -> exp.CTE:
    return exp.CTE(this=body, alias=exp.TableAlias(this=_name(name)))


def _ordered(name: str, descending: bool) -> exp.Ordered:
    # What SQLite does, said aloud for the engines that put NULL elsewhere.
    return exp.Ordered(this=exp.column(_name(name)), desc=descending, nulls_first=not descending)


def compile_query(
    query: exp.Query, library: Library, engine: str = "sqlite", readable: bool = True, literal_date: bool = False
) -> str:
    """The SQL of a query as it stands (a population, a view); with `literal_date` the default date is written in."""
    before = _before(names_of(query), library, engine, readable, literal_date)
    return _put_before(before, _text(_ready(query, engine), engine, readable), readable)


def compile_on_views(query: exp.Query, library: Library) -> str:
    """The SQL of a query for SQLite where the shared views are tables under their names (xianjie.prepared)."""
    before = _parameters_before(names_of(query), library)
    return _put_before(before, _text(_ready(query, "sqlite"), "sqlite", readable=False), readable=False)


def compile_standards(names: Iterable[str], library: Library, engine: str = "sqlite") -> str:
    """The SQL that gives one row: the value of each standard on the date, NULL where it cannot be used."""
    query = exp.select(*[_named(exp.Placeholder(this=name), name) for name in names])
    return compile_query(query, library, engine, readable=False)


def compile_sql(audit: Audit, dialect: str = "sqlite") -> str:
    """The audit's SQL for "sqlite" or "duckdb", with :截止日期 and :村代码 ($截止日期 on DuckDB) as its parameters.

    A blank or NULL 截止日期 is the package's own date, a blank 村代码 the whole township.
    """
    steps = audit.steps if dialect == "sqlite" and not audit.readable else None
    return compile_findings(audit.query, audit.library, _known(dialect), audit.readable, names=audit.names, steps=steps)


def compile_population(audit: Audit, dialect: str = "sqlite") -> str:
    """The SQL that counts what the audit looked at, with the same two parameters."""
    return compile_query(audit.population_query, audit.library, _known(dialect), audit.readable)


def _known(dialect: str) -> str:
    if dialect not in ENGINES:
        raise ValueError(f"不认识的数据库：{dialect}；可以用 {'、'.join(ENGINES)}")
    return dialect


def calls(query: exp.Expression, macro: str) -> bool:
    """Whether a tree calls the macro (its name in capitals)."""
    return any(macro_name(node) == macro for node in nodes(query))
