-- title: 应收收益未收足
-- code: AST07
-- clause: 一(五)
-- basis: 加强项目资产后续运营的日常监管
-- team: 资金项目专班
-- severity: 高
-- subject: assets
-- population: select count(distinct i.资产编号) from asset_income i join assets a on a.资产编号 = i.资产编号 where in_village(a.村代码)
-- cautions: 没有填应收日期的按当年年底算；多年的合计在一起；受灾减免、合同变更没有改应收的，收到后没有登记的会误报；到期后多少天算没有收足是本镇约定。
-- remedy: 按合同催收，确需减免的履行民主议定程序，登记资产收益台账和附件1。
with 收款 as (
  select
    i.资产编号,
    i.年度,
    i.应收,
    case when i.收款日期 > :截止日期 then 0 else coalesce(i.实收, 0) end as 实收,
    coalesce(i.应收日期, cast(i.年度 as text) || '-12-31') as 应收日期
  from asset_income i
),
合计 as (
  select
    o.资产编号,
    count(*) as 年数,
    min(o.年度) as 最早年度,
    sum(o.应收) as 应收,
    sum(o.实收) as 实收
  from 收款 o
  where o.应收 > o.实收
    and days_between(o.应收日期, :截止日期) > :资产收益收缴天数
  group by o.资产编号
)
select
  a.资产编号 as 对象,
  a.村代码,
  coalesce(v.村名, '村名不详') || coalesce(a.资产名称, '名称未填') || '（资产编号' || a.资产编号 || '，'
    || coalesce('经营主体' || a.经营主体, '经营主体未填') || '）' || cast(t.最早年度 as text) || '年度'
    || case when t.年数 > 1 then '以来' || cast(t.年数 as text) || '个年度' else '' end
    || '应收收益' || money(t.应收) || '元，实收' || money(t.实收) || '元，还有' || money(t.应收 - t.实收) || '元没有收回' as 问题,
  a.资产名称,
  a.经营主体,
  a.合同起,
  a.合同止,
  a.年收益约定,
  t.最早年度,
  t.年数,
  t.应收,
  t.实收,
  t.应收 - t.实收 as 未收金额
from assets a
join 合计 t on t.资产编号 = a.资产编号
left join villages v on v.村代码 = a.村代码
order by a.村代码, 对象
