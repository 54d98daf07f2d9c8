-- title: 多次超期的责任单位未约谈问责
-- code: DUT13
-- clause: 一(九)4
-- basis: 对整改不力的单位和责任人，要启动约谈问责程序
-- team: 监督执纪专班
-- severity: 高
-- subject: organisations
-- population: select count(*) from (select o.单位编号, min(o.村代码) as 村代码 from problems q left join organisations o on o.名称 = trim(q.牵头单位) where trim(q.牵头单位) <> '' group by o.单位编号, trim(q.牵头单位)) u where in_village(u.村代码)
-- may_be_empty: accountability, organisations
-- cautions: 几次算多次是本镇约定；超期指到截止日期过了时限还没有整改完成，或办结日期晚于时限的；健康帮扶要求的是阶段性成效，填了整改进展的不算超期；按牵头单位的名称归到单位，不在单位台账里的用名称作对象；第一次超期以后约谈了这个单位、它的责任人，或因它的问题约谈的，都算；批准延期没有改时限的、约谈了没有登记的会误报。
-- remedy: 由镇党委提醒谈话、工作约谈，整改不力的启动问责，登记约谈问责台账。
with 超期 as (
  select
    q.问题编号,
    trim(q.牵头单位) as 单位,
    q.责任人,
    q.时限日期,
    case when coalesce(q.整改结果, '正在整改') = '正在整改' or q.办结日期 > :截止日期 then 1 else 0 end as 未完
  from problems q
  left join teams t on t.专班 = q.专班
  where q.时限日期 < :截止日期
    and trim(q.牵头单位) <> ''
    and (q.办结日期 > q.时限日期 or coalesce(q.整改结果, '正在整改') = '正在整改')
    and (
      coalesce(q.领域, t.领域, '未填') <> '健康帮扶'
      or trim(coalesce(q.整改进展, '')) = ''
    )
),
单位 as (
  select
    c.单位,
    count(*) as 超期次数,
    sum(c.未完) as 未完次数,
    min(c.时限日期) as 最早时限,
    min(c.问题编号) as 首个问题编号
  from 超期 c
  group by c.单位
),
约谈 as (
  -- 单位、责任人、问题三样对上一样就算
  select
    c.单位,
    a.日期
  from 超期 c
  join accountability a on a.问题编号 = c.问题编号
  union all
  select
    c.单位,
    a.日期
  from 超期 c
  join accountability a on trim(a.约谈对象) in (c.单位, c.责任人)
  union all
  select
    o.名称 as 单位,
    a.日期
  from accountability a
  join organisations o on o.单位编号 = a.单位编号
)
select
  coalesce(o.单位编号, u.单位) as 对象,
  o.村代码,
  u.单位 || '牵头的问题有' || cast(u.超期次数 as text) || '个超过时限（最早的时限是' || u.最早时限 || '），其中到' || :截止日期 || '还没有整改完成的'
    || cast(u.未完次数 as text) || '个，没有约谈问责记录' as 问题,
  u.单位,
  u.超期次数,
  u.未完次数,
  u.最早时限,
  u.首个问题编号
from 单位 u
left join organisations o on o.名称 = u.单位
where u.超期次数 >= :多次超期次数
  and not exists (
    select 1
    from 约谈 y
    where y.单位 = u.单位
      and y.日期 > u.最早时限
      and y.日期 <= :截止日期
  )
order by o.村代码, 对象
