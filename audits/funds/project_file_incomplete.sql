-- title: 项目档案不齐
-- code: FUN13
-- clause: 一(六)
-- basis: 项目档案管理不够精细
-- team: 资金项目专班
-- severity: 中
-- subject: projects
-- population: select count(*) from funded_projects p join projects j on j.项目编号 = p.项目编号 where j.验收日期 is not null and in_village(p.村代码)
-- may_be_empty: allocations
-- cautions: 档案齐全、清单没有登记的；档案由县级部门保管的；刚验收还在归档的。没有验收的不查。应当有哪些档案、验收后多少天归档是本镇约定，不是文件规定。
-- remedy: 对照清单逐项补齐归档，确实不需要的填“不涉及”，登记附件1。
with 缺项 as (
  select
    f.项目编号,
    f.项目档案项
  from project_files f
  where f.齐全情况 = '缺'
  union
  select
    p.项目编号,
    r.项目档案项
  from funded_projects p
  cross join required_project_files r
  left join project_files f
    on f.项目编号 = p.项目编号
    and f.项目档案项 = r.项目档案项
  where f.项目编号 is null
),
汇总 as (
  select
    q.项目编号,
    count(*) as 缺项数,
    min(q.项目档案项) as 例子
  from 缺项 q
  group by q.项目编号
)
select
  p.项目编号 as 对象,
  p.村代码,
  p.称呼 || '（项目编号' || p.项目编号 || '）' || j.验收日期 || '验收，到' || :截止日期 || '已'
    || days_between(j.验收日期, :截止日期) || '天，档案缺' || g.缺项数 || '项（' || g.例子
    || case when g.缺项数 > 1 then '等' else '' end || '）' as 问题,
  p.项目名称,
  p.项目类别,
  p.下达日期,
  j.验收日期,
  g.缺项数
from funded_projects p
join projects j on j.项目编号 = p.项目编号
join 汇总 g on g.项目编号 = p.项目编号
where days_between(j.验收日期, :截止日期) > :项目归档天数
order by p.村代码, 对象
