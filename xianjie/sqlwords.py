"""SQL of audits in Chinese words: conditions and values as an auditor would read them aloud.

Whatever has no words of its own here is quoted as SQL, so that nothing is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sqlglot import exp

from xianjie.macros import DATE_PARAMETER, AuditSql, macro_name

Said = Callable[[exp.Expression], str]

_COMPARED: dict[type, str] = {
    exp.EQ: "=", exp.NEQ: "≠", exp.GT: ">", exp.GTE: "≥", exp.LT: "<", exp.LTE: "≤",
    exp.Add: "+", exp.Sub: "-", exp.Mul: "×", exp.Div: "÷",
}  # fmt: skip
_MACROS = {
    "DAYS_BETWEEN": "{0}到{1}的天数",
    "MONTHS_BETWEEN": "{0}到{1}的月数",
    "ADD_DAYS": "{0}加{1}天",
    "ADD_MONTHS": "{0}加{1}个月",
    "AGE_ON": "{0}出生的人在{1}的周岁",
    "YEAR_OF": "{0}的年份",
    "MONTH_OF": "{0}的月份",
    "MONEY": "{0}",
    "PLAIN": "{0}",
    "IN_VILLAGE": "{0}是所查的村（全镇不限）",
}
_PARTS = {"%Y": "年份", "%m": "月数", "%d": "日数"}  # of a date
_AGGREGATES: dict[type, str] = {exp.Sum: "{}合计", exp.Min: "最小的{}", exp.Max: "最大的{}", exp.Avg: "{}平均"}
_JOINS = {"LEFT": "左连接（没有也保留）", "CROSS": "逐一配对", "": "连接"}


def _put_together(query: exp.SetOperation) -> str:
    return {exp.Except: "去掉", exp.Intersect: "只留同时属于"}.get(type(query), "再加上")


def _quoted(text: str) -> str:
    return "“" + text.replace("“", "‘").replace("”", "’") + "”" if text else "空字"


def _listed(query: exp.Expression) -> exp.Values | None:
    """The rows that a step only lists: sqlglot reads `values …` as a SELECT from them."""
    source = query.args.get("from_") if isinstance(query, exp.Select) else None
    return source.this if source and isinstance(source.this, exp.Values) and query.is_star else None


class Words:
    """Reads SQL aloud; `titles` are the Chinese names of ledgers."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self.titles = titles
        self._aliases: list[dict[str, str]] = []  # of the SELECTs around, the innermost last
        self._kinds: list[tuple[type | tuple[type, ...], Said]] = [
            (exp.And, lambda e: f"{self.said(e.this)}，且{self.said(e.expression)}"),
            (exp.Or, lambda e: f"{self.said(e.this)}，或{self.said(e.expression)}"),
            (exp.Not, self._not),
            (exp.Is, lambda e: f"{self.said(e.this)}{self._is(e.expression)}"),
            (exp.In, lambda e: f"{self.said(e.this)}属于{self._set(e)}"),
            (exp.Exists, lambda e: f"有这样的记录〔{self.select(e.this)}〕"),
            (tuple(_COMPARED), self._compared),
            (exp.Between, self._between),
            (exp.Paren, lambda e: f"（{self.said(e.this)}）"),
            (exp.Column, self._column),
            (exp.Placeholder, lambda e: DATE_PARAMETER if e.name == DATE_PARAMETER else f"标准“{e.name}”"),
            (exp.Literal, lambda e: _quoted(e.name) if e.is_string else e.name),
            (exp.Null, lambda _: "空白"),
            (exp.Coalesce, self._coalesce),
            (exp.Case, self._case),
            (exp.Cast, lambda e: self.said(e.this)),
            (exp.Trim, lambda e: self.said(e.this)),
            (exp.Nullif, lambda e: f"{self.said(e.this)}（等于{self.said(e.expression)}的看作空白）"),
            (exp.Count, self._count),
            (tuple(_AGGREGATES), lambda e: _AGGREGATES[type(e)].format(self.said(e.this))),
            (exp.Window, self._window),
            (exp.DPipe, lambda e: f"{self.said(e.this)}接{self.said(e.expression)}"),
            (exp.Like, lambda e: f"{self.said(e.this)}形如{self.said(e.expression)}"),
            (exp.Length, lambda e: f"{self._unit(e.this)}的字数"),
            (exp.Substring, self._part),
            (exp.StrPosition, lambda e: f"{self.said(e.args['substr'])}在{self.said(e.this)}里的位置"),
            (exp.Replace, self._replace),
            (exp.Abs, lambda e: f"{self._unit(e.this)}的绝对值"),
            (exp.Round, lambda e: f"{self._unit(e.this)}四舍五入"),
            (exp.Neg, lambda e: f"-{self.said(e.this)}"),
            (exp.Distinct, lambda e: "、".join(map(self.said, e.expressions))),
            (exp.Tuple, lambda e: f"（{'、'.join(map(self.said, e.expressions))}）"),
            (exp.Subquery, lambda e: f"〔{self.select(e.this)}〕"),
            (exp.Query, lambda e: f"〔{self.select(e)}〕"),
            (exp.Alias, lambda e: self.said(e.this)),
        ]

    def said(self, node: exp.Expression) -> str:
        """One value or condition."""
        macro = macro_name(node)
        if macro:
            return self._macro(macro, node.expressions)
        for kinds, words in self._kinds:
            if isinstance(node, kinds):
                return words(node)
        return " ".join(node.sql(AuditSql, comments=False).split())

    def _macro(self, name: str, given: list[exp.Expression]) -> str:
        if name == "IN_VILLAGE" and isinstance(given[0], exp.Literal):
            return "所查的是全镇"  # what belongs to no village
        if name == "STRFTIME":
            return f"{self._unit(given[1])}的{_PARTS.get(given[0].name) or self.said(given[0])}"
        if name in ("ADD_DAYS", "ADD_MONTHS") and isinstance(given[1], exp.Neg):
            return _MACROS[name].replace("加", "减").format(self._unit(given[0]), self.said(given[1].this))
        return _MACROS[name].format(*map(self._unit, given))

    def _unit(self, node: exp.Expression) -> str:
        """A value that words are put behind: what is calculated stands in brackets."""
        return (
            f"（{self.said(node)}）" if isinstance(node, exp.Binary) and macro_name(node) is None else self.said(node)
        )

    def lines(self, query: exp.Query) -> list[str]:
        """A SELECT clause by clause, each condition on a line of its own."""
        if isinstance(query, exp.SetOperation):
            return [*self.lines(query.left), f"{_put_together(query)}：", *self.lines(query.right)]
        if isinstance(query, (exp.Subquery, exp.Values)) or _listed(query):
            return [self.select(query)]
        self._aliases.append({})
        try:
            return [line for clause in self._clauses(query) for line in clause]
        finally:
            self._aliases.pop()

    def select(self, query: exp.Query) -> str:
        """A whole SELECT, or several that are put together, as one sentence without a full stop."""
        if isinstance(query, exp.SetOperation):
            return f"{self.select(query.left)}；{_put_together(query)}：{self.select(query.right)}"
        if isinstance(query, exp.Subquery):
            return self.select(query.this)
        query = _listed(query) or query
        if isinstance(query, exp.Values):
            return "列出：" + "、".join(self._row(row) for row in query.expressions)
        self._aliases.append({})
        try:
            return "；".join("".join(clause) for clause in self._clauses(query, joined="，且"))
        finally:
            self._aliases.pop()

    def _clauses(self, query: exp.Select, joined: str = "") -> Iterable[list[str]]:
        """Each clause as its lines."""
        source, joins = query.args.get("from_"), query.args.get("joins") or []
        for table in ([source.this] if source else []) + [join.this for join in joins]:
            self._introduce(table)  # all names first: a condition may speak of any of them
        if source:
            yield [f"从{self._source(source.this)}"]
        for join in joins:
            words = _JOINS.get((join.side or join.kind or "").upper(), _JOINS[""])
            condition = join.args.get("on")
            yield [f"{words}{self._source(join.this)}" + (f"，条件是{self.said(condition)}" if condition else "")]
        if query.args.get("where"):
            yield self._kept("只留", query.args["where"].this, joined)
        if query.args.get("group"):
            yield [f"按{'、'.join(map(self.said, query.args['group'].expressions))}归并"]
        if query.args.get("having"):
            yield self._kept("归并后只留", query.args["having"].this, joined)
        if not all(isinstance(item, exp.Literal) for item in query.selects):
            yield [f"{'不重复地取' if query.args.get('distinct') else '取'}{self.taken(query)}"]
        if query.args.get("limit"):
            order = query.args.get("order")
            first = f"按{'、'.join(map(self._ordered, order.expressions))}排，" if order else ""
            yield [f"{first}只取前{self.said(query.args['limit'].expression)}条"]

    def _kept(self, word: str, condition: exp.Expression, joined: str) -> list[str]:
        terms = list(condition.flatten(unnest=False)) if isinstance(condition, exp.And) else [condition]
        if joined or len(terms) == 1:
            return [word + joined.join(map(self.said, terms))]
        return [f"{word}同时满足下面各条的：", *(f"· {self.said(term)}" for term in terms)]

    def taken(self, query: exp.Select) -> str:
        """What a SELECT takes, once its tables are known."""
        return "、".join(map(self._taken, query.selects))

    def _taken(self, item: exp.Expression) -> str:
        value, name = item.unalias(), item.alias_or_name
        if isinstance(value, exp.Column) and value.name == name:
            return name
        if name == "问题":
            return "问题（写明情况和数字的一句话）"
        words = self.said(value)
        if not name or name == "*":
            return words
        return name + (words if words.startswith("（") and isinstance(value, exp.Case) else f"（{words}）")

    def _introduce(self, table: exp.Expression) -> None:
        shown = table.alias_or_name if isinstance(table, exp.Subquery) else self.title(table.name)
        taken = [name for names in self._aliases for name in names.values()]
        self._aliases[-1][table.alias_or_name] = f"{shown}〈{table.alias_or_name}〉" if shown in taken else shown

    def _source(self, table: exp.Expression) -> str:
        shown = self._aliases[-1][table.alias_or_name]
        return f"{shown}〔{self.select(table.this)}〕" if isinstance(table, exp.Subquery) else f"“{shown}”"

    def title(self, name: str) -> str:
        """The Chinese name of a ledger; the name itself of a view or of an author's own step."""
        return self.titles.get(name, name)

    def _column(self, column: exp.Column) -> str:
        if len(self._aliases) == 1 and len(self._aliases[0]) == 1:
            return column.name
        for names in reversed(self._aliases):
            if column.table in names:
                return f"{names[column.table]}.{column.name}"
        return column.name

    def _not(self, node: exp.Not) -> str:
        inner = node.this
        while isinstance(inner, exp.Paren) and isinstance(inner.this, (exp.Exists, exp.In, exp.Is)):
            inner = inner.this
        if isinstance(inner, exp.Exists):
            return f"没有这样的记录〔{self.select(inner.this)}〕"
        if isinstance(inner, exp.In):
            return f"{self.said(inner.this)}不属于{self._set(inner)}"
        if isinstance(inner, exp.Is):
            return f"{self.said(inner.this)}不{self._is(inner.expression)}"
        return f"不是（{self.said(inner.unnest())}）"

    def _is(self, value: exp.Expression) -> str:
        return "为空" if isinstance(value, exp.Null) else f"是{self.said(value)}"

    def _set(self, node: exp.In) -> str:
        query = node.args.get("query")
        return self.said(query) if query else f"（{'、'.join(map(self.said, node.expressions))}）"

    def _compared(self, node: exp.Binary) -> str:
        left, right = node.this, node.expression
        if isinstance(left, exp.StrPosition) and isinstance(right, exp.Literal) and right.name == "0":
            words = {exp.GT: "含有", exp.EQ: "不含"}.get(type(node))
            if words:
                return f"{self.said(left.this)}{words}{self.said(left.args['substr'])}"
        return f"{self.said(left)} {_COMPARED[type(node)]} {self.said(right)}"

    def _between(self, node: exp.Between) -> str:
        return f"{self.said(node.this)}在{self.said(node.args['low'])}到{self.said(node.args['high'])}之间"

    def _coalesce(self, node: exp.Coalesce) -> str:
        values = [node.this, *node.expressions]
        if len(values) == 2 and isinstance(values[1], exp.Literal):
            return f"{self.said(values[0])}（空白的看作{self.said(values[1])}）"
        first, *others = map(self.said, values)
        return f"{first}（空白的{'依次' if len(others) > 1 else ''}取{'、'.join(others)}）"

    def _case(self, node: exp.Case) -> str:
        subject = f"{self.said(node.this)}是" if node.this else ""
        parts = [f"{subject}{self.said(one.this)}的为{self.said(one.args['true'])}" for one in node.args["ifs"]]
        if node.args.get("default"):
            parts.append(f"其他为{self.said(node.args['default'])}")
        return f"（{'，'.join(parts)}）"

    def _count(self, node: exp.Count) -> str:
        if isinstance(node.this, (exp.Star, exp.Literal)):
            return "条数"
        return f"{'不重复的' if isinstance(node.this, exp.Distinct) else ''}{self.said(node.this)}的个数"

    def _window(self, node: exp.Window) -> str:
        parts, order = node.args.get("partition_by") or [], node.args.get("order")
        among = f"每个（{'、'.join(map(self.said, parts))}）" if parts else "全部"
        sorted_by = f"按{'、'.join(map(self._ordered, order.expressions))}排，" if order else ""
        what = {exp.RowNumber: "第几个", exp.Rank: "名次", exp.DenseRank: "名次"}.get(type(node.this))
        if isinstance(node.this, exp.FirstValue):
            what = f"第一个的{self.said(node.this.this)}"
        if what is None and isinstance(node.this, (exp.Lag, exp.Lead)):
            what = ("上一条" if isinstance(node.this, exp.Lag) else "下一条") + self.said(node.this.this)
        return f"在{among}里{sorted_by}{what or self.said(node.this)}"

    def _ordered(self, node: exp.Expression) -> str:
        if not isinstance(node, exp.Ordered):
            return self.said(node)
        return self.said(node.this) + ("从大到小" if node.args.get("desc") else "")

    def _part(self, node: exp.Substring) -> str:
        start, length = node.args["start"], node.args.get("length")
        end = f"取{self.said(length)}个字" if length else ""
        return f"{self._unit(node.this)}从第{self.said(start)}个字起{end}"

    def _replace(self, node: exp.Replace) -> str:
        old, new = node.expression, node.args.get("replacement")
        into = self.said(new) if new is not None and self._bare(new) else "空"
        return f"{self.said(node.this)}（{self.said(old)}换成{into}）"

    @staticmethod
    def _bare(node: exp.Expression) -> str:
        return node.name if isinstance(node, exp.Literal) else node.sql(AuditSql, comments=False)

    def _row(self, row: exp.Expression) -> str:
        return self.said(row.expressions[0] if isinstance(row, exp.Tuple) and len(row.expressions) == 1 else row)
