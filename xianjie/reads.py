"""Which columns of which ledgers an audit or a public table reads, as SQLite reports it.

SQLite reports every column that a shared view mentions, used or not. So before it is asked, the columns of a view
that nothing in the query mentions are emptied. What is left is still an upper bound: a view's own conditions, and
whatever an author's `with` mentions, count as read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache, reduce

from sqlglot import exp

from xianjie.audits import Audit, Workbench
from xianjie.macros import copied, nodes
from xianjie.public_tables import PublicError, PublicTable
from xianjie.sql import (
    STANDARDS_VIEW,
    Library,
    Names,
    View,
    compile_query,
    names_of,
    output_columns,
    parameters_of,
    parse,
    view_text,
    views_of,
)
from xianjie.sqlrules import SqlError

Reads = frozenset[tuple[str, str]]  # (ledger, column); the column is "" where only rows are counted

# What the compiler itself asks of the view of the standards for a standard that is a parameter.
_OF_A_STANDARD = ("项目", "档次", "数值", "生效日期", "失效日期")


def reads_of(audit: Audit) -> Reads:
    """What the audit's findings and its population read; the views are those that it was loaded with."""
    return frozenset().union(*map(audit.workbench.probe.reads, lean_sql(audit)))


def lean_sql(audit: Audit) -> tuple[str, str]:
    """The SQL of its findings and of its population, with nothing in the views but what they need."""
    lean = lean_library(audit.library, audit.query, audit.population_query).views
    findings, population = audit.findings_sql, audit.population_sql
    for name, view in audit.library.views.items():
        if lean[name] is not view:
            # Compiling the whole audit again would take most of the time of a dictionary.
            full, emptied = (view_text(one, "sqlite", audit.readable) for one in (view, lean[name]))
            findings, population = findings.replace(full, emptied), population.replace(full, emptied)
    return findings, population


def reads_of_public(table: PublicTable, workbench: Workbench) -> Reads:
    """What a table of the public database reads; raises PublicError where its SELECT cannot be read."""
    try:
        query = _without_published(parse(table.sql))
        library = lean_library(workbench.library, query)
        return workbench.probe.reads(compile_query(query, library, readable=False))
    except SqlError as error:
        raise PublicError(f"public/{table.name}.sql：{error}") from None


def _without_published(query: exp.Query) -> exp.Query:
    """The tree with the arguments of published(…), which only public.db's own SQLite knows, in its place."""
    for node in nodes(query):
        if isinstance(node, exp.Anonymous) and node.name.lower() == "published":
            node.replace(reduce(lambda one, other: exp.Add(this=one, expression=other), node.expressions))
    return query


def lean_library(library: Library, *queries: exp.Query) -> Library:
    """The library for these queries: every column of a view that none of them needs is NULL."""
    if any(isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count) for q in queries for node in nodes(q)):
        return library  # one that writes `*` may need any
    mentioned = {name for query in queries for name in _mentioned(query)}
    names = reduce(Names.__or__, map(names_of, queries))
    used = [view for view in views_of(names, library) if view.name != STANDARDS_VIEW]
    if parameters_of(names, library):
        mentioned.update(_OF_A_STANDARD)
    views = dict(library.views)
    # Whoever reads a view comes after it, so from the end each view is met after all its readers; the compiler reads
    # that of the standards even where nobody mentions it.
    for view in [*reversed(used), *(library.views[name] for name in (STANDARDS_VIEW,) if name in library.views)]:
        views[view.name] = _lean(view, frozenset(output_columns(view.query)) - mentioned)
        mentioned |= _mentioned(views[view.name].query)
    return replace(library, views=views)


def _mentioned(query: exp.Query) -> set[str]:
    """Every name of a column in the tree."""
    return {name for node in nodes(query) for name in _mentions(node)}


def _mentions(node: exp.Expr) -> list[str]:
    """The column that a node names, with or without its table; or those of its `using (…)`."""
    if isinstance(node, exp.Column):
        return [node.name]
    return [identifier.name for identifier in node.args.get("using") or ()] if isinstance(node, exp.Join) else []


@lru_cache(maxsize=1024)
def _lean(view: View, dropped: frozenset[str]) -> View:
    """The view with these columns empty, and those of its inner queries that it needs none of itself.

    Only as far as its rows are the same without them; the view itself where nothing can be emptied.
    """
    if not dropped and not _inner_queries(view.query):
        return view
    query = copied(view.query)
    changed = _empty(query, dropped)
    for inner in _inner_queries(query):
        changed |= _empty(inner, frozenset(output_columns(inner)) - _elsewhere(query, inner))
    if not changed:
        return view
    # Views are told apart by their text.
    return View(view.name, view.title, f"{view.text}\n-- {sorted(dropped)}", query)


def _empty(query: exp.Query, dropped: frozenset[str]) -> bool:
    """Put NULL in the place of these columns; whether there was any."""
    names, changed = output_columns(query), False
    for branch in _branches(query):
        kept = _row_makers(branch)
        for place, projection in enumerate(branch.expressions):
            # A star stands for a list of values: a view may not use it otherwise.
            if names[place] in dropped and projection.alias_or_name not in kept and not projection.is_star:
                name = exp.Identifier(this=names[place], quoted=False)
                projection.replace(exp.Alias(this=exp.Null(), alias=name))
                changed = True
    return changed


def _inner_queries(query: exp.Query) -> list[exp.Query]:
    """The queries in `with` and in FROM; readers before what they read, not those that read themselves."""
    found = []
    for place, node in enumerate(nodes(query)):
        in_from = isinstance(node, exp.Subquery) and isinstance(node.parent, (exp.From, exp.Join))
        if in_from or isinstance(node, exp.CTE):
            recursive = any(isinstance(one, exp.Table) and one.name == node.alias for one in nodes(node.this))
            if isinstance(node.this, exp.Query) and not recursive:
                found.append((node.depth, -place, node.this))
    # An outer one before what stands in it, and of those in one `with` the last first.
    return [inner for _, _, inner in sorted(found, key=lambda one: one[:2])]


def _elsewhere(query: exp.Query, inner: exp.Query) -> set[str]:
    """Names of columns mentioned where the inner query can be read."""
    holder = inner.parent
    siblings = holder.parent.expressions if isinstance(holder, exp.CTE) else []
    blind = {id(holder)}  # and what stands before it in its `with`
    for sibling in siblings:
        if sibling is holder:
            break
        blind.add(id(sibling))
    found: set[str] = set()
    waiting: list[exp.Expr] = [query]
    for node in waiting:  # grows while it is read
        found.update(_mentions(node))
        waiting += [child for child in node.iter_expressions() if id(child) not in blind]
    return found


def _branches(query: exp.Query) -> Iterator[exp.Select]:
    """The SELECTs whose columns may be emptied: not those whose rows are compared with each other as a whole."""
    if isinstance(query, exp.Union) and not query.args.get("distinct"):
        yield from _branches(query.left)
        yield from _branches(query.right)
    elif isinstance(query, exp.Select) and not query.args.get("distinct"):
        grouped = query.args.get("group") is not None
        if grouped or not any(_aggregates(projection) for projection in query.selects):
            yield query


def _aggregates(projection: exp.Expr) -> bool:
    """Whether it is what makes one row of many: an aggregate that is not over a window."""
    return any(isinstance(node, exp.AggFunc) and not isinstance(node.parent, exp.Window) for node in nodes(projection))


def _row_makers(select: exp.Select) -> set[str]:
    """Columns that the SELECT itself speaks of by name outside its list: in WHERE, GROUP BY, ORDER BY …"""
    found = set()
    for key, part in select.args.items():
        if key == "expressions":
            continue
        for item in part if isinstance(part, list) else [part]:
            if isinstance(item, exp.Expr):
                found |= {node.name for node in nodes(item) if isinstance(node, exp.Column) and not node.table}
    return found
