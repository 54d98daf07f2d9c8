-- title: 截止日期当月在享的社会救助对象
select
  w.救助编号,
  w.户编号,
  w.身份证号,
  w.救助类别,
  w.起始月
from welfare_cases w
where w.起始月 <= month_of(:截止日期)
  and (w.终止月 is null or w.终止月 >= month_of(:截止日期))
