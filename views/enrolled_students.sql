-- title: 本学期在校的学生（在读、随班就读、特校、送教上门，在县外就读的也算；一人一行）
select
  s.身份证号,
  min(t.学期) as 学期,
  min(t.学期起) as 学期起,
  min(t.学年) as 学年,
  min(s.姓名) as 姓名,
  min(s.学校) as 学校,
  min(s.学段) as 学段,
  min(s.年级) as 年级,
  min(s.就读方式) as 就读方式,
  min(s.学籍号) as 学籍号,
  min(s.是否寄宿) as 是否寄宿
from students s
join school_term t on t.学期 = s.学期
where s.就读方式 in ('在读', '随班就读', '特校', '送教上门')
group by s.身份证号
