-- title: 水窖、旱井等供水点超期未检测
-- code: WAT01
-- clause: 一(一)3
-- basis: 分散式水窖、旱井水质检测工作不够规范
-- team: 饮水安全保障专班
-- severity: 高
-- subject: water_sources
-- population: select count(*) from water_sources w left join households h on h.户编号 = w.户编号 where coalesce(w.供水点状态, '在用') = '在用' and in_village(coalesce(w.村代码, h.村代码))
-- may_be_empty: water_tests, households
-- standards: 水质检测间隔天数
-- cautions: 各类供水点多少天检测一次按本镇确认的标准（分散式枯水期、丰水期各一次）；刚建成、刚启用的会误报；停用、废弃的不查；检测报告还没有登记的；感官检查也算检测。
-- remedy: 列入检测计划，尽快采样检测并登记报告，登记附件1。
with 最近 as (
  select
    t.供水点编号,
    max(t.采样日期) as 采样日期
  from water_tests t
  where t.采样日期 <= :截止日期
  group by t.供水点编号
)
select
  w.供水点编号 as 对象,
  coalesce(w.村代码, h.村代码) as 村代码,
  coalesce(v.村名, '村名不详') || coalesce(w.供水点名称, '供水点') || '（' || w.供水点编号 || '，' || w.供水类型 || '）'
    || coalesce(
      '最近一次采样检测在' || l.采样日期 || '，到' || :截止日期 || '已' || cast(days_between(l.采样日期, :截止日期) as text)
        || '天，超过' || plain(s.数值) || '天',
      '没有任何水质检测记录，应当每' || plain(s.数值) || '天内检测一次'
    ) as 问题,
  w.供水点名称,
  w.供水类型,
  w.供水人口,
  l.采样日期 as 最近采样日期,
  s.数值 as 间隔天数
from water_sources w
join confirmed_standards s
  on s.项目 = '水质检测间隔天数'
  and s.档次 = w.供水类型
  and s.生效日期 <= :截止日期
  and (s.失效日期 is null or s.失效日期 >= :截止日期)
left join 最近 l on l.供水点编号 = w.供水点编号
left join households h on h.户编号 = w.户编号
left join villages v on v.村代码 = coalesce(w.村代码, h.村代码)
where coalesce(w.供水点状态, '在用') = '在用'
  and (l.采样日期 is null or days_between(l.采样日期, :截止日期) > s.数值)
order by 村代码, 对象
