-- title: 到截止日期已经审定、还没有消除风险的监测对象
select
  c.监测编号,
  c.户编号,
  c.审定日期
from monitoring_cases c
where c.审定日期 <= :截止日期
  and (c.消除日期 is null or c.消除日期 > :截止日期)
