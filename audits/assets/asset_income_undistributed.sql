-- title: 收益无分配方案或未公示
-- code: AST08
-- clause: 一(五)
-- basis: 帮扶项目资产低效闲置、管理不规范
-- team: 资金项目专班
-- severity: 中
-- subject: assets
-- population: select count(distinct i.资产编号) from asset_income i join assets a on a.资产编号 = i.资产编号 where in_village(a.村代码)
-- cautions: 只看收到了收益的年度；没有填收款日期的按当年年底算；几项资产的收益合并制定一个方案、没有逐项填日期的会误报；收款后多少天内应当分配公示是本镇约定，不是文件规定。
-- remedy: 按“四议两公开”制定分配方案并公示，补填资产收益台账，登记附件1。
with 未分配 as (
  select
    i.资产编号,
    i.年度,
    i.实收,
    case
      when i.分配方案日期 is null or i.分配方案日期 > :截止日期 then '没有分配方案'
      else '分配方案没有公示'
    end as 缺什么
  from asset_income i
  where i.实收 > 0
    and days_between(coalesce(i.收款日期, cast(i.年度 as text) || '-12-31'), :截止日期) > :资产收益分配天数
    and (
      i.分配方案日期 is null
      or i.分配方案日期 > :截止日期
      or i.公示日期 is null
      or i.公示日期 > :截止日期
    )
),
合计 as (
  select
    u.资产编号,
    count(*) as 年数,
    min(u.年度) as 最早年度,
    sum(u.实收) as 实收,
    max(u.缺什么) as 缺什么
  from 未分配 u
  group by u.资产编号
)
select
  a.资产编号 as 对象,
  a.村代码,
  coalesce(v.村名, '村名不详') || coalesce(a.资产名称, '名称未填') || '（资产编号' || a.资产编号 || '）'
    || cast(t.最早年度 as text) || '年度' || case when t.年数 > 1 then '以来' || cast(t.年数 as text) || '个年度' else '' end
    || '收到收益' || money(t.实收) || '元，到' || :截止日期 || t.缺什么 as 问题,
  a.资产名称,
  a.所有权人,
  a.经营主体,
  t.最早年度,
  t.年数,
  t.实收
from assets a
join 合计 t on t.资产编号 = a.资产编号
left join villages v on v.村代码 = a.村代码
order by a.村代码, 对象
