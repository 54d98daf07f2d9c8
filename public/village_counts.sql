-- title: 各村户数和人数
-- description: 少于5的数不公开，留空；由别的数能减出少于5的，也留空。
-- kind: counts
-- by: villages.村代码, villages.村名
-- 户数: 户台账里的户。
-- 人数: 到截止日期在册、健在、没有迁出的人。
-- 低保人数: 其中当月享受低保的人。
select
  v.村代码,
  v.村名,
  published(count(distinct h.户编号)) as 户数,
  published(count(distinct r.身份证号)) as 人数,
  published(count(distinct w.身份证号), count(distinct r.身份证号)) as 低保人数
from villages v
left join households h on h.村代码 = v.村代码
left join residents r on r.户编号 = h.户编号
left join welfare_cases w
  on w.身份证号 = r.身份证号
  and w.救助类别 = '低保'
  and w.起始月 <= substr(:截止日期, 1, 7)
  and (w.终止月 is null or w.终止月 >= substr(:截止日期, 1, 7))
group by v.村代码, v.村名
order by v.村代码
