-- title: 有大额合规自付支出但测算未扣减
-- code: INC03
-- clause: 一(三)
-- basis: 部分村开展防止返贫动态监测帮扶排查时，收入测算未扣减合规自付支出
-- team: 防返贫监测专班
-- severity: 高
-- subject: households
-- population: select count(*) from latest_incomes i left join household_places p on p.户编号 = i.户编号 where in_village(p.村代码)
-- cautions: 测算年度从上年10月1日到当年9月30日，按结算日期算，没有结算日期的按就诊日期；全户在册成员的医疗合规自付加起来，达到大额的才比，多少算大额是本镇约定；教育、住房等自付支出不在医疗费用结算里，只查医疗；就诊以后才到这一户的会误报。
-- remedy: 核对结算单，补填合规自付支出，重新测算，低于监测线的按程序纳入监测，登记附件1。
with 自付 as (
  select
    v.户编号,
    i.年度,
    sum(c.合规自付) as 金额,
    count(*) as 笔数
  from medical_claims c
  join person_villages v on v.身份证号 = c.身份证号
  join latest_incomes i on i.户编号 = v.户编号
  where coalesce(c.结算日期, c.就诊日期) >= cast(i.年度 - 1 as text) || '-10-01'
    and coalesce(c.结算日期, c.就诊日期) <= cast(i.年度 as text) || '-09-30'
  group by v.户编号, i.年度
)
select
  i.户编号 as 对象,
  p.村代码,
  coalesce(p.称呼, '户台账里没有的户' || i.户编号) || cast(i.年度 as text) || '测算年度有' || cast(z.笔数 as text) || '笔医疗费用结算，合规自付'
    || money(z.金额) || '元，收入测算里' || coalesce('只扣减了' || money(i.合规自付支出) || '元', '没有填合规自付支出') as 问题,
  p.户类型,
  p.监测对象类别,
  i.年度,
  z.笔数,
  z.金额 as 合规自付,
  i.合规自付支出 as 测算扣减,
  i.纯收入,
  i.采集人
from latest_incomes i
join 自付 z on z.户编号 = i.户编号
left join household_places p on p.户编号 = i.户编号
where z.金额 >= :大额自付支出
  and z.金额 - coalesce(i.合规自付支出, 0) > :收入闭合容差
order by p.村代码, 对象
