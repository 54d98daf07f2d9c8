-- title: 公告公示缺级次、缺环节或天数不足
-- code: FUN02
-- clause: 一(六)1
-- basis: 严格落实“两个一律”公告公示制度
-- team: 资金项目专班
-- severity: 高
-- subject: projects
-- population: select count(*) from funded_projects p where in_village(p.村代码)
-- may_be_empty: allocations
-- cautions: 公示了没有录入台账的；起止日期没有填全的按天数不足看待；跨村项目没有村代码，不查村级；天数连头带尾算；入库、安排、资金分配从资金下达算起，完工从验收算起，给了办理天数。哪一级公示哪个环节按“两个一律”和入库程序整理，办理天数是本镇约定。
-- remedy: 查公示照片、网址和公开栏；缺的、天数不足的重新公告公示并留存凭证，登记附件1。
with 公示 as (
  select
    d.项目编号,
    d.公示级次,
    d.环节,
    max(coalesce(days_between(d.起始日期, d.终止日期) + 1, 0)) as 天数
  from disclosures d
  where d.起始日期 is null
    or d.起始日期 <= :截止日期
  group by d.项目编号, d.公示级次, d.环节
),
不足 as (
  select
    p.项目编号,
    d.天数,
    r.公示级次 || '级' || r.环节 as 事项
  from funded_projects p
  join projects j on j.项目编号 = p.项目编号
  cross join required_disclosures r
  left join 公示 d
    on d.项目编号 = p.项目编号
    and d.公示级次 = r.公示级次
    and d.环节 = r.环节
  where days_between(case when r.环节 = '项目完工' then j.验收日期 else p.下达日期 end, :截止日期) > :公示办理天数
    and (r.公示级次 <> '村' or p.村代码 is not null)
    and (d.天数 is null or d.天数 < :公示天数)
),
汇总 as (
  select
    n.项目编号,
    sum(case when n.天数 is null then 1 else 0 end) as 缺项,
    min(case when n.天数 is null then n.事项 end) as 缺项例,
    sum(case when n.天数 is null then 0 else 1 end) as 不足项,
    min(case when n.天数 is not null then n.事项 end) as 不足例,
    min(n.天数) as 最少天数
  from 不足 n
  group by n.项目编号
)
select
  p.项目编号 as 对象,
  p.村代码,
  p.称呼 || '（项目编号' || p.项目编号 || '，资金' || p.下达日期 || '下达）'
    || case when g.缺项 > 0 then '缺' || g.缺项 || '项公示（' || g.缺项例
      || case when g.缺项 > 1 then '等' else '' end || '）' else '' end
    || case when g.缺项 > 0 and g.不足项 > 0 then '，' else '' end
    || case when g.不足项 > 0 then g.不足项 || '项公示不足' || plain(:公示天数) || '天（' || g.不足例
      || case when g.不足项 > 1 then '等' else '' end || '，最少的' || g.最少天数 || '天）' else '' end as 问题,
  p.项目名称,
  p.项目类别,
  p.下达日期,
  g.缺项,
  g.不足项,
  g.最少天数
from funded_projects p
join 汇总 g on g.项目编号 = p.项目编号
order by p.村代码, 对象
