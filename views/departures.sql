-- title: 到截止日期已经迁出、后来没有再迁入的人
select
  o.身份证号,
  max(o.日期) as 迁出日期
from person_events o
where o.变动类型 = '迁出'
  and o.日期 <= :截止日期
  and not exists (
    select 1
    from person_events i
    where i.身份证号 = o.身份证号
      and i.变动类型 = '迁入'
      and i.日期 >= o.日期
      and i.日期 <= :截止日期
  )
group by o.身份证号
