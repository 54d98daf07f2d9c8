-- title: 已经从初中毕业的学生（学段空白的按初中看待）
select
  s.身份证号
from students s
where s.就读方式 = '毕业'
  and coalesce(s.学段, '初中') <> '小学'
