-- title: 每户到截止日期最近一次饮水评价是哪一天
select
  k.户编号,
  max(k.日期) as 日期
from household_water k
where k.日期 <= :截止日期
group by k.户编号
