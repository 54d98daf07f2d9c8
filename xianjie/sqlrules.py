"""What an audit's SQL may say: only what SQLite, DuckDB and Spark understand in the same way.

An allow-list, on the syntax tree: whatever is not named here is refused when the audit is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlglot import exp

from xianjie.macros import ARITY, MACROS, VILLAGE_PARAMETER, AuditSql, is_date, macro_name, nodes


class SqlError(Exception):
    """The SQL breaks a rule; the text is a Chinese sentence without the file's name."""


_STRUCTURE = (
    exp.Select, exp.From, exp.Join, exp.Where, exp.Group, exp.Having, exp.Order, exp.Ordered, exp.Limit, exp.Distinct,
    exp.With, exp.CTE, exp.TableAlias, exp.Subquery, exp.Union, exp.Except, exp.Intersect, exp.Values, exp.Tuple,
    exp.Table, exp.Column, exp.Identifier, exp.Alias, exp.Placeholder, exp.Star, exp.Literal, exp.Null, exp.Boolean,
    exp.Paren, exp.Window, exp.WindowSpec, exp.Case, exp.If,
)  # fmt: skip
_OPERATORS = (
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between, exp.Like,
    exp.Exists, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.DPipe, exp.Cast, exp.DataType,
)  # fmt: skip
_FUNCTIONS = (
    exp.Coalesce, exp.Nullif, exp.Substring, exp.Length, exp.Trim, exp.Replace, exp.StrPosition, exp.Abs, exp.Round,
    exp.Count, exp.Sum, exp.Min, exp.Max, exp.Avg,
    exp.RowNumber, exp.Rank, exp.DenseRank, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue,
)  # fmt: skip
_ALLOWED = _STRUCTURE + _OPERATORS + _FUNCTIONS
_FUNCTION_NAMES = (
    "coalesce、nullif、substr、length、trim、replace、instr、abs、round、count、sum、min、max、avg、"
    "row_number、rank、dense_rank、lag、lead、first_value、last_value、strftime"
)
_HINTS: dict[type[exp.Expression], str] = {
    exp.Anonymous: f"只能用 {_FUNCTION_NAMES}，以及 {'、'.join(sorted(map(str.lower, MACROS - {'STRFTIME'})))}",
    exp.Func: f"只能用 {_FUNCTION_NAMES} 和宏",
    exp.Greatest: "几个数里取大取小，遇到空白时各种数据库不一样，用 case",
    exp.Least: "几个数里取大取小，遇到空白时各种数据库不一样，用 case",
    exp.Glob: "请用 instr 或 substr",
    exp.RegexpLike: "请用 instr 或 substr",
    exp.CurrentDate: "日期只能来自 :截止日期",
    exp.CurrentTimestamp: "日期只能来自 :截止日期",
}
_DATE_PARTS = re.compile(r"(%[Ymd]|[-年月日])+")


def _said(node: exp.Expression) -> str:
    text = " ".join(node.sql(AuditSql, comments=False).split())
    return text if len(text) <= 80 else text[:77] + "…"


def _refuse(node: exp.Expression, why: str) -> SqlError:
    return SqlError(f"“{_said(node)}”不能用：{why}。")


def _hint(node: exp.Expression) -> str:
    for kind, hint in _HINTS.items():
        if type(node) is kind:
            return hint
    if isinstance(node, exp.Func):
        return _HINTS[exp.Func]
    return f"各种数据库的写法或结果不一样（{type(node).__name__}）"


def _check_call(node: exp.Anonymous) -> None:
    name = macro_name(node)
    if name is None:
        raise _refuse(node, _HINTS[exp.Anonymous])
    if len(node.expressions) != ARITY[name]:
        raise _refuse(node, f"{name.lower()} 要有 {ARITY[name]} 个参数")
    if name == "STRFTIME":
        form = node.expressions[0]
        if not (isinstance(form, exp.Literal) and form.is_string and _DATE_PARTS.fullmatch(form.name)):
            raise _refuse(node, "strftime 只能取年月日，格式写成 '%Y'、'%m'、'%d' 或它们的组合")
    elif name not in {"MONEY", "PLAIN", "IN_VILLAGE"}:
        for argument in node.expressions:
            if isinstance(argument, exp.Literal) and argument.is_string and not is_date(f"{argument.name}-01"[:10]):
                raise _refuse(node, f"“{argument.name}”不是日期")


def _is_fraction(node: exp.Expression) -> bool:
    """Whether the operand of a division is certainly no integer."""
    node = node.unnest()
    if isinstance(node, exp.Cast):
        return node.to.this in (exp.DataType.Type.FLOAT, exp.DataType.Type.DOUBLE)
    if isinstance(node, (exp.Mul, exp.Add, exp.Sub)):
        return _is_fraction(node.left) or _is_fraction(node.right)
    return isinstance(node, exp.Literal) and not node.is_string and "." in node.name


def _check_division(node: exp.Div) -> None:
    if not (_is_fraction(node.left) or _is_fraction(node.right)):
        raise _refuse(node, "整数相除各种数据库不一样，先乘 1.0")
    divisor = node.right.unnest()
    if not isinstance(divisor, (exp.Literal, exp.Nullif)):
        raise _refuse(node, "除数可能为 0，写成 nullif(…, 0)")


def _check_cast(node: exp.Cast, amounts: frozenset[str]) -> None:
    kind, value = node.to.this, node.this.unnest()
    if kind == exp.DataType.Type.INT:
        if macro_name(value) != "STRFTIME":
            raise _refuse(node, "转成整数各种数据库不一样；取年份用 year_of，数月份用 months_between，取日用 strftime")
    elif kind in (exp.DataType.Type.TEXT, exp.DataType.Type.VARCHAR):
        if _is_amount(value, amounts):
            raise _refuse(node, "小数转成文字各种数据库不一样，用 money 或 plain")
    elif kind not in (exp.DataType.Type.FLOAT, exp.DataType.Type.DOUBLE):
        raise _refuse(node, "只能转成 text、real，或把 strftime 的结果转成 integer")


def _is_amount(node: exp.Expression, amounts: frozenset[str]) -> bool:
    """Whether `node` is a number with decimals as it stands: a money column, or a standard."""
    node = node.unnest()
    if isinstance(node, exp.Placeholder):
        return node.name not in ("截止日期", VILLAGE_PARAMETER)
    return isinstance(node, exp.Column) and node.name in amounts


def _check_like(node: exp.Like) -> None:
    pattern = node.expression
    if not (isinstance(pattern, exp.Literal) and pattern.is_string):
        raise _refuse(node, "LIKE 右边只能是写定的文字；别的用 instr(…) > 0")
    if re.search("[A-Za-z]", pattern.name):
        raise _refuse(node, "LIKE 比较英文字母时有的数据库分大小写、有的不分")


def _check_joined_text(node: exp.DPipe, amounts: frozenset[str]) -> None:
    for operand in (node.left, node.right):
        if _is_amount(operand, amounts):
            raise _refuse(operand, "小数不能直接接进文字，用 money(…) 或 plain(…)")


def _check_node(node: exp.Expression, amounts: frozenset[str]) -> None:
    if isinstance(node, exp.Anonymous):
        _check_call(node)
    elif not isinstance(node, _ALLOWED):
        raise _refuse(node, _hint(node))
    elif isinstance(node, exp.Identifier) and node.quoted:
        raise _refuse(node, "名称不要加引号（在 SQLite 里，拼错的带引号名称会变成文字）；文字用单引号")
    elif isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count) and not _lists_values(node):
        raise _refuse(node.parent, "请写出每一列的名称")
    elif isinstance(node, exp.Div):
        _check_division(node)
    elif isinstance(node, exp.Cast):
        _check_cast(node, amounts)
    elif isinstance(node, exp.Like):
        _check_like(node)
    elif isinstance(node, exp.DPipe):
        _check_joined_text(node, amounts)
    elif isinstance(node, exp.Join) and (node.side in ("RIGHT", "FULL") or node.method or node.args.get("using")):
        raise _refuse(node, "只用 join、left join、cross join，条件写在 on 后面")
    elif isinstance(node, exp.Limit) and not node.parent.args.get("order"):
        raise _refuse(node, "limit 之前要有 order by")
    elif isinstance(node, exp.Table) and (node.args.get("db") or not isinstance(node.this, exp.Identifier)):
        raise _refuse(node, "只能用台账、视图和 with 里的名称")


def _lists_values(star: exp.Star) -> bool:
    # The parser itself writes `with 词表(词) as (values …)` as select * from (values …).
    source = star.parent.args.get("from_") if isinstance(star.parent, exp.Select) else None
    return source is not None and isinstance(source.this, exp.Values)


def check(query: exp.Query, amounts: frozenset[str]) -> None:
    """Raise SqlError for the first thing in `query` that is not allowed; `amounts` are the columns with decimals."""
    found = nodes(query)
    for node in found:
        _check_node(node, amounts)
    for unused in _unused(found):
        raise SqlError(f"with 里的“{unused}”没有用到，请删去。")


def _unused(found: list[exp.Expr]) -> Iterator[str]:
    used = {node.name for node in found if isinstance(node, exp.Table)}
    for node in found:
        if isinstance(node, exp.CTE) and node.alias not in used:
            yield node.alias
