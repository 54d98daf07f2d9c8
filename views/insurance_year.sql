-- title: 截止日期应当核查的参保年度和核查日期（没有这一年度的参保台账就没有这一行）
with 截止 as (
  select
    year_of(:截止日期) as 年,
    cast(strftime('%m', :截止日期) as integer) as 月
),
年度 as (
  -- 补缴期还没有过的，查上一年度
  select
    s.年 as 截止年,
    case when s.月 > :医保补缴截止月 then s.年 else s.年 - 1 end as 参保年度
  from 截止 s
)
select
  y.参保年度,
  case
    when y.参保年度 = y.截止年 then :截止日期
    else cast(y.参保年度 as text) || '-12-31'
  end as 核查日期
from 年度 y
where exists (
  select 1
  from insurance i
  where i.年度 = y.参保年度
)
