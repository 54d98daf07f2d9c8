"""Starts a new audit: its .sql and its cases, as a template that already runs and is to be rewritten."""

from __future__ import annotations

from pathlib import Path

from xianjie.audit_checks import AREAS, NAME
from xianjie.audits import load_audits
from xianjie.files import write_text
from xianjie.outcome import OUTCOME
from xianjie.package import Ledger, Package

_VILLAGES = ("141199104201", "141199104202")

_SQL = """-- title: {title}里没有填村的（待写：查什么）
-- code: {code}
-- clause: 待写
-- team: 待写
-- severity: 中
-- subject: {ledger}
-- population: select count(*) from {ledger} t where in_village(t.村代码)
-- cautions: 待写：什么情况会误报；文件没有写的，说明是谁定的。
-- remedy: 待写：查出以后怎么办。
select
  t.{key} as 对象,
  t.村代码,
  '{title}里的' || t.{key} || '没有填村代码' as 问题
from {ledger} t
where t.村代码 is null
order by t.村代码, 对象
"""
_CASES = """as_of: {as_of}
world:
  {ledger}:
    - {{{key}: T1, 村代码: {villages[0]}}}
    - {{{key}: T2, 村代码: {villages[1]}}}
cases:
  - name: 都填了村
    why: 没有要查的
    expect: []
    population: 2
  - name: 只看一个村
    why: 核对数只数本村
    village: {villages[0]}
    expect: []
    population: 1
  - name: 没有填村
    why: 要报
    change: {{{ledger}: [{{where: {{{key}: T2}}, set: {{村代码: ''}}}}]}}
    expect: [T2]
    says: {{T2: 没有填村代码}}
"""


class ScaffoldError(Exception):
    """The audit cannot be started; the text is a Chinese sentence."""


def new_audit(package: Package, name: str, area: str) -> list[Path]:
    """Write audits/<area>/<name>.sql and its case file; gives their paths. ScaffoldError: nothing was written."""
    if area not in AREAS:
        raise ScaffoldError(f"没有“{area}”这个领域，--area 只能是：{'、'.join(AREAS)}。")
    if not NAME.fullmatch(name):
        raise ScaffoldError(f"名称“{name}”不能用：只用小写英文、数字和下划线，并以字母开头。")
    if name in package.ledgers or name in OUTCOME or (package.root / "views" / f"{name}.sql").exists():
        raise ScaffoldError(f"“{name}”已经是台账或视图的名称，请换一个。")
    for there in (*package.root.glob(f"audits/*/{name}.sql"), *package.root.glob(f"tests/audits/*/{name}.yml")):
        raise ScaffoldError(f"{there.relative_to(package.root).as_posix()} 已经有了，请换一个名称。")
    ledger = _ledger(package, area)
    values = {
        "title": ledger.title,
        "ledger": ledger.name,
        "key": ledger.primary_key[0],
        "code": _code(package, area),
        "as_of": package.as_of,
        "villages": _VILLAGES,
    }
    made = {f"audits/{area}/{name}.sql": _SQL, f"tests/audits/{area}/{name}.yml": _CASES}
    for place, template in made.items():
        write_text(package.root / place, template.format(**values))
    return [package.root / place for place in made]


def _ledger(package: Package, area: str) -> Ledger:
    """A ledger to begin with: of the area, if one has a key of its own and a village."""

    def fits(ledger: Ledger) -> bool:
        kinds = {field.name: field.type for field in ledger.fields}
        key = ledger.primary_key
        return len(key) == 1 and kinds[key[0]] == "string" and "村代码" in kinds and key[0] != "村代码"

    fitting = [ledger for ledger in package.ledgers.values() if fits(ledger)]
    if not fitting:
        raise ScaffoldError("数据包里没有一本有编号和村代码的台账，无从开始。")
    return next((ledger for ledger in fitting if ledger.area == area), fitting[0])


def _code(package: Package, area: str) -> str:
    """The next number after those of the area's audits, with the letters that most of them have."""
    audits = load_audits(package, names=())
    letters = [audit.code[:3] for audit in audits.values() if audit.area == area] or [area[:3].upper()]
    usual = max(sorted(set(letters)), key=letters.count)
    taken = {audit.code for audit in audits.values()}
    free = [f"{usual}{number:02d}" for number in range(1, 100) if f"{usual}{number:02d}" not in taken]
    last = max((code for code in taken if code.startswith(usual)), default=f"{usual}00")
    code = next((code for code in free if code > last), None) or next(iter(free), None)
    if code is None:
        raise ScaffoldError(f"{usual} 的 99 个代码都用完了，请照已有的审计手工新建。")
    return code
