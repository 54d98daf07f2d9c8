-- title: 整改期内未督导检查的村
-- code: DUT16
-- clause: 三(四)
-- basis: 通过明察暗访、重点督查等方式，推动镇村两级压实整改责任
-- team: 监督执纪专班
-- severity: 中
-- subject: villages
-- population: select count(distinct q.村代码) from problems q where q.时限日期 < :截止日期 and in_village(q.村代码)
-- may_be_empty: supervisions
-- cautions: 整改期是本村时限已过的问题从最早填报日期到最晚时限日期，当天都算；没有问题的村不查；三种督导方式都算；督导了没有登记的会误报。
-- remedy: 补一次督导检查并登记，查明整改期内没有督导的原因。
with 整改期 as (
  select
    q.村代码,
    count(*) as 问题数,
    min(q.填报日期) as 起,
    max(q.时限日期) as 止
  from problems q
  where q.时限日期 < :截止日期
  group by q.村代码
)
select
  v.村代码 as 对象,
  v.村代码,
  v.村名 || '有' || cast(z.问题数 as text) || '个问题应在' || z.止 || '前整改，' || coalesce('从' || z.起 || '填报起', '')
    || '整改期内没有督导检查记录' as 问题,
  v.村名,
  z.问题数,
  z.起,
  z.止
from 整改期 z
join villages v on v.村代码 = z.村代码
where not exists (
    select 1
    from supervisions s
    where s.村代码 = z.村代码
      and (z.起 is null or s.日期 >= z.起)
      and s.日期 <= z.止
  )
order by v.村代码, 对象
