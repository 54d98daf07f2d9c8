-- title: 危房改造验收后长期未搬入
-- code: HOU03
-- clause: 一(一)4
-- basis: 少数农户危房改造后没有搬进新居
-- team: 住房安全保障专班
-- severity: 高
-- subject: houses
-- population: select count(*) from renovations r join lived_households h on h.户编号 = r.户编号 where r.验收日期 <= :截止日期 and in_village(h.村代码)
-- may_be_empty: house_inspections, person_events
-- cautions: 已经搬入没有填入住日期的，住房台账或最近一次巡查说有人住的不算；全户已经死亡或迁出的不算；外出务工、冬天不住的要问清楚；没有登记新房和旧房编号的查不出来；多少天不搬入算长期是本镇约定。
-- remedy: 入户问清不搬入的原因，帮助解决水电、家具等困难，限期搬入，旧房拆除或封存，登记附件1。
with 改造 as (
  select
    r.改造编号,
    r.户编号,
    coalesce(r.新房住房编号, r.旧房住房编号) as 住房编号,
    r.验收日期,
    r.入住日期
  from renovations r
)
select
  r.住房编号 as 对象,
  h.村代码,
  coalesce(h.村名, '村名不详') || coalesce(h.户主姓名, '户主未填') || '户（户编号' || h.户编号 || '）危房改造'
    || max(r.验收日期) || '验收合格（改造编号' || max(r.改造编号) || '），到' || :截止日期 || '已'
    || cast(days_between(max(r.验收日期), :截止日期) as text) || '天没有搬入' as 问题,
  h.户编号,
  max(r.改造编号) as 改造编号,
  max(r.验收日期) as 验收日期
from 改造 r
join lived_households h on h.户编号 = r.户编号
left join house_occupancy o on o.住房编号 = r.住房编号
where r.住房编号 is not null
  and days_between(r.验收日期, :截止日期) > :危改入住天数
  and (r.入住日期 is null or r.入住日期 > :截止日期)
  and coalesce(o.有人居住, '否') <> '是'
group by r.住房编号, h.村代码, h.村名, h.户主姓名, h.户编号
order by h.村代码, 对象
