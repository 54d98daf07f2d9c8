-- title: 检测机构无资质或检测记录不完整
-- code: WAT05
-- clause: 一(一)3
-- basis: 严格按照要求，配合水利部门规开展水质检测工作
-- team: 饮水安全保障专班
-- severity: 中
-- subject: water_tests
-- population: select count(*) from water_tests t left join water_sources w on w.供水点编号 = t.供水点编号 left join households h on h.户编号 = w.户编号 where in_village(coalesce(w.村代码, h.村代码))
-- may_be_empty: households
-- cautions: 分散式供水可以用感官检查（望闻问尝），不要资质；现场快检是日常自检，没有资质的也列出，不能代替实验室检测；只看登记了没有，资质证号的真假、是否在有效期要到检测机构核实；检测方式空白的按实验室检测看待。
-- remedy: 向检测机构补要报告和资质证书，补登检测记录；没有资质的重新委托检测，登记附件1。
with 检查 as (
  select
    t.检测编号,
    t.指标,
    t.供水点编号,
    t.采样日期,
    t.检测机构,
    t.资质证号,
    t.检测方式,
    w.供水点名称,
    w.供水类型,
    coalesce(w.村代码, h.村代码) as 村代码,
    case
      when t.资质证号 is null
        and not (coalesce(t.检测方式, '实验室检测') = '感官检查' and w.供水类型 in ('水窖', '旱井', '其他分散式供水')) then '没有检测机构资质证号、'
      else ''
    end
      || case when t.检测机构 is null then '没有检测机构、' else '' end
      || case when t.采样日期 is null then '没有采样日期、' else '' end
      || case when t.指标值 is null and t.是否达标 is null then '没有检测结果、' else '' end as 缺项
  from water_tests t
  join water_sources w on w.供水点编号 = t.供水点编号
  left join households h on h.户编号 = w.户编号
),
不完整 as (
  select
    c.检测编号 || '|' || c.指标 as 键,
    min(c.缺项) as 缺项,
    min(c.供水点编号) as 供水点编号,
    min(c.供水点名称) as 供水点名称,
    min(c.供水类型) as 供水类型,
    min(c.村代码) as 村代码,
    min(c.采样日期) as 采样日期,
    min(c.检测机构) as 检测机构,
    min(c.检测方式) as 检测方式
  from 检查 c
  where c.缺项 <> ''
  group by c.检测编号, c.指标
)
select
  n.键 as 对象,
  n.村代码,
  coalesce(v.村名, '村名不详') || coalesce(n.供水点名称, '供水点') || '（' || n.供水点编号 || '，' || n.供水类型 || '）的检测记录' || n.键
    || substr(n.缺项, 1, length(n.缺项) - 1) as 问题,
  n.供水点编号,
  n.供水类型,
  n.采样日期,
  n.检测机构,
  n.检测方式,
  n.缺项
from 不完整 n
left join villages v on v.村代码 = n.村代码
order by n.村代码, 对象
