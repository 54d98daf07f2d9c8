-- title: 水质指标超过相应供水类型限值
-- code: WAT02
-- clause: 一(一)3
-- basis: 存在生活饮用水水质不达标的情况
-- team: 饮水安全保障专班
-- severity: 高
-- subject: water_sources
-- population: select count(distinct r.供水点编号) from water_results r where in_village(r.村代码)
-- may_be_empty: households
-- standards: 水质上限, 小型集中式和分散式水质上限, 水质下限
-- cautions: 每个指标只看最近一次检测；小型集中式和分散式供水的菌落总数、氟化物、硝酸盐、浑浊度限值放宽；指标单位与标准不一致的会误报；游离氯按末梢水余量，出厂水更高，没有加氯的分散式供水不应登记游离氯；停用、废弃的供水点不查；同一天既有超标又有达标的按超标看。
-- remedy: 立即启动应急预案，查明原因，停止饮用或净化消毒，复检达标后恢复，登记附件1。
with 最近 as (
  select
    r.供水点编号,
    r.指标,
    max(r.采样日期) as 采样日期
  from water_results r
  group by r.供水点编号, r.指标
),
超标 as (
  select
    r.供水点编号,
    min(r.供水点名称) as 供水点名称,
    min(r.村代码) as 村代码,
    min(r.供水类型) as 供水类型,
    count(distinct r.指标) as 超标项数,
    min(r.指标 || r.说明) as 说明,
    max(r.采样日期) as 采样日期,
    min(r.检测编号) as 检测编号
  from water_results r
  join 最近 l
    on l.供水点编号 = r.供水点编号
    and l.指标 = r.指标
    and l.采样日期 = r.采样日期
  where r.超标 = 1
  group by r.供水点编号
)
select
  c.供水点编号 as 对象,
  c.村代码,
  coalesce(v.村名, '村名不详') || coalesce(c.供水点名称, '供水点') || '（' || c.供水点编号 || '，' || c.供水类型 || '）' || c.采样日期
    || '采样的' || c.说明 || case when c.超标项数 > 1 then '，共' || cast(c.超标项数 as text) || '项不达标' else '' end as 问题,
  c.供水点名称,
  c.供水类型,
  c.采样日期,
  c.检测编号,
  c.超标项数,
  c.说明
from 超标 c
left join villages v on v.村代码 = c.村代码
order by c.村代码, 对象
