"""The mutation gate: an audit with one condition changed must fail some case, or that condition is not tested.

A mutant is a query that differs from the author's in one place: a condition dropped or negated, a comparison moved by
one, an element of a list or a coalesce's default gone, a left join made an inner one, a window's order turned round.
What only makes the sentence (the outermost select list of an audit) is left alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from xianjie.audits import Audit
from xianjie.cases import Case, Stage, difference, findings_difference
from xianjie.macros import DATE_PARAMETER, AuditSql, copied, macro_name, nodes, without
from xianjie.run import CLEAN, FOUND, UnusableError, count, find, run_audit
from xianjie.sql import STANDARDS_VIEW, Library, own_ctes

Change = Callable[[exp.Expression], None]

_NEIGHBOUR = {exp.GT: exp.GTE, exp.GTE: exp.GT, exp.LT: exp.LTE, exp.LTE: exp.LT}


@dataclass(frozen=True)
class Mutant:
    """A changed query and what was changed, in words that name the condition."""

    label: str
    query: exp.Query


def mutants(query: exp.Query, is_view: bool = False) -> list[Mutant]:
    """Every mutant of a query. `is_view`: the outermost select list gives data, not a sentence, and counts too."""
    sentence = set() if is_view else {id(node) for part in query.selects for node in part.walk()}
    made: list[Mutant] = []
    seen: dict[str, int] = {}
    change_at = _changer(query)
    for node in nodes(query):
        if id(node) in sentence:
            continue
        for label, change in _changes(node):
            seen[label] = seen.get(label, 0) + 1
            made.append(Mutant(label if seen[label] == 1 else f"{label}（第{seen[label]}处）", change_at(node, change)))
    return made


def _changer(query: exp.Query) -> Callable[[exp.Expression, Change], exp.Query]:
    """Gives a function that makes the query with one node changed.

    A copy is made of the CTE in which the node stands, or of the rest; all else is shared with the query, so that it
    needs not be compiled again.
    """
    own = query.args.get("with_")
    parts = [without(query, "with_"), *own_ctes(query)]
    places = {id(node): (part, place) for part, tree in enumerate(parts) for place, node in enumerate(nodes(tree))}
    places[id(query)] = (0, 0)

    def change_at(node: exp.Expression, change: Change) -> exp.Query:
        part, place = places[id(node)]
        holder = exp.Subquery(this=copied(parts[part]))  # so that the root, too, can be replaced
        # A copy is walked in the same order.
        change(nodes(holder.this)[place])
        changed = [*parts[:part], holder.this, *parts[part + 1 :]]
        whole = without(changed[0])
        if own:
            made = exp.With()
            made.args = {**own.args, "expressions": changed[1:]}
            whole.args["with_"] = made
        return whole

    return change_at


def _said(node: exp.Expression) -> str:
    return " ".join(node.sql(AuditSql, comments=False).split())


def _changes(node: exp.Expression) -> Iterator[tuple[str, Change]]:
    """What may be changed at this very node: (label, change of the node in a copy)."""
    if _is_leaf(node):
        yield f"去掉：{_said(node)}", _drop
        yield f"取反：{_said(node)}", _negate
    if type(node) in _NEIGHBOUR:
        yield f"挪到邻近：{_said(node)}", _to_neighbour
    for amount in (1, -1) if _is_threshold(node) else ():
        yield f"界限{amount:+d}：{_said(node.parent)}", _moved(amount)
    if isinstance(node, exp.In) and len(node.expressions) > 1:
        for number, element in enumerate(node.expressions):
            yield f"清单去掉{_said(element)}：{_said(node)}", _without_element(number)
    if isinstance(node, exp.Coalesce):
        yield f"去掉空白时的取值：{_said(node)}", _without_default
    if isinstance(node, exp.Join) and node.side == "LEFT":
        yield f"左连接改为内连接：{_said(node)}", lambda join: join.set("side", None)
    if isinstance(node, exp.Ordered) and isinstance(node.find_ancestor(exp.Window, exp.Select), exp.Window):
        yield f"倒过来排：{_said(node)}", lambda term: term.set("desc", not term.args.get("desc"))
    if isinstance(node, exp.Union):
        yield f"去掉第二支：{_said(node.expression)[:60]}", _only("this")
        yield f"去掉第一支：{_said(node.this)[:60]}", _only("expression")


def _part_of(node: exp.Expression) -> tuple[exp.Expression, bool]:
    """The outermost of the NOTs and parentheses around a condition, and whether they turn it round."""
    negated = False
    while isinstance(node.parent, (exp.Paren, exp.Not)):
        node = node.parent
        negated ^= isinstance(node, exp.Not)
    return node, negated


def _in_not(node: exp.Expression) -> bool:
    parent = node.parent
    while isinstance(parent, exp.Paren):
        parent = parent.parent
    return isinstance(parent, exp.Not)


def _is_leaf(node: exp.Expression) -> bool:
    """Whether `node` is one condition: a part of WHERE, ON, HAVING or CASE WHEN that is not itself made of such."""
    if not isinstance(node, (exp.Predicate, exp.Not)) and macro_name(node) != "IN_VILLAGE":
        return False
    if isinstance(node, exp.Not) and isinstance(node.this.unnest(), (exp.And, exp.Or, exp.Not)):
        return False
    if _in_not(node):  # `not x in (…)` is one condition, not two
        return False
    whole, _ = _part_of(node)
    while isinstance(whole.parent, (exp.And, exp.Or)):
        whole, _ = _part_of(whole.parent)
    holder = whole.parent
    if isinstance(holder, exp.If):
        # In `case x when 1 then y` the 1 is a value, no condition, and so is y.
        return whole.arg_key == "this" and holder.parent.this is None
    return isinstance(holder, (exp.Where, exp.Having)) or (isinstance(holder, exp.Join) and whole.arg_key == "on")


def _drop(node: exp.Expression) -> None:
    part, negated = _part_of(node)
    # Without the condition the others decide: it is true among ANDs, false among ORs.
    node.replace(exp.Boolean(this=isinstance(part.parent, exp.Or) == negated))


def _negate(node: exp.Expression) -> None:
    node.replace(node.this.copy() if isinstance(node, exp.Not) else exp.Not(this=exp.Paren(this=node.copy())))


def _to_neighbour(node: exp.Expression) -> None:
    node.replace(_NEIGHBOUR[type(node)](this=node.left.copy(), expression=node.right.copy()))


def _is_threshold(node: exp.Expression) -> bool:
    """Whether `node` is a number that a condition compares with, or a count of days or months that is added."""
    is_number = isinstance(node, exp.Literal) and not node.is_string
    is_standard = isinstance(node, exp.Placeholder) and node.name != DATE_PARAMETER
    if not (is_number or is_standard):
        return False
    parent = node.parent
    if isinstance(parent, exp.Neg):
        parent = parent.parent
    if macro_name(parent) in ("ADD_DAYS", "ADD_MONTHS"):
        return parent.expressions[0] is not node
    return type(parent) in _NEIGHBOUR or isinstance(parent, exp.Between)


def _moved(amount: int) -> Change:
    def change(node: exp.Expression) -> None:
        moved = exp.Add if amount > 0 else exp.Sub
        node.replace(exp.Paren(this=moved(this=node.copy(), expression=exp.Literal.number(abs(amount)))))

    return change


def _without_element(number: int) -> Change:
    def change(node: exp.Expression) -> None:
        node.set("expressions", [element for place, element in enumerate(node.expressions) if place != number])

    return change


def _without_default(node: exp.Expression) -> None:
    others = node.expressions[:-1]
    first = node.this.copy()
    node.replace(exp.Coalesce(this=first, expressions=[other.copy() for other in others]) if others else first)


def _only(branch: str) -> Change:
    def change(union: exp.Expression) -> None:
        kept = union.args[branch].copy()
        for clause in ("with_", "order"):
            if union.args.get(clause):
                kept.set(clause, union.args[clause].copy())
        union.replace(kept)

    return change


def survivors(audit: Audit, cases: Sequence[Case], stage: Stage) -> list[str]:
    """Labels of the audit's mutants, its population's among them, that no case notices."""
    found = []
    finding, counting = _finding(cases), _counting(cases)
    for mutant in mutants(audit.query):
        if not _noticed(audit.variant(query=mutant.query), finding, stage, _finds_otherwise):
            found.append(mutant.label)
    for mutant in mutants(audit.population_query):
        if not _noticed(audit.variant(population_query=mutant.query), counting, stage, _counts_otherwise):
            found.append(f"population {mutant.label}")
    return found


def view_survivors(name: str, audits: Sequence[tuple[Audit, Sequence[Case]]], stage: Stage) -> list[str]:
    """Labels of a view's mutants that no case of any audit that reads it notices."""
    found = []
    view = audits[0][0].library.views[name]
    # Whether an audit can run at all hangs on this view, not only what it finds.
    whole = name == STANDARDS_VIEW
    finds_otherwise = _goes_otherwise if whole else _finds_otherwise
    users = [(audit, list(cases) if whole else _finding(cases), _counting(cases)) for audit, cases in audits]
    for mutant in mutants(view.query, is_view=True):
        changed = replace(view, text=mutant.label, query=mutant.query)
        for audit, finding, counting in users:
            library = Library(audit.library.as_of, {**audit.library.views, name: changed})
            other = audit.variant(library=library)
            if _noticed(other, finding, stage, finds_otherwise):
                break
            if _noticed(other, counting, stage, _counts_otherwise):
                break
        else:
            found.append(mutant.label)
    return found


def _finding(cases: Sequence[Case]) -> list[Case]:
    return [case for case in cases if case.status in (FOUND, CLEAN)]


def _counting(cases: Sequence[Case]) -> list[Case]:
    return [case for case in cases if case.population is not None]


def _noticed(
    audit: Audit, cases: list[Case], stage: Stage, differs: Callable[[Audit, Case, sqlite3.Connection], bool]
) -> bool:
    """Whether some case fails; that case goes to the front, for it is likely to notice the next mutant too."""
    for place, case in enumerate(cases):
        if differs(audit, case, stage.show(case)):
            cases.insert(0, cases.pop(place))
            return True
    return False


def _goes_otherwise(audit: Audit, case: Case, connection: sqlite3.Connection) -> bool:
    return difference(run_audit(connection, audit, case.as_of, case.village), case) is not None


def _finds_otherwise(audit: Audit, case: Case, connection: sqlite3.Connection) -> bool:
    try:
        return findings_difference(find(connection, audit, case.as_of, case.village), case) is not None
    except (sqlite3.Error, UnusableError):
        return True


def _counts_otherwise(audit: Audit, case: Case, connection: sqlite3.Connection) -> bool:
    try:
        return count(connection, audit, case.as_of, case.village) != case.population
    except sqlite3.Error:
        return True
