"""What an audit's SQL does, step by step, in Chinese, and what flows into what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlglot import exp

from xianjie.audits import Audit
from xianjie.macros import nodes, without
from xianjie.sql import View, names_of, output_order, own_ctes, views_of
from xianjie.sqlwords import Words

RESULT = "本审计的疑点"  # an author may call a step 疑点
INDENT = "\u3000"
_ENGINE = "SQLite"
_OUTCOME_TITLES = {"findings": "各项审计的疑点", "audit_results": "各项审计的情况"}


def shared_views(audit: Audit) -> list[View]:
    """The shared views of the findings and of what is counted, each after those that it reads itself."""
    return views_of(audit.names | audit.population_names, audit.library)


def steps(audit: Audit, titles: Mapping[str, str]) -> list[str]:
    """The steps in their order, line by line: shared views, the author's own `with`, the findings, what is counted.

    A view that the audit reads itself is told in full; of one that only other views read, its title says enough.
    `titles` are the Chinese names of the ledgers. Comments of the SQL stand at the step to which they belong.
    """
    words = Words({**_OUTCOME_TITLES, **titles})
    read = (audit.names | audit.population_names).sources
    found = [
        [f"得到共用定义“{view.name}”，{view.title}：", *_inside(words, view.query)]
        if view.name in read
        else [f"用共用定义“{view.name}”：{view.title}。"]
        for view in shared_views(audit)
    ]
    body = audit.query.copy()
    found += [[f"得到“{name}”：", *lines] for name, lines in _own_steps(words, body)]
    order = "、".join(name + ("从大到小" if descending else "") for name, descending in output_order(body))
    body.set("order", None)
    body.set("with_", None)
    found.append([f"得到{RESULT}：", *words.lines(body), *_remarks(body)])
    found.append([f"按{order}排列，一个对象一行；选了村的只列本村。"])
    found.append(["核对数：", *words.lines(audit.population_query)])
    lines = []
    for number, (first, *more) in enumerate(found, start=1):
        lines += [f"{number}. {first}", *(f"{INDENT}{line}" for line in more)]
    return lines


def _own_steps(words: Words, query: exp.Query) -> list[tuple[str, list[str]]]:
    """Name, with its columns where they are listed, and lines of each step in the `with` of a query."""
    found = []
    for cte in own_ctes(query):
        columns = [column.name for column in cte.args["alias"].columns]
        listed = f"（{'、'.join(columns)}）" if columns else ""
        found.append((f"{cte.alias}{listed}", [*words.lines(cte.this), *_remarks(cte)]))
    return found


def _inside(words: Words, query: exp.Query) -> list[str]:
    """A view's lines: its own steps first, indented below their names."""
    lines = []
    for name, more in _own_steps(words, query):
        lines += [f"先得到“{name}”：", *(f"{INDENT}{line}" for line in more)]
    body = query.copy()
    body.set("with_", None)
    return [*lines, *(["再："] if lines else []), *words.lines(body), *_remarks(body)]


def _remarks(node: exp.Expression) -> list[str]:
    said = [comment.strip() for part in nodes(node) for comment in part.comments or []]
    said = [comment for comment in said if _ENGINE not in comment]  # how fast it runs is nothing to an auditor
    return [f"说明：{'；'.join(dict.fromkeys(said))}"] if said else []


def flow(audit: Audit, titles: Mapping[str, str]) -> list[str]:
    """One line for each view, each step and the findings: what it is made from, and an arrow to it."""
    made = [(view.name, names_of(view.query).sources) for view in shared_views(audit)]
    own = own_ctes(audit.query)
    steps_of_its_own = {cte.alias for cte in own}
    made += [(cte.alias, _tables(cte.this)) for cte in own]
    made.append((RESULT, _tables(without(audit.query, "with_"))))

    def shown(name: str) -> str:
        if name in titles and name not in steps_of_its_own:
            return f"[{titles[name]}]"
        return f"[{_OUTCOME_TITLES[name]}]" if name in _OUTCOME_TITLES else name

    lines = []
    for name, inputs in made:
        others = sorted(set(inputs) - {name}, key=lambda one: (one not in titles, one))
        # What is written out in the SQL itself (a list of words) comes from nowhere.
        lines.append(f"{' + '.join(map(shown, others)) or '（清单写在 SQL 里）'} → {name}")
    return lines


def _tables(node: exp.Expression) -> Iterable[str]:
    return {part.name for part in nodes(node) if isinstance(part, exp.Table)}
