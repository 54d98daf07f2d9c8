-- title: 本年度未排查住房安全的户（含一般农户）
-- code: HOU05
-- clause: 一(一)4
-- basis: 一般农户住房安全排查还不全面
-- team: 住房安全保障专班
-- severity: 中
-- subject: households
-- population: select count(*) from lived_households h where in_village(h.村代码)
-- may_be_empty: person_events, house_inspections
-- cautions: 到本镇约定的排查完成月为止查上一年度；全户已经死亡或迁出的不算；住房台账里一处住房也没有登记的户，看排查记录；租住、投靠亲友的也要排查。
-- remedy: 由村两委逐户补查住房安全，登记巡查台账，有隐患的当天上报，登记附件1。
with 年度 as (
  -- 到完成月为止，本年度的排查还没有到期，查上一年度
  select
    case
      when cast(strftime('%m', :截止日期) as integer) > :住房排查完成月 then year_of(:截止日期)
      else year_of(:截止日期) - 1
    end as 排查年度
),
已查 as (
  select
    f.户编号,
    i.日期
  from house_inspections i
  join houses f on f.住房编号 = i.住房编号
  union all
  select
    s.户编号,
    s.日期
  from screenings s
  where s.排查类型 = '住房'
),
最近 as (
  select
    d.户编号,
    max(d.日期) as 最近日期,
    max(year_of(d.日期)) as 最近年度
  from 已查 d
  where d.日期 <= :截止日期
  group by d.户编号
)
select
  h.户编号 as 对象,
  h.村代码,
  coalesce(h.村名, '村名不详') || coalesce(h.户主姓名, '户主未填') || '户（户编号' || h.户编号
    || coalesce('，' || h.户类型, '') || coalesce('，' || h.六类重点对象, '') || '）' || cast(y.排查年度 as text)
    || '年度没有住房安全排查记录，' || coalesce('最近一次是' || n.最近日期, '台账里没有任何排查') as 问题,
  h.户类型,
  h.六类重点对象,
  n.最近日期
from lived_households h
cross join 年度 y
left join 最近 n on n.户编号 = h.户编号
where n.最近年度 is null
  or n.最近年度 < y.排查年度
order by h.村代码, 对象
