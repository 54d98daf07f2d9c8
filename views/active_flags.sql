-- title: 截止日期当天仍然存在的部门比对情况
select
  f.身份证号,
  f.标识
from external_flags f
where (f.起始日期 is null or f.起始日期 <= :截止日期)
  and (f.终止日期 is null or f.终止日期 >= :截止日期)
