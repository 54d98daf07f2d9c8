-- title: 每笔小额信贷是哪一户的（先看贷款的户编号，没有的看借款人的户，优先取在册的登记）和借款人的出生日期
select
  l.贷款编号,
  coalesce(
    l.户编号,
    min(case when p.户籍状态 in ('已迁出', '已注销') then null else p.户编号 end),
    min(p.户编号)
  ) as 户编号,
  min(p.出生日期) as 出生日期
from loans l
left join persons p on p.身份证号 = l.身份证号
group by l.贷款编号, l.户编号
