-- title: 超过时限未整改（健康领域有阶段性成效不算）
-- code: DUT01
-- clause: 二(二)
-- basis: 集中排查整改阶段（7月—8月15日）……8月15日前完成整改并长期坚持
-- team: 监督执纪专班
-- severity: 高
-- subject: problems
-- population: select count(*) from problems q where in_village(q.村代码)
-- cautions: 健康帮扶要求的是阶段性成效，填了整改进展的不算超期；时限当天不算超期；时限日期空白的（多半是没有写明年份：时限只写“8月15日前”，表头上方又没有写时间）在这里查不出来，由“附件1填报不符合填表说明”查；已经整改完但没有改整改结果的；批准延期后没有改时限的。镇级问题没有村代码，只在全镇结果里列出。
-- remedy: 由督办人当面核实进展，限期完成或报批延期，更新整改进展和整改结果。
select
  q.问题编号 as 对象,
  q.村代码,
  case when instr(q.对照排查内容排查出的具体问题, v.村名) > 0 then '' else coalesce(v.村名, '') end || '问题“' || coalesce(q.对照排查内容排查出的具体问题, '内容未填') || '”（' || q.问题编号 || '，'
    || coalesce(q.专班, '专班未填') || '）应在' || q.时限日期 || '前整改，到' || :截止日期 || '已超过'
    || cast(days_between(q.时限日期, :截止日期) as text) || '天，整改结果'
    || coalesce('是“' || q.整改结果 || '”', '没有填') || case when q.办结日期 > :截止日期 then '（' || q.办结日期 || '才办结）' else '' end as 问题,
  q.专班,
  coalesce(q.领域, t.领域) as 领域,
  q.时限日期,
  days_between(q.时限日期, :截止日期) as 超期天数,
  q.整改结果,
  q.整改进展,
  q.牵头单位,
  q.责任人,
  q.督办人
from problems q
left join teams t on t.专班 = q.专班
left join villages v on v.村代码 = q.村代码
where (coalesce(q.整改结果, '正在整改') = '正在整改' or q.办结日期 > :截止日期)
  and q.时限日期 < :截止日期
  and (
    coalesce(q.领域, t.领域, '未填') <> '健康帮扶'
    or trim(coalesce(q.整改进展, '')) = ''
  )
order by q.村代码, 对象
