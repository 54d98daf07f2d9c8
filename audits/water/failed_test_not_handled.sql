-- title: 水质异常未处置或未复检达标
-- code: WAT03
-- clause: 一(一)3
-- basis: 发现水质异常的，立即启动应急预案，迅速查明原因并采取有效措施进行处置，确保水质达标
-- team: 饮水安全保障专班
-- severity: 高
-- subject: water_sources
-- population: select count(distinct r.供水点编号) from water_results r where in_village(r.村代码)
-- may_be_empty: households
-- standards: 水质上限, 小型集中式和分散式水质上限, 水质下限
-- cautions: 多少天内处置、复检是本镇约定，文件写的是“立即”；复检按同一供水点同一指标以后的达标检测认定，不看复检编号；已经处置没有登记处置日期的会误报；已经停用改由别处供水的，把状态改为停用。
-- remedy: 立即查因处置，停止饮用或净化消毒，复检达标后登记处置日期和复检编号，登记附件1。
with 异常 as (
  select
    r.供水点编号,
    r.供水点名称,
    r.村代码,
    r.供水类型,
    r.检测编号,
    r.指标,
    r.采样日期,
    r.说明,
    case when r.处置日期 <= :截止日期 then r.处置日期 end as 处置日期,
    (
      select min(n.采样日期)
      from water_results n
      where n.供水点编号 = r.供水点编号
        and n.指标 = r.指标
        and n.采样日期 > r.采样日期
        and n.超标 = 0
    ) as 复检达标日期
  from water_results r
  where r.超标 = 1
),
未闭合 as (
  select
    y.供水点编号,
    min(y.供水点名称) as 供水点名称,
    min(y.村代码) as 村代码,
    min(y.供水类型) as 供水类型,
    min(y.采样日期 || '采样的' || y.指标 || y.说明 || case
      when y.处置日期 is null then '，没有处置'
      else '，处置后没有复检达标'
    end) as 说明,
    count(*) as 条数,
    min(y.采样日期) as 最早采样日期,
    min(y.检测编号) as 检测编号
  from 异常 y
  where (
      y.处置日期 is null
      and days_between(y.采样日期, :截止日期) > :水质异常处置天数
    )
    or (
      y.复检达标日期 is null
      and days_between(y.采样日期, :截止日期) > :水质异常复检天数
    )
  group by y.供水点编号
)
select
  u.供水点编号 as 对象,
  u.村代码,
  coalesce(v.村名, '村名不详') || coalesce(u.供水点名称, '供水点') || '（' || u.供水点编号 || '，' || u.供水类型 || '）' || u.说明
    || '，到' || :截止日期 || '已' || cast(days_between(u.最早采样日期, :截止日期) as text) || '天'
    || case when u.条数 > 1 then '，共' || cast(u.条数 as text) || '条异常没有闭合' else '' end as 问题,
  u.供水点名称,
  u.供水类型,
  u.最早采样日期,
  u.检测编号,
  u.条数
from 未闭合 u
left join villages v on v.村代码 = u.村代码
order by u.村代码, 对象
