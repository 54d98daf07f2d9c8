-- title: 经营性资产无经营主体或合同到期
-- code: AST09
-- clause: 一(五)
-- basis: 加强项目资产后续运营的日常监管
-- team: 资金项目专班
-- severity: 中
-- subject: assets
-- population: select count(*) from assets a where a.资产类别 = '经营性' and in_village(a.村代码)
-- cautions: 村集体自己经营的，经营主体要填村集体经济组织；当年新建、正在招租的和已报废的不查；续签了合同没有改合同止的会误报；没有填合同止的按没有到期看待。
-- remedy: 公开招租或续签合同，明确收益和管护责任，更新资产台账，登记附件1。
select
  a.资产编号 as 对象,
  a.村代码,
  coalesce(v.村名, '村名不详') || coalesce(a.资产名称, '名称未填') || '（资产编号' || a.资产编号 || '，'
    || coalesce('原值' || money(a.原值) || '元', '原值未填') || '）'
    || case
      when trim(coalesce(a.经营主体, '')) = '' then '是经营性资产，没有经营主体'
      else '与' || a.经营主体 || '的合同' || a.合同止 || '到期，到' || :截止日期 || '已'
        || cast(days_between(a.合同止, :截止日期) as text) || '天没有续签'
    end as 问题,
  a.资产名称,
  a.购建年度,
  a.原值,
  a.使用状态,
  a.经营主体,
  a.合同起,
  a.合同止,
  a.年收益约定,
  a.项目编号
from assets a
left join villages v on v.村代码 = a.村代码
where a.资产类别 = '经营性'
  and coalesce(a.使用状态, '未填') <> '报废'
  and coalesce(a.购建年度, 0) < year_of(:截止日期)
  and (trim(coalesce(a.经营主体, '')) = '' or a.合同止 < :截止日期)
order by a.村代码, 对象
