-- title: 资产未确权
-- code: AST03
-- clause: 一(五)
-- basis: 理顺项目资产权属，规范完善确权登记
-- team: 资金项目专班
-- severity: 中
-- subject: assets
-- population: select count(*) from assets a where in_village(a.村代码)
-- may_be_empty: projects
-- cautions: 已经确权但没有填确权日期的；跨村资产正在按比例确权的；到户类、已报废和“十三五”以前购建的不查。建成多少天内应当确权是本镇约定，不是文件规定。购建年度、竣工日期、验收日期都空白的算不出天数，一律列出。
-- remedy: 核对权属，办理确权登记和移交，补填确权日期和证号，登记附件1。
with 建成 as (
  select
    a.资产编号,
    coalesce(j.验收日期, j.竣工日期, cast(a.购建年度 as text) || '-12-31') as 建成日期
  from assets a
  left join projects j on j.项目编号 = a.项目编号
)
select
  a.资产编号 as 对象,
  a.村代码,
  coalesce(v.村名, '村名不详') || coalesce(a.资产名称, '名称未填') || '（资产编号' || a.资产编号 || '，'
    || coalesce('原值' || money(a.原值) || '元', '原值未填') || '）'
    || coalesce(
      '最迟' || b.建成日期 || '建成，到' || :截止日期 || '已'
        || cast(days_between(b.建成日期, :截止日期) as text) || '天，没有确权',
      '没有确权，也没有登记建成日期'
    ) as 问题,
  a.资产名称,
  a.资产类别,
  a.购建年度,
  b.建成日期,
  a.原值,
  a.所有权人,
  a.权属层级,
  a.确权日期,
  a.移交日期,
  a.使用状态,
  a.项目编号
from assets a
join 建成 b on b.资产编号 = a.资产编号
left join villages v on v.村代码 = a.村代码
where (a.确权日期 is null or a.确权日期 > :截止日期)
  and coalesce(a.资产类别, '未填') <> '到户类'
  and coalesce(a.使用状态, '未填') <> '报废'
  and (a.购建年度 is null or a.购建年度 >= :资产起算年度)
  and (b.建成日期 is null or days_between(b.建成日期, :截止日期) > :资产确权天数)
order by a.村代码, 对象
