-- title: 停用超过标准天数，或经营性资产收益率低于标准
-- code: AST05
-- clause: 一(五)
-- basis: 帮扶项目资产低效闲置、管理不规范
-- team: 资金项目专班
-- severity: 高
-- subject: assets
-- population: select count(*) from assets a where in_village(a.村代码)
-- may_be_empty: asset_income
-- cautions: 季节性停用、正在维修或正在换经营主体的；登记为闲置但没有填停用日期的算不出天数，查不出来，先补日期；收益率按上一年度实收除以原值，只比在用的、上一年度以前建成的经营性资产，收益台账没有登记上一年度的不比；光伏等由县里统一结算的要看到账口径。停用多少天算闲置、收益率多低算低效是本镇约定，不是文件规定。
-- remedy: 实地查看，查明停用或低效的原因，制定盘活措施，明确责任人和时限，登记附件1。
with 上年收益 as (
  select
    i.资产编号,
    i.年度,
    sum(coalesce(i.实收, 0)) as 实收
  from asset_income i
  where i.年度 = year_of(:截止日期) - 1
  group by i.资产编号, i.年度
)
select
  a.资产编号 as 对象,
  a.村代码,
  coalesce(v.村名, '村名不详') || coalesce(a.资产名称, '名称未填') || '（资产编号' || a.资产编号 || '，'
    || coalesce('原值' || money(a.原值) || '元', '原值未填') || '）'
    || case a.使用状态
      when '低效' then '登记为低效'
      when '在用' then cast(y.年度 as text) || '年度实收收益' || money(y.实收) || '元，收益率'
        || plain(100.0 * y.实收 / nullif(a.原值, 0)) || '%，低于' || plain(:资产收益率下限) || '%'
      else '从' || a.停用日期 || '起停用，到' || :截止日期 || '已闲置'
        || cast(days_between(a.停用日期, :截止日期) as text) || '天'
    end as 问题,
  a.资产名称,
  a.资产类别,
  a.使用状态,
  a.停用日期,
  days_between(a.停用日期, :截止日期) as 停用天数,
  a.原值,
  a.购建年度,
  y.实收 as 上年实收收益,
  a.项目编号,
  a.所有权人,
  a.经营主体,
  a.管护人
from assets a
left join villages v on v.村代码 = a.村代码
left join 上年收益 y on y.资产编号 = a.资产编号
where a.使用状态 = '低效'
  or (
    a.使用状态 = '闲置'
    and days_between(a.停用日期, :截止日期) > :资产闲置天数
  )
  or (
    a.使用状态 = '在用'
    and a.资产类别 = '经营性'
    and a.购建年度 < y.年度
    and 100.0 * y.实收 / nullif(a.原值, 0) < :资产收益率下限
  )
order by a.村代码, 对象
