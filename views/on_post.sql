-- title: 截止日期当天在公益岗位上的人（一人一岗一行）
select
  h.身份证号,
  min(h.姓名) as 姓名,
  h.岗位编号,
  min(h.上岗日期) as 上岗日期
from post_holders h
where h.上岗日期 <= :截止日期
  and (h.离岗日期 is null or h.离岗日期 >= :截止日期)
group by h.身份证号, h.岗位编号
