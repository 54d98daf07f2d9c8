-- title: 储备项目缺论证、绩效目标或联农带农
-- code: FUN14
-- clause: 一(六)
-- basis: 储备项目质量不高
-- team: 资金项目专班
-- severity: 中
-- subject: projects
-- population: select count(*) from projects j where j.入库日期 <= :截止日期 and (j.下达日期 is null or j.下达日期 > :截止日期) and in_village(j.村代码)
-- may_be_empty: allocations, performance
-- cautions: 论证、绩效目标做了没有登记档案的；小额项目县里不要求论证、档案项填了“不涉及”的不算缺；已经开工或已经下达的不是储备项目；联农带农方案只要求产业发展项目。只查核查起始年度以来入库的。
-- remedy: 退回补充论证、量化绩效目标、明确联农带农机制，达不到要求的调出项目库，登记附件1。
with 档案 as (
  select
    f.项目编号,
    max(case when f.项目档案项 = '可研论证' then 1 else 0 end) as 论证,
    max(case when f.项目档案项 = '绩效目标表' then 1 else 0 end) as 绩效,
    max(case when f.项目档案项 = '联农带农方案' then 1 else 0 end) as 联农
  from project_files f
  where f.齐全情况 in ('齐全', '不涉及')
  group by f.项目编号
),
判断 as (
  select
    j.项目编号,
    case when coalesce(f.论证, 0) = 0 then 1 else 0 end as 缺论证,
    case
      when coalesce(f.绩效, 0) = 0
        and not exists (select 1 from performance x where x.项目编号 = j.项目编号)
        then 1
      else 0
    end as 缺绩效,
    case when j.项目类别 = '产业发展' and coalesce(f.联农, 0) = 0 then 1 else 0 end as 缺联农
  from projects j
  left join 档案 f on f.项目编号 = j.项目编号
)
select
  j.项目编号 as 对象,
  j.村代码,
  coalesce(v.村名, '') || coalesce(j.项目名称, '名称未填') || '（项目编号' || j.项目编号 || '，'
    || coalesce('预算金额' || money(j.预算金额) || '元', '预算未填') || '）' || j.入库日期 || '入库，还没有下达资金，没有'
    || case when d.缺论证 = 1 then '可研论证' else '' end
    || case when d.缺论证 = 1 and d.缺绩效 + d.缺联农 > 0 then '、' else '' end
    || case when d.缺绩效 = 1 then '绩效目标' else '' end
    || case when d.缺绩效 = 1 and d.缺联农 = 1 then '、' else '' end
    || case when d.缺联农 = 1 then '联农带农方案' else '' end as 问题,
  j.项目名称,
  j.项目类别,
  j.入库日期,
  j.预算金额
from projects j
join 判断 d on d.项目编号 = j.项目编号
left join villages v on v.村代码 = j.村代码
where j.入库日期 <= :截止日期
  and year_of(j.入库日期) >= :资金项目核查起始年度
  and (j.下达日期 is null or j.下达日期 > :截止日期)
  and (j.开工日期 is null or j.开工日期 > :截止日期)
  and j.竣工日期 is null
  and not exists (
    select 1
    from allocations a
    where a.项目编号 = j.项目编号
      and a.日期 <= :截止日期
  )
  and d.缺论证 + d.缺绩效 + d.缺联农 > 0
order by j.村代码, 对象
