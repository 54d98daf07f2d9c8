-- title: 截止日期当天还有在册的人的户
select
  h.户编号,
  h.村代码,
  v.村名,
  h.户主姓名,
  h.户类型,
  h.监测对象类别,
  h.风险是否已消除,
  h.六类重点对象
from households h
join (
  select distinct r.户编号
  from residents r
) p on p.户编号 = h.户编号
left join villages v on v.村代码 = h.村代码
