-- title: 没有拆除的住房在截止日期有没有人住（有巡查的看最近一次巡查，没有的看住房台账）
with 最近巡查 as (
  select
    i.住房编号,
    i.日期,
    max(i.是否有人居住) as 是否有人居住
  from house_inspections i
  join (
    select
      x.住房编号,
      max(x.日期) as 日期
    from house_inspections x
    where x.日期 <= :截止日期
      and x.是否有人居住 is not null
    group by x.住房编号
  ) n on n.住房编号 = i.住房编号 and n.日期 = i.日期
  group by i.住房编号, i.日期
)
select
  f.住房编号,
  f.户编号,
  h.户主姓名,
  h.村代码,
  v.村名,
  f.房屋等级,
  f.鉴定日期,
  coalesce(c.是否有人居住, f.是否居住) as 有人居住,
  c.日期 as 巡查日期
from houses f
left join households h on h.户编号 = f.户编号
left join villages v on v.村代码 = h.村代码
left join 最近巡查 c on c.住房编号 = f.住房编号
where coalesce(f.住房用途, '居住') <> '已拆除'
