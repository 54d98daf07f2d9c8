-- title: 截止日期在岗的公益岗位人员（一人一行，几个岗位的取编号在前的岗位、最早的上岗日期）
select
  o.身份证号,
  min(o.姓名) as 姓名,
  min(o.岗位编号) as 岗位编号,
  min(o.上岗日期) as 上岗日期
from on_post o
group by o.身份证号
