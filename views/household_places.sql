-- title: 每一户在哪个村，怎样称呼
select
  h.户编号,
  h.村代码,
  h.户类型,
  h.监测对象类别,
  coalesce(v.村名, '村名不详') || coalesce(h.户主姓名, '户主未填') || '户（户编号' || h.户编号 || '）' as 称呼
from households h
left join villages v on v.村代码 = h.村代码
