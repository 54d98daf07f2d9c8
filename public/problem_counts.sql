-- title: 各专班问题整改情况
-- description: 问题台账里各专班不同整改结果的问题数。少于5的数不公开，留空；不列合计，以免减出留空的数。
-- kind: counts
-- by: teams.专班
-- 正在整改: 正在整改的问题数。
-- 整改完成: 整改完成的问题数。
-- 整改完成长期坚持: 整改完成、需要长期坚持的问题数。
select
  t.专班,
  published(count(distinct case when p.整改结果 = '正在整改' then p.问题编号 end)) as 正在整改,
  published(count(distinct case when p.整改结果 = '整改完成' then p.问题编号 end)) as 整改完成,
  published(count(distinct case when p.整改结果 = '整改完成长期坚持' then p.问题编号 end)) as 整改完成长期坚持
from teams t
left join problems p on p.专班 = t.专班
where t.专班 is not null
group by t.专班
order by t.专班
