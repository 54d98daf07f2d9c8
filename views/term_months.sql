-- title: 本学期到截止日期已经过完的教学月份（秋季9至12月，春季3至6月，寒暑假不算）
with 序号(序) as (
  values
    (0),
    (1),
    (2),
    (3)
)
select
  add_months(month_of(t.学期起), n.序) as 月份
from school_term t
cross join 序号 n
where add_months(month_of(t.学期起), n.序) < month_of(:截止日期)
