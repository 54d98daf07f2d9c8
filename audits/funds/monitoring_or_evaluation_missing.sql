-- title: 无中期监控或自评，评价结果未运用
-- code: FUN10
-- clause: 一(六)2
-- basis: 中期绩效监控作用不明显，后期绩效评价结果运用未全部体现
-- team: 资金项目专班
-- severity: 中
-- subject: projects
-- population: select count(*) from funded_projects p where in_village(p.村代码)
-- may_be_empty: allocations
-- cautions: 一个项目只要有一项指标做了就算做了；没有绩效指标的由绩效目标的审计查；做了没有录入台账的；中期截止月以后下达的不查中期监控。中期监控到几月、验收后多少天自评、自评后多少天运用是本镇约定，不是文件规定。
-- remedy: 补做中期监控和自评，写明结果怎样用到下年项目和资金安排，登记附件1。
with 指标 as (
  select
    x.项目编号,
    min(case when x.中期日期 <= :截止日期 then x.中期日期 end) as 中期日期,
    min(case when x.自评日期 <= :截止日期 then x.自评日期 end) as 自评日期,
    max(x.结果运用) as 结果运用
  from performance x
  group by x.项目编号
),
判断 as (
  select
    p.项目编号,
    m.中期日期,
    m.自评日期,
    case
      when cast(strftime('%m', p.下达日期) as integer) < :中期绩效监控截止月
        and (year_of(coalesce(m.中期日期, :截止日期)) - year_of(p.下达日期)) * 12
          + cast(strftime('%m', coalesce(m.中期日期, :截止日期)) as integer) > :中期绩效监控截止月
        then 1
      else 0
    end as 中期缺,
    case
      when m.自评日期 is null and days_between(j.验收日期, :截止日期) > :绩效自评天数 then 1 else 0
    end as 自评缺,
    case
      when m.结果运用 is null and days_between(m.自评日期, :截止日期) > :评价结果运用天数 then 1 else 0
    end as 运用缺
  from funded_projects p
  join projects j on j.项目编号 = p.项目编号
  join 指标 m on m.项目编号 = p.项目编号
)
select
  p.项目编号 as 对象,
  p.村代码,
  p.称呼 || '（项目编号' || p.项目编号 || '，资金' || p.下达日期 || '下达）'
    || case when d.中期缺 = 1 then coalesce('，中期监控' || d.中期日期 || '才做', '，没有做中期监控') || '，应当在'
      || year_of(p.下达日期) || '年' || plain(:中期绩效监控截止月) || '月底以前' else '' end
    || case when d.自评缺 = 1 then '，' || j.验收日期 || '验收，到' || :截止日期 || '已'
      || days_between(j.验收日期, :截止日期) || '天没有自评' else '' end
    || case when d.运用缺 = 1 then '，' || d.自评日期 || '自评，到' || :截止日期 || '已'
      || days_between(d.自评日期, :截止日期) || '天没有运用评价结果' else '' end as 问题,
  p.项目名称,
  p.项目类别,
  p.下达日期,
  j.验收日期,
  d.中期日期,
  d.自评日期
from funded_projects p
join projects j on j.项目编号 = p.项目编号
join 判断 d on d.项目编号 = p.项目编号
where d.中期缺 + d.自评缺 + d.运用缺 > 0
order by p.村代码, 对象
