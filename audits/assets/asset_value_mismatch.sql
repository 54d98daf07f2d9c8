-- title: 资产原值与项目结算不符
-- code: AST02
-- clause: 一(五)
-- basis: 摸清项目资产底数
-- team: 资金项目专班
-- severity: 中
-- subject: projects
-- population: select count(*) from (select distinct a.项目编号 from assets a) k join projects j on j.项目编号 = k.项目编号 where in_village(j.村代码)
-- cautions: 按项目把各项资产的原值加起来比结算金额；有一项原值空白的、没有结算金额的不比；培训费、管理费等不形成资产的支出，跨村按比例分摊、分年度结转的会误报；容差是本镇约定，不是文件规定。
-- remedy: 对照结算审计和资产清单核对原值，更正资产台账，查明差额去向，登记附件1。
with 合计 as (
  select
    a.项目编号,
    count(*) as 项数,
    count(a.原值) as 填了原值,
    sum(a.原值) as 原值合计
  from assets a
  group by a.项目编号
)
select
  j.项目编号 as 对象,
  j.村代码,
  coalesce(v.村名, '') || coalesce(j.项目名称, '名称未填') || '（项目编号' || j.项目编号 || '）结算金额' || money(j.结算金额)
    || '元，登记的' || cast(t.项数 as text) || '项资产原值合计' || money(t.原值合计) || '元，'
    || case when t.原值合计 > j.结算金额 then '多' else '少' end || money(abs(t.原值合计 - j.结算金额)) || '元' as 问题,
  j.项目名称,
  j.预算金额,
  j.结算金额,
  t.项数,
  t.原值合计,
  t.原值合计 - j.结算金额 as 差额
from projects j
join 合计 t on t.项目编号 = j.项目编号
left join villages v on v.村代码 = j.村代码
where t.项数 = t.填了原值
  and abs(t.原值合计 - j.结算金额) > j.结算金额 * :资产原值容差 / 100.0
order by j.村代码, 对象
