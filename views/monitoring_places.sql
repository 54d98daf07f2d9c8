-- title: 每个监测对象在哪个村，怎样称呼
select
  c.监测编号,
  p.村代码,
  coalesce(p.称呼, '户台账里没有的户' || c.户编号) || '监测编号' || c.监测编号 as 称呼
from monitoring_cases c
left join household_places p on p.户编号 = c.户编号
