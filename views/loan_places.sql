-- title: 每笔小额信贷属于哪一村（先看贷款的户编号，没有的看借款人的户）
select
  l.贷款编号,
  coalesce(h.村代码, p.村代码) as 村代码,
  v.村名
from loans l
left join households h on h.户编号 = l.户编号
left join person_villages p on p.身份证号 = l.身份证号
left join villages v on v.村代码 = coalesce(h.村代码, p.村代码)
