"""线上线下: the national system's export against the ledgers, as views/system_comparison.sql compares them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xianjie.prepared import writable

COMPARISON = "system_comparison"
ONLINE, OFFLINE, DIFFERENT, SAME = GROUPS = ("只在线上", "只在线下", "不一致", "一致")
AMISS, EVERYTHING = "有差异", "全部"  # what may be asked for beside one group
UNKNOWN_VILLAGE = "不详"  # in addresses: what could not be placed in a village
VILLAGE, GROUP, FIELD = "村代码", "情况", "字段"
COLUMNS = ("情况", "村代码", "村名", "对象类型", "对象", "名称", "字段", "系统值", "线下值", "系统更新日期")
_TABLE = "temp.线上线下"
# What is only on one side has no field: the view names one, so that a finding has a key.
_SHOWN = ", ".join(
    f"case when 情况 in ('{DIFFERENT}', '{SAME}') then 字段 end as 字段" if name == FIELD else name for name in COLUMNS
)
_ORDER = f"""order by case 情况 when '{ONLINE}' then 1 when '{OFFLINE}' then 2 when '{DIFFERENT}' then 3 else 4 end,
    村代码 is null, 村代码, 对象类型 desc, 对象, 字段"""


class ReconciliationError(Exception):
    """Nothing can be shown for what was asked: a Chinese sentence."""


@dataclass(frozen=True)
class Filters:
    """What is to be listed."""

    villages: tuple[str, ...] = ()  # 村代码 or UNKNOWN_VILLAGE; none: all
    group: str = EVERYTHING  # one of GROUPS, AMISS or EVERYTHING
    field: str = ""  # only this field, of what was compared


@dataclass(frozen=True)
class Uncompared:
    """What the system exported and nobody compared, because the ledgers have no such field."""

    kind: str  # 户 or 人
    field: str
    count: int


def asked(arguments: Mapping[str, str], villages: Mapping[str, str]) -> Filters:
    """The filters in an address: what is amiss unless something else is asked for; raises ReconciliationError."""
    village = (arguments.get(VILLAGE) or "").strip()
    group = (arguments.get(GROUP) or "").strip() or AMISS
    field = (arguments.get(FIELD) or "").strip()
    known = (*GROUPS, AMISS, EVERYTHING)
    if group not in known:
        raise ReconciliationError(f"情况只能是 {'、'.join(known)}，没有“{group}”。")
    if village and village != UNKNOWN_VILLAGE and village not in villages:
        raise ReconciliationError(f"没有村代码“{village}”。请在下拉框里选村，全镇留空。")
    return Filters((village,) if village else (), group, field)


class Comparison:
    """The comparison of one database, made once: everything asked of it then is fast.

    Raises ReconciliationError where the system's export is missing: its silence must not look like agreement.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        if connection.execute("select 1 from system_records limit 1").fetchone() is None:
            raise ReconciliationError("国家系统信息台账没有数据，没有什么可以核对。请先登记从系统导出的信息。")
        with writable(connection):
            connection.execute(f"create temp table 线上线下 as select * from {COMPARISON}")
            connection.execute("create index temp.线上线下_对象 on 线上线下 (对象, 字段, 对象类型)")

    def count(self, filters: Filters) -> int:
        """How many rows the filters leave; raises ReconciliationError for a field that was not compared."""
        self._check(filters)
        where, values = _where(filters)
        return int(self._connection.execute(f"select count(*) from {_TABLE} {where}", values).fetchone()[0])

    def rows(self, filters: Filters, limit: int | None = None) -> Iterator[tuple[Any, ...]]:
        """Rows with COLUMNS, what is amiss first, village by village; all of them, or the first `limit`.

        Raises ReconciliationError for a field that was not compared.
        """
        self._check(filters)
        where, values = _where(filters)
        sql = f"select {_SHOWN} from {_TABLE} {where} {_ORDER}" + (f" limit {limit:d}" if limit is not None else "")
        return map(tuple, self._connection.execute(sql, values))

    def _check(self, filters: Filters) -> None:
        if not filters.field:
            return
        known = sorted({entry["字段"] for entry in self.by_field()})
        if filters.field not in known:
            raise ReconciliationError(f"没有核对过“{filters.field}”这个字段，核对过的有：{'、'.join(known)}。")

    def by_village(self) -> list[dict[str, Any]]:
        """One entry for each village, also where nothing was compared; 村不详 comes last, where it has any.

        无编号: households of the poor or watched that have no number of the system and so cannot be compared.
        """
        groups = ", ".join(f"sum(情况 = '{group}') as {group}" for group in GROUPS)
        names = [VILLAGE, "村名", *GROUPS, "无编号"]
        sql = f"""
            with 数 as (select 村代码, {groups} from {_TABLE} group by 村代码),
            无 as (
              select h.村代码, count(*) as 无编号
              from households h
              where h.系统户编号 is null and (h.户类型 = '脱贫户' or h.监测对象类别 is not null)
              group by h.村代码
            ),
            村 as (
              select v.村代码, v.村名 from villages v
              union all
              select k.村代码, null from (select 村代码 from 数 union select 村代码 from 无) k
              where k.村代码 is null or k.村代码 not in (select v.村代码 from villages v where v.村代码 is not null)
            )
            select w.村代码, coalesce(w.村名, w.村代码, '村不详'),
              {", ".join(f"coalesce(c.{group}, 0)" for group in GROUPS)}, coalesce(n.无编号, 0)
            from 村 w left join 数 c on c.村代码 is w.村代码 left join 无 n on n.村代码 is w.村代码
            order by w.村代码 is null, w.村代码
        """
        return [dict(zip(names, tuple(row), strict=True)) for row in self._connection.execute(sql)]

    def by_field(self) -> list[dict[str, Any]]:
        """Of each field that was compared how many objects, and how many differ; the worst first."""
        sql = f"""
            select 对象类型, 字段, count(*) as 核对, sum(情况 = '{DIFFERENT}') as 不一致
            from {_TABLE} where 情况 in ('{DIFFERENT}', '{SAME}')
            group by 对象类型, 字段 order by 不一致 desc, 对象类型 desc, 字段
        """
        names = ["对象类型", "字段", "核对", "不一致"]
        return [dict(zip(names, tuple(row), strict=True)) for row in self._connection.execute(sql)]

    def uncompared(self) -> list[Uncompared]:
        """Fields that are not compared, by how many objects have them; what is only online is listed there already."""
        sql = f"""
            select r.对象类型, r.字段, count(*) as 条数
            from (select distinct 对象, 字段, 对象类型 from system_records) r
            where not exists (
              select 1 from {_TABLE} c
              where c.对象 = r.对象 and c.对象类型 = r.对象类型
                and (c.情况 = '{ONLINE}' or (c.字段 = r.字段 and c.情况 <> '{OFFLINE}'))
            )
            group by r.对象类型, r.字段
            order by 条数 desc, r.对象类型 desc, r.字段
        """
        return [Uncompared(*row) for row in map(tuple, self._connection.execute(sql))]

    def exported_on(self) -> str | None:
        """The day of the latest export; None where no row gives one."""
        return self._connection.execute("select max(导出日期) from system_records").fetchone()[0]


def _where(filters: Filters) -> tuple[str, list[str]]:
    terms: list[str] = []
    values: list[str] = []
    if filters.villages:
        named = [village for village in filters.villages if village != UNKNOWN_VILLAGE]
        either = [f"村代码 in ({', '.join('?' * len(named))})"] if named else []
        either += ["村代码 is null"] if UNKNOWN_VILLAGE in filters.villages else []
        terms.append(f"({' or '.join(either)})")
        values += named
    if filters.group == AMISS:
        terms.append(f"情况 <> '{SAME}'")
    elif filters.group != EVERYTHING:
        terms.append("情况 = ?")
        values.append(filters.group)
    if filters.field:
        terms.append(f"字段 = ? and 情况 in ('{DIFFERENT}', '{SAME}')")
        values.append(filters.field)
    return (f"where {' and '.join(terms)}" if terms else ""), values
