-- title: 一问题一档案镇村两级不齐
-- code: DUT07
-- clause: 三(三)
-- basis: 完成“一问题一档案”等整改工作（镇、村两级同步建立）
-- team: 监督执纪专班
-- severity: 中
-- subject: problems
-- population: select count(*) from problems q where in_village(q.村代码)
-- may_be_empty: case_files, acceptances
-- cautions: 问题清单、整改方案从填报起就应有，过程佐证、整改报告整改完成后应有，验收意见、销号表验收合格后应有，这样分步是本项目定的；填“不涉及”的不算缺；档案齐而没有登记的会误报。
-- remedy: 镇、村两级对照清单补齐档案并登记。
with 应有 as (
  select
    q.问题编号,
    x.级别,
    x.档案项
  from problems q
  cross join required_case_files x
  where x.步骤 = '填报'
    or (x.步骤 = '办结' and q.整改结果 in ('整改完成', '整改完成长期坚持'))
    or (
      x.步骤 = '验收'
      and exists (
        select 1
        from acceptances a
        where a.问题编号 = q.问题编号
          and a.验收结论 = '合格'
          and a.验收日期 <= :截止日期
      )
    )
),
缺项 as (
  select
    n.问题编号,
    count(*) as 缺几项,
    count(case when n.级别 = '镇' then 1 end) as 镇级缺,
    min(n.级别 || '级' || n.档案项) as 例
  from 应有 n
  left join case_files f
    on f.问题编号 = n.问题编号
    and f.级别 = n.级别
    and f.问题档案项 = n.档案项
    and f.齐全情况 <> '缺'
  where f.问题编号 is null
  group by n.问题编号
)
select
  q.问题编号 as 对象,
  q.村代码,
  p.称呼 || '的一问题一档案缺' || cast(m.缺几项 as text) || '项（镇级' || cast(m.镇级缺 as text) || '项，村级'
    || cast(m.缺几项 - m.镇级缺 as text) || '项；如' || m.例 || '）' as 问题,
  q.专班,
  q.整改结果,
  m.缺几项,
  m.镇级缺,
  q.责任人,
  q.督办人
from 缺项 m
join problems q on q.问题编号 = m.问题编号
join problem_places p on p.问题编号 = q.问题编号
order by q.村代码, 对象
