-- title: 2016年以来形成资产的项目未登记资产（培训、贴息、补助类除外）
-- code: AST01
-- clause: 一(五)
-- basis: “十三五”以来……形成的项目资产进行全面摸底，分类建立管理台账
-- team: 资金项目专班
-- severity: 高
-- subject: projects
-- population: select count(*) from projects j where in_village(j.村代码)
-- cautions: 资产台账里项目编号没填或填错的；几个项目合并登记一项资产的；跨村项目没有村代码，只在全镇结果里列出；没有填是否形成资产的按形成资产看待（就业项目除外）；竣工和验收日期都空白的不查。完工多少天内应当登记是本镇约定，不是文件规定。
-- remedy: 对照项目档案清点资产，补登资产台账并注明项目编号，登记附件1。
with 完工 as (
  select
    j.项目编号,
    coalesce(j.验收日期, j.竣工日期) as 完工日期,
    year_of(coalesce(j.下达日期, j.批复日期, j.入库日期, j.开工日期, j.验收日期, j.竣工日期)) as 项目年度
  from projects j
)
select
  j.项目编号 as 对象,
  j.村代码,
  coalesce(v.村名, '') || coalesce(j.项目名称, '名称未填') || '（项目编号' || j.项目编号 || '，'
    || coalesce('结算金额' || money(j.结算金额) || '元', '预算金额' || money(j.预算金额) || '元', '金额未填') || '）'
    || f.完工日期 || '完工，到' || :截止日期 || '已' || cast(days_between(f.完工日期, :截止日期) as text)
    || '天，资产台账里没有登记它形成的资产' as 问题,
  j.项目名称,
  j.项目类别,
  j.是否形成资产,
  f.项目年度,
  j.竣工日期,
  j.验收日期,
  days_between(f.完工日期, :截止日期) as 完工天数,
  j.预算金额,
  j.结算金额,
  j.资金来源
from projects j
join 完工 f on f.项目编号 = j.项目编号
left join villages v on v.村代码 = j.村代码
left join assets a on a.项目编号 = j.项目编号
where coalesce(j.项目类别, '未填') not in ('技能培训', '贷款贴息', '到户补助', '项目管理费')
  and (
    j.是否形成资产 = '是'
    or (j.是否形成资产 is null and coalesce(j.项目类别, '未填') <> '就业项目')
  )
  and days_between(f.完工日期, :截止日期) > :资产登记天数
  and f.项目年度 >= :资产起算年度
  and a.资产编号 is null
order by j.村代码, 对象
