-- title: 截止日期所在的学年和学期（9月至次年2月是秋季，3月至8月是春季）
with 学年 as (
  -- 往前推8个月，9月就成了1月
  select
    year_of(add_months(:截止日期, -8)) as 学年,
    cast(strftime('%m', add_months(:截止日期, -8)) as integer) as 学月
),
学期 as (
  select
    y.学年,
    case when y.学月 <= 6 then 1 else 0 end as 是秋季
  from 学年 y
)
select
  t.学年,
  case when t.是秋季 = 1 then cast(t.学年 as text) || '年秋季' else cast(t.学年 + 1 as text) || '年春季' end as 学期,
  case when t.是秋季 = 1 then cast(t.学年 as text) || '-09-01' else cast(t.学年 + 1 as text) || '-03-01' end as 学期起
from 学期 t
