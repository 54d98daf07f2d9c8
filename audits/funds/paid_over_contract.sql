-- title: 累计支付超过合同或结算
-- code: FUN05
-- clause: 一(六)
-- basis: 资金使用方面，未按合同约定付款
-- team: 资金项目专班
-- severity: 高
-- subject: contracts
-- population: select count(*) from contracts c join projects j on j.项目编号 = c.项目编号 where in_village(j.村代码)
-- cautions: 签了补充协议但合同金额没有更新的；一个项目有几份合同的只比合同金额，不比结算；拨给乡镇、行业部门再转付的，只算转付出去的；合同和结算都没有填金额的不查；退回的款项没有登记的会误报。
-- remedy: 核对合同、补充协议、结算审计和支付凭证；多付的追回，登记附件1。
with 合同数 as (
  select
    c.项目编号,
    count(*) as 份数
  from contracts c
  group by c.项目编号
),
支付 as (
  select
    s.合同编号,
    sum(s.金额) as 已付
  from project_spending s
  group by s.合同编号
),
限额 as (
  -- 只有一份合同的项目，结算以后按结算付；还没有结算、或者有几份合同的，按合同付
  select
    c.合同编号,
    case when n.份数 = 1 then coalesce(j.结算金额, c.金额) else c.金额 end as 应付,
    case when n.份数 = 1 and j.结算金额 is not null then '结算金额' else '合同金额' end as 依据
  from contracts c
  join projects j on j.项目编号 = c.项目编号
  join 合同数 n on n.项目编号 = c.项目编号
)
select
  c.合同编号 as 对象,
  j.村代码,
  coalesce(v.村名, '') || coalesce(j.项目名称, '名称未填') || '的合同（合同编号' || c.合同编号 || '，乙方'
    || coalesce(c.乙方, '未填') || '）' || x.依据 || money(x.应付) || '元，到' || :截止日期 || '已支付'
    || money(y.已付) || '元，多付' || money(y.已付 - x.应付) || '元' as 问题,
  c.合同名称,
  c.乙方,
  c.金额 as 合同金额,
  j.结算金额,
  y.已付,
  c.项目编号,
  j.项目名称
from contracts c
join projects j on j.项目编号 = c.项目编号
join 限额 x on x.合同编号 = c.合同编号
join 支付 y on y.合同编号 = c.合同编号
left join villages v on v.村代码 = j.村代码
where round(y.已付 - x.应付, 2) > 0
order by j.村代码, 对象
