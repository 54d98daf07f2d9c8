-- title: 资产类别与权属层级矛盾
-- code: AST10
-- clause: 一(五)
-- basis: 理顺项目资产权属，规范完善确权登记
-- team: 资金项目专班
-- severity: 中
-- subject: assets
-- population: select count(*) from assets a where in_village(a.村代码)
-- cautions: 到户类应归农户，经营性、公益性应归县、乡镇或村集体；类别或权属层级空白的不查；量化到户、只分红不分产权的仍归村集体；已报废的照样查。
-- remedy: 核对确权证书，更正资产类别或权属层级，确属权属错误的重新确权。
select
  a.资产编号 as 对象,
  a.村代码,
  coalesce(v.村名, '村名不详') || coalesce(a.资产名称, '名称未填') || '（资产编号' || a.资产编号 || '，'
    || coalesce('原值' || money(a.原值) || '元', '原值未填') || '）登记为' || a.资产类别 || '资产，权属层级却是'
    || a.权属层级 || coalesce('，所有权人' || a.所有权人, '') as 问题,
  a.资产名称,
  a.资产类别,
  a.权属层级,
  a.所有权人,
  a.原值,
  a.确权日期,
  a.确权证号,
  a.项目编号
from assets a
left join villages v on v.村代码 = a.村代码
where (a.资产类别 = '到户类' and a.权属层级 <> '农户')
  or (a.资产类别 <> '到户类' and a.权属层级 = '农户')
order by a.村代码, 对象
