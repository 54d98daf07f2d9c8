-- title: 问题未明确专人跟踪督办
-- code: DUT17
-- clause: 三(三)
-- basis: 各专班确定专人对本专班每条问题进行跟踪督办
-- team: 监督执纪专班
-- severity: 低
-- subject: problems
-- population: select count(*) from problems q where in_village(q.村代码)
-- cautions: 督办到整改完成为止，已经整改完成的不列；督办人登记在备注里的会误报。
-- remedy: 由专班确定督办人，填入台账。
select
  q.问题编号 as 对象,
  q.村代码,
  p.称呼 || coalesce(q.填报日期 || '填报，', '') || '整改结果' || coalesce('是“' || q.整改结果 || '”', '没有填') || '，没有明确专人跟踪督办' as 问题,
  q.专班,
  q.牵头单位,
  q.责任人,
  q.填报日期,
  q.时限日期
from problems q
join problem_places p on p.问题编号 = q.问题编号
where trim(coalesce(q.督办人, '')) = ''
  and coalesce(q.填报日期, :截止日期) <= :截止日期
  and coalesce(q.整改结果, '正在整改') = '正在整改'
order by q.村代码, 对象
