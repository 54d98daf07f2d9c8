-- title: 台账称整改完成，审计仍能查出
-- code: DUT03
-- clause: 三(五)
-- basis: 以问题整改的实效夯实全县乡村振兴工作基础
-- team: 监督执纪专班
-- severity: 高
-- subject: problems
-- population: select count(*) from problems q where q.审计 is not null and in_village(q.村代码)
-- may_be_empty: finding_reviews
-- cautions: 对照的是生成数据库时的疑点；只查填了审计和对象的问题；已经核实为不属实、核实还在有效期内的不列；台账没有更新，其实已经整改的；整改后又发生新问题的。
-- remedy: 现场复核；没有整改到位的改回正在整改，更新台账。
select
  q.问题编号 as 对象,
  q.村代码,
  p.称呼 || '已填“' || q.整改结果 || '”' || coalesce('（' || q.办结日期 || '办结）', '') || '，但是“' || coalesce(f.审计名称, f.审计)
    || '”仍能查出：' || coalesce(f.问题, f.对象) as 问题,
  q.专班,
  q.整改结果,
  q.办结日期,
  f.疑点编号,
  f.审计,
  f.对象 as 疑点对象
from problems q
join findings f on f.审计 = q.审计 and f.对象 = q.对象
join problem_places p on p.问题编号 = q.问题编号
where q.整改结果 in ('整改完成', '整改完成长期坚持')
  and not exists (
    select 1
    from finding_reviews w
    where w.审计 = f.审计
      and w.对象 = f.对象
      and w.核实结果 = '不属实'
      and (w.有效期 is null or w.有效期 >= :截止日期)
  )
order by q.村代码, 对象
