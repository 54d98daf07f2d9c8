-- title: 到截止日期已经死亡的人（几个部门日期不同的，取最晚的）
select
  e.身份证号,
  max(e.日期) as 死亡日期
from person_events e
where e.变动类型 = '死亡'
  and e.日期 <= :截止日期
group by e.身份证号
