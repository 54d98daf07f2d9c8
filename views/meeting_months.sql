-- title: 应当已经开过联席会议的月份（截止日期以前的12个整月）
with 序(往前) as (
  values
    (1),
    (2),
    (3),
    (4),
    (5),
    (6),
    (7),
    (8),
    (9),
    (10),
    (11),
    (12)
)
select
  add_months(month_of(:截止日期), -s.往前) as 月份
from 序 s
