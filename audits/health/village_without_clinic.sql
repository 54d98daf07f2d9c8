-- title: 行政村无卫生室且未联合设置
-- code: HEA10
-- clause: 一(一)2
-- basis: 村卫生室建设有短板
-- team: 健康医疗保障专班
-- severity: 高
-- subject: villages
-- population: select count(*) from villages v where in_village(v.村代码)
-- may_be_empty: organisations
-- cautions: 乡镇卫生院所在的村可以不设卫生室，要在单位台账填卫生院的村代码；联合设置的要填联合设置村代码，那个村的卫生室要正常；临时停业装修的要问清楚。
-- remedy: 由卫生院核实，恢复或新建卫生室，或者与邻村联合设置并公示，登记附件1。
with 正常卫生室 as (
  select
    c.村代码
  from clinics c
  where c.卫生室名称 is not null
    and coalesce(c.卫生室状态, '正常') = '正常'
),
状态 as (
  select
    c.村代码,
    min(c.卫生室状态) as 卫生室状态,
    min(c.联合设置村代码) as 联合设置村代码
  from clinics c
  group by c.村代码
)
select
  v.村代码 as 对象,
  v.村代码,
  coalesce(v.村名, '村名不详') || case
    when s.联合设置村代码 is not null then '登记与' || s.联合设置村代码 || '联合设置卫生室，那个村也没有正常的卫生室'
    when s.卫生室状态 is not null then '卫生室' || s.卫生室状态 || '，也没有与邻村联合设置'
    else '没有卫生室，也没有与邻村联合设置'
  end as 问题,
  s.卫生室状态,
  s.联合设置村代码
from villages v
left join 状态 s on s.村代码 = v.村代码
where not exists (
    select 1
    from 正常卫生室 k
    where k.村代码 = v.村代码
  )
  and not exists (
    select 1
    from clinics c
    join 正常卫生室 k on k.村代码 = c.联合设置村代码
    where c.村代码 = v.村代码
  )
  and not exists (
    select 1
    from organisations o
    where o.村代码 = v.村代码
      and o.类型 = '乡镇卫生院'
      and coalesce(o.状态, '存续') = '存续'
  )
order by v.村代码, 对象
