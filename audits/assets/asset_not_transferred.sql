-- title: 资产未移交
-- code: AST04
-- clause: 一(五)
-- basis: 做好资产移交，并纳入相关管理体系
-- team: 资金项目专班
-- severity: 中
-- subject: assets
-- population: select count(*) from assets a where in_village(a.村代码)
-- cautions: 先确权后移交，没有确权的由“资产未确权”查；到户类、已报废的不查；确权后多少天内应当移交是本镇约定，不是文件规定；已经移交、没有填移交日期的会误报。
-- remedy: 办理移交签字，填移交日期和接收方，登记附件1。
select
  a.资产编号 as 对象,
  a.村代码,
  coalesce(v.村名, '村名不详') || coalesce(a.资产名称, '名称未填') || '（资产编号' || a.资产编号 || '，'
    || coalesce('原值' || money(a.原值) || '元', '原值未填') || '）' || a.确权日期 || '确权，到' || :截止日期 || '已'
    || cast(days_between(a.确权日期, :截止日期) as text) || '天没有移交' as 问题,
  a.资产名称,
  a.资产类别,
  a.购建年度,
  a.原值,
  a.所有权人,
  a.权属层级,
  a.确权日期,
  a.移交日期,
  a.移交接收方,
  a.项目编号
from assets a
left join villages v on v.村代码 = a.村代码
where (a.移交日期 is null or a.移交日期 > :截止日期)
  and days_between(a.确权日期, :截止日期) > :资产移交天数
  and coalesce(a.资产类别, '未填') <> '到户类'
  and coalesce(a.使用状态, '未填') <> '报废'
order by a.村代码, 对象
