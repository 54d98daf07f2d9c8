-- title: 到截止日期在册、健在、没有迁出的人（一个身份证号一行）
select
  p.身份证号,
  p.姓名,
  p.出生日期,
  p.户编号,
  p.村代码,
  p.村名
from person_villages p
left join deaths d on d.身份证号 = p.身份证号
left join departures o on o.身份证号 = p.身份证号
where p.在册 = 1
  and d.身份证号 is null
  and o.身份证号 is null
