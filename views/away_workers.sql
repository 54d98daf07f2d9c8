-- title: 脱贫户和没有消除风险的监测户里在县外务工的人，截止日期所在年度每个务工月一行，注明是当年第几个月
with 享受 as (
  select p.身份证号
  from persons p
  join supported_households s on s.户编号 = p.户编号
  where coalesce(p.户籍状态, '在籍') not in ('已迁出', '已注销')
),
务工 as (
  select distinct
    m.身份证号,
    m.月份
  from employment_months m
  join 享受 x on x.身份证号 = m.身份证号
  where m.是否务工 = '是'
    and m.务工地区 in ('省外', '省内市外', '市内县外')
    and year_of(m.月份) = year_of(:截止日期)
    and m.月份 <= month_of(:截止日期)
)
select
  w.身份证号,
  r.姓名,
  r.户编号,
  r.村代码,
  r.村名,
  w.月份,
  row_number() over (partition by w.身份证号 order by w.月份) as 第几个月,
  count(*) over (partition by w.身份证号) as 月数
from 务工 w
join residents r on r.身份证号 = w.身份证号
