"""Functions that an audit may call although engines write them differently, expanded on the syntax tree.

An audit says `days_between(a, b)`; SQLite gets julianday, DuckDB gets dates, and both give the same value. NULL gives
NULL, and so does text that is no date of the calendar: an audit must run on data that is invalid but still loads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from sqlglot import exp, parse_one
from sqlglot.dialects.sqlite import SQLite

ENGINES = ("sqlite", "duckdb")
DATE_PARAMETER = "截止日期"
VILLAGE_PARAMETER = "村代码"

# In the templates $a, $b … stand for the arguments, and #a for the argument as a checked date: on SQLite the text
# itself when it is a date (2024-02-31 is none), on DuckDB a DATE. ~a is a checked month, YYYY-MM.
_TEMPLATES: dict[str, dict[str, str]] = {
    "DAYS_BETWEEN": {
        "sqlite": "cast(julianday(#b) - julianday(#a) as integer)",
        "duckdb": "date_diff('day', #a, #b)",
    },
    "ADD_DAYS": {
        "sqlite": "date(#a, cast($b as integer) || ' days')",
        "duckdb": "case when abs($b) < 4000000 then "
        "nullif(regexp_extract(strftime(#a + to_days(cast(trunc($b) as integer)), '%Y-%m-%d'), "
        "'^[0-9]{4}-[0-9]{2}-[0-9]{2}$'), '') end",
    },
    # date('2024-01-31', '+1 month') is 2 March on SQLite: the day is put back by hand and clamped to the month's last.
    "ADD_MONTHS": {
        "sqlite": "case when #a is not null then min("
        "date($a, 'start of month', cast($b as integer) || ' months', (strftime('%d', $a) - 1) || ' days'), "
        "date($a, 'start of month', (cast($b as integer) + 1) || ' months', '-1 days')) "
        "else substr(date(~a || '-01', cast($b as integer) || ' months'), 1, 7) end",
        "duckdb": "case when abs($b) >= 120000 then null "
        "when #a is not null then nullif(regexp_extract(strftime(#a + to_months(cast(trunc($b) as integer)), "
        "'%Y-%m-%d'), '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'), '') "
        "else nullif(regexp_extract(strftime(cast(~a || '-01' as date) + to_months(cast(trunc($b) as integer)), "
        "'%Y-%m'), '^[0-9]{4}-[0-9]{2}$'), '') end",
    },
    "AGE_ON": {
        "sqlite": "strftime('%Y', #b) - strftime('%Y', #a) - (strftime('%m-%d', $b) < strftime('%m-%d', $a))",
        "duckdb": "year(#b) - year(#a) - cast(strftime(#b, '%m-%d') < strftime(#a, '%m-%d') as integer)",
    },
    "YEAR_OF": {
        "sqlite": "cast(substr(coalesce(#a, ~a), 1, 4) as integer)",
        "duckdb": "cast(coalesce(year(#a), year(cast(~a || '-01' as date))) as integer)",
    },
    # Whole months from the month of a to the month of b, of dates or months alike.
    "MONTHS_BETWEEN": {
        "sqlite": "12 * (substr(coalesce(#b, ~b), 1, 4) - substr(coalesce(#a, ~a), 1, 4))"
        " + substr(coalesce(#b, ~b), 6, 2) - substr(coalesce(#a, ~a), 6, 2)",
        "duckdb": "date_diff('month', coalesce(#a, cast(~a || '-01' as date)), "
        "coalesce(#b, cast(~b || '-01' as date)))",
    },
    "MONTH_OF": {"sqlite": "substr($a, 1, 7)", "duckdb": "substr($a, 1, 7)"},
    # Rounded to cents first: the engines' own %.2f round a tie differently. + 0.0 turns -0.0 into 0.0.
    "MONEY": {
        "sqlite": "case when $a is not null then printf('%.2f', round($a * 100) / 100.0 + 0.0) end",
        "duckdb": "printf('%.2f', round(cast($a as double) * 100) / 100.0 + 0.0)",
    },
    "PLAIN": {
        "sqlite": "case when $a is not null then "
        "rtrim(rtrim(printf('%.4f', round($a * 10000) / 10000.0 + 0.0), '0'), '.') end",
        "duckdb": "rtrim(rtrim(printf('%.4f', round(cast($a as double) * 10000) / 10000.0 + 0.0), '0'), '.')",
    },
    "IN_VILLAGE": dict.fromkeys(ENGINES, f"coalesce(:{VILLAGE_PARAMETER}, '') in ('', $a)"),
    # Only to take a part out of a date; the format is a literal, checked by the rules.
    "STRFTIME": {"sqlite": "strftime($a, #b)", "duckdb": "strftime(#b, $a)"},
}
MACROS = frozenset(_TEMPLATES)
ARITY = {name: 1 if name in {"MONEY", "PLAIN", "MONTH_OF", "YEAR_OF", "IN_VILLAGE"} else 2 for name in _TEMPLATES}

_CHECKED = {
    "sqlite": {
        "date": "case when date($x, '0 days') = $x then $x end",
        "month": "case when date($x || '-01', '0 days') = $x || '-01' then $x end",
    },
    "duckdb": {
        "date": "case when regexp_full_match($x, '[0-9]{4}-[0-9]{2}-[0-9]{2}') then try_cast($x as date) end",
        "month": "case when regexp_full_match($x, '[0-9]{4}-[0-9]{2}') and try_cast($x || '-01' as date) is not null "
        "then $x end",
    },
}


class AuditSql(SQLite):
    """SQLite as audits write it: the macros are calls by name, not the functions that sqlglot knows."""

    class Parser(SQLite.Parser):
        FUNCTIONS = {name: build for name, build in SQLite.Parser.FUNCTIONS.items() if name not in MACROS}  # noqa: RUF012

    class Generator(SQLite.Generator):
        def not_sql(self, expression: exp.Not) -> str:
            """`x IS NOT NULL` and `x NOT IN (…)` as people write them; sqlglot puts NOT in front."""
            inner = expression.this
            for kind, word in ((exp.Is, " IS "), (exp.In, " IN "), (exp.Like, " LIKE "), (exp.Between, " BETWEEN ")):
                if type(inner) is kind:
                    left, text = self.sql(inner, "this"), self.sql(inner)
                    if text.startswith(left + word):
                        negated = " IS NOT " if kind is exp.Is else " NOT" + word
                        return left + negated + text[len(left + word) :]
            return super().not_sql(expression)


def is_date(text: str) -> bool:
    """Whether `text` is a day of the calendar, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def nodes(root: exp.Expr) -> list[exp.Expr]:
    """Every node of a tree, in the order of sqlglot's walk(), which takes several times as long."""
    found = [root]
    for node in found:  # grows while it is read
        for value in node.args.values():
            if isinstance(value, exp.Expr):
                found.append(value)
            elif type(value) is list:
                found += [item for item in value if isinstance(item, exp.Expr)]
    return found


def without(query: exp.Query, *clauses: str) -> exp.Query:
    """The query without some of its clauses; what is left is shared with it, not copied."""
    rest = type(query)()
    rest.args = {key: value for key, value in query.args.items() if key not in clauses}
    return rest


def copied(root: exp.Expr) -> exp.Expr:
    """A copy of a tree without comments and places in the text, which sqlglot's copy() spends most of its time on."""
    copy = type(root)()
    pending = [(root, copy)]
    while pending:
        node, made = pending.pop()
        made._type = node._type
        for key, value in node.args.items():
            if isinstance(value, exp.Expr):
                child = type(value)()
                child.parent, child.arg_key = made, key
                made.args[key] = child
                pending.append((value, child))
            elif type(value) is list:
                items = made.args[key] = []
                for item in value:
                    if isinstance(item, exp.Expr):
                        child = type(item)()
                        child.parent, child.arg_key, child.index = made, key, len(items)
                        items.append(child)
                        pending.append((item, child))
                    else:
                        items.append(item)
            else:
                made.args[key] = value
    return copy


def macro_name(node: exp.Expression) -> str | None:
    """The macro that `node` calls, in capitals, or None."""
    return node.name.upper() if isinstance(node, exp.Anonymous) and node.name.upper() in MACROS else None


def _marked(template: str) -> str:
    for mark, prefix in (("$", "raw_"), ("#", "date_"), ("~", "month_")):
        for letter in "abx":
            template = template.replace(mark + letter, prefix + letter)
    return template


@cache
def _template(engine: str, template: str) -> exp.Expression:
    return parse_one(_marked(template), read=engine)


def _fill(engine: str, template: str, value_of: Callable[[str], exp.Expression]) -> exp.Expression:
    """A copy of the template with each column raw_a, date_a … replaced by a copy of what `value_of` its name is."""
    tree = exp.Paren(this=copied(_template(engine, template)))
    for column in [node for node in nodes(tree) if isinstance(node, exp.Column)]:
        value = copied(value_of(column.name))
        column.replace(exp.Paren(this=value) if isinstance(value, (exp.Binary, exp.Unary)) else value)
    return tree.this


def _is_certain(node: exp.Expression) -> bool:
    """Whether `node` is a date or NULL whatever the data: then SQLite needs no check, and the SQL stays readable."""
    if isinstance(node, exp.Placeholder):
        return node.name == DATE_PARAMETER
    if isinstance(node, exp.Literal):
        return node.is_string and is_date(node.name)
    return macro_name(node) == "ADD_DAYS" or (macro_name(node) == "ADD_MONTHS" and _is_certain(node.expressions[0]))


def _argument(engine: str, written: list[exp.Expression], expanded: list[exp.Expression], name: str) -> exp.Expression:
    """What stands in a template for raw_a, date_b, month_a …"""
    kind, letter = name.split("_")
    number = "ab".index(letter)
    argument = expanded[number]
    if kind == "raw" or (kind == "date" and engine == "sqlite" and _is_certain(written[number])):
        return argument
    return _fill(engine, _CHECKED[engine][kind], lambda _: argument)


def expand(node: exp.Expression, engine: str) -> exp.Expression:
    """Replace every macro in the tree `node` (changed in place) by the engine's own SQL; returns the new root."""

    def inner(call: exp.Expression) -> exp.Expression:
        written = list(call.expressions)
        expanded = [expand(copied(argument), engine) for argument in call.expressions]
        template = _TEMPLATES[macro_name(call)][engine]
        body = _fill(engine, template, lambda name: _argument(engine, written, expanded, name))
        return exp.Paren(this=body) if isinstance(body, (exp.Binary, exp.In)) else body

    if macro_name(node):
        return inner(node)
    calls = [found for found in nodes(node) if macro_name(found)]
    for call in calls:
        # An outer macro has already expanded what stands inside it.
        if not any(macro_name(parent) for parent in _parents(call, node)):
            call.replace(inner(call))
    return node


def _parents(node: exp.Expression, root: exp.Expression) -> Iterator[exp.Expression]:
    while node is not root and node.parent is not None:
        node = node.parent
        yield node
