-- title: 截止日期应当核查的参保年度和核查日期（没有这一年度的参保台账就没有这一行）
select
  y.参保年度,
  case
    when y.参保年度 = y.截止年 then :截止日期
    else cast(y.参保年度 as text) || '-12-31'
  end as 核查日期
from insurance_due y
where exists (
  select 1
  from insurance i
  where i.年度 = y.参保年度
)
