-- title: 截止日期所在的学期（学生台账还没有登记这一学期的，就没有这一行）
select
  t.学年,
  t.学期,
  t.学期起
from school_term t
where exists (
  select 1
  from students s
  where s.学期 = t.学期
)
