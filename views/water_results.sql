-- title: 到截止日期的水质检测结果，按采样时的标准和供水类型判断是否超标（指标值、是否达标都没有填的不是结果）
with 检测 as (
  select
    t.检测编号,
    t.供水点编号,
    w.供水点名称,
    coalesce(w.村代码, h.村代码) as 村代码,
    w.供水类型,
    t.指标,
    t.采样日期,
    t.指标值,
    t.指标单位,
    t.是否达标,
    t.处置日期,
    t.复检编号,
    (
      select min(s.数值)
      from confirmed_standards s
      where s.项目 = '水质上限'
        and s.档次 = t.指标
        and s.生效日期 <= t.采样日期
        and (s.失效日期 is null or s.失效日期 >= t.采样日期)
    ) as 集中上限,
    (
      select min(s.数值)
      from confirmed_standards s
      where s.项目 = '小型集中式和分散式水质上限'
        and s.档次 = t.指标
        and s.生效日期 <= t.采样日期
        and (s.失效日期 is null or s.失效日期 >= t.采样日期)
    ) as 放宽上限,
    (
      select max(s.数值)
      from confirmed_standards s
      where s.项目 = '水质下限'
        and s.档次 = t.指标
        and s.生效日期 <= t.采样日期
        and (s.失效日期 is null or s.失效日期 >= t.采样日期)
    ) as 下限
  from water_tests t
  join water_sources w on w.供水点编号 = t.供水点编号
  left join households h on h.户编号 = w.户编号
  where t.采样日期 <= :截止日期
    and coalesce(w.供水点状态, '在用') = '在用'
    and (t.指标值 is not null or t.是否达标 is not null)
),
限值 as (
  select
    k.检测编号,
    k.供水点编号,
    k.供水点名称,
    k.村代码,
    k.供水类型,
    k.指标,
    k.采样日期,
    k.指标值,
    k.指标单位,
    k.是否达标,
    k.处置日期,
    k.复检编号,
    case when k.供水类型 = '集中式供水' then k.集中上限 else coalesce(k.放宽上限, k.集中上限) end as 上限,
    k.下限
  from 检测 k
)
select
  x.检测编号,
  x.供水点编号,
  x.供水点名称,
  x.村代码,
  x.供水类型,
  x.指标,
  x.采样日期,
  x.指标值,
  x.指标单位,
  x.处置日期,
  x.复检编号,
  x.上限,
  x.下限,
  case
    when x.指标值 > x.上限 or x.指标值 < x.下限 then 1
    when x.是否达标 = '否' then 1
    else 0
  end as 超标,
  case
    when x.指标值 > x.上限 then plain(x.指标值) || '超过上限' || plain(x.上限)
    when x.指标值 < x.下限 then plain(x.指标值) || '低于下限' || plain(x.下限)
    else '报告结论不达标'
  end as 说明
from 限值 x
