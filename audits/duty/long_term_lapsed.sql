-- title: 长期坚持类问题办结后无巩固记录
-- code: DUT18
-- clause: 三(五)
-- basis: 健全工作制度，建立长效机制，以问题整改的实效夯实
-- team: 监督执纪专班
-- severity: 低
-- subject: problems
-- population: select count(*) from problems q where q.整改结果 = '整改完成长期坚持' and in_village(q.村代码)
-- may_be_empty: problem_log
-- cautions: 多少天应当有一次巩固记录是本镇约定，文件没有写；从最近一次整改进展记录起算，没有记录的从办结日期起算，办结日期没有填的从时限日期起算；巩固了没有登记的会误报。
-- remedy: 回头看，登记巩固情况；反弹的改回正在整改。
with 记录 as (
  select
    g.问题编号,
    max(g.日期) as 最近日期
  from problem_log g
  where g.日期 <= :截止日期
    and trim(g.已做的具体工作) <> ''
  group by g.问题编号
)
select
  q.问题编号 as 对象,
  q.村代码,
  p.称呼 || '整改完成长期坚持，' || coalesce('最近一次整改进展记录是' || g.最近日期, '办结后没有整改进展记录') || '，到' || :截止日期 || '已'
    || cast(days_between(coalesce(g.最近日期, q.办结日期, q.时限日期), :截止日期) as text) || '天没有巩固记录' as 问题,
  q.专班,
  q.办结日期,
  q.时限日期,
  g.最近日期,
  q.责任人
from problems q
join problem_places p on p.问题编号 = q.问题编号
left join 记录 g on g.问题编号 = q.问题编号
where q.整改结果 = '整改完成长期坚持'
  and days_between(coalesce(g.最近日期, q.办结日期, q.时限日期), :截止日期) > :长期坚持巩固间隔天数
order by q.村代码, 对象
