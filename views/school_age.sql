-- title: 义务教育适龄人口（学年起始年Y：(Y-15)年9月1日至(Y-6)年8月31日出生）
select
  r.身份证号,
  r.姓名,
  r.出生日期,
  r.户编号,
  r.村代码,
  r.村名,
  t.学年
from residents r
cross join school_term t
where r.出生日期 >= cast(t.学年 - 15 as text) || '-09-01'
  and r.出生日期 <= cast(t.学年 - 6 as text) || '-08-31'
