-- title: 无管护责任人或长期未巡查
-- code: AST06
-- clause: 一(五)
-- basis: 落实后续管理责任，加强项目资产后续运营的日常监管
-- team: 资金项目专班
-- severity: 中
-- subject: assets
-- population: select count(*) from assets a where in_village(a.村代码)
-- may_be_empty: asset_inspections
-- cautions: 到户类由农户自己管护，不查；已报废的不查；当年新建、还没有巡查过的不算长期未巡查；巡查了没有登记的会误报；多少天巡查一次是本镇约定，不是文件规定。
-- remedy: 明确管护责任人，开展巡查，登记资产巡查台账和附件1。
with 巡查 as (
  select
    i.资产编号,
    max(i.日期) as 最近巡查
  from asset_inspections i
  where i.日期 <= :截止日期
  group by i.资产编号
)
select
  a.资产编号 as 对象,
  a.村代码,
  coalesce(v.村名, '村名不详') || coalesce(a.资产名称, '名称未填') || '（资产编号' || a.资产编号 || '，'
    || coalesce('原值' || money(a.原值) || '元', '原值未填') || '）'
    || case when trim(coalesce(a.管护人, '')) = '' then '没有管护责任人，' else '' end
    || coalesce(
      '最近一次巡查是' || i.最近巡查 || '，到' || :截止日期 || '已' || cast(days_between(i.最近巡查, :截止日期) as text) || '天',
      '没有巡查记录'
    ) as 问题,
  a.资产名称,
  a.资产类别,
  a.购建年度,
  a.原值,
  a.管护人,
  i.最近巡查,
  a.使用状态,
  a.经营主体
from assets a
left join villages v on v.村代码 = a.村代码
left join 巡查 i on i.资产编号 = a.资产编号
where coalesce(a.资产类别, '未填') <> '到户类'
  and coalesce(a.使用状态, '未填') <> '报废'
  and (
    trim(coalesce(a.管护人, '')) = ''
    or (i.最近巡查 is null and coalesce(a.购建年度, 0) < year_of(:截止日期))
    or days_between(i.最近巡查, :截止日期) > :资产巡查间隔天数
  )
order by a.村代码, 对象
