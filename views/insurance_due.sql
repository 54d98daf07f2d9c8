-- title: 截止日期应当核查的参保年度
with 截止 as (
  select
    year_of(:截止日期) as 年,
    cast(strftime('%m', :截止日期) as integer) as 月
)
-- 补缴期还没有过的，查上一年度
select
  s.年 as 截止年,
  case when s.月 > :医保补缴截止月 then s.年 else s.年 - 1 end as 参保年度
from 截止 s
