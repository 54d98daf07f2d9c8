-- title: 本学期经批准休学、延缓入学，批准还没有到期的学生
select
  s.身份证号
from students s
join school_term t on t.学期 = s.学期
where s.就读方式 in ('休学', '延缓入学')
  and s.批准文号 is not null
  and (s.批准止 is null or s.批准止 >= :截止日期)
