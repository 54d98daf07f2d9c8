-- title: 收入测算每个年度执行的防返贫监测线（年末执行的；没有登记的年度没有这一行）
select
  y.年度,
  max(t.数值) as 监测线
from (select distinct i.年度 from incomes i) y
join confirmed_standards t
  on t.项目 = '防返贫监测线'
  and year_of(t.生效日期) <= y.年度
  and (t.失效日期 is null or year_of(t.失效日期) >= y.年度)
group by y.年度
