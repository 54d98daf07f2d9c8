-- title: 截止日期当月已登记、或者当月和上月有发放（含待发放）的补贴
select
  s.身份证号,
  s.补贴种类 as 项目
from disability_subsidies s
where s.起始月 <= month_of(:截止日期)
  and (s.终止月 is null or s.终止月 >= month_of(:截止日期))
union all
select
  b.身份证号,
  b.项目
from payments b
where coalesce(b.发放状态, '已发放') in ('已发放', '待发放')
  and coalesce(b.所属期起, b.所属期止, month_of(b.发放日期)) <= month_of(:截止日期)
  and coalesce(b.所属期止, b.所属期起, month_of(b.发放日期)) >= add_months(month_of(:截止日期), -1)
