-- title: 逾期未处置
-- code: IND05
-- clause: 一(四)2
-- basis: 加快逾期贷款的核销处置化解进度，实现逾期贷款动态清降
-- team: 小额信贷专班
-- severity: 高
-- subject: loans
-- population: select count(*) from loan_places p where in_village(p.村代码)
-- may_be_empty: loan_events
-- cautions: 已经展期但到期日期没有更新、又没有登记展期贷款的；催收、还款没有登记贷后台账的；结清日期没有补登的；没有填到期日期的不查。多少天不处置算问题是本镇约定，不是文件规定。
-- remedy: 会同银行上门核实还款能力，分别催收、续贷、展期、风险补偿或核销，登记贷后台账和附件1。
with 最近处置 as (
  select
    e.贷款编号,
    max(e.日期) as 最近处置日期
  from loan_events e
  where e.类型 in ('催收', '还款', '展期', '续贷', '风险补偿', '核销')
    and e.日期 <= :截止日期
  group by e.贷款编号
)
select
  l.贷款编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(l.姓名, '姓名未填') || '的小额信贷（贷款编号' || l.贷款编号 || '，'
    || coalesce('金额' || money(l.金额) || '元', '金额未填') || coalesce('，余额' || money(l.余额) || '元', '') || '）'
    || l.到期日期 || '到期，到' || :截止日期 || '已逾期' || cast(days_between(l.到期日期, :截止日期) as text) || '天，'
    || coalesce(
      '最近一次处置是' || s.最近处置日期 || '，距今' || cast(days_between(s.最近处置日期, :截止日期) as text) || '天',
      '没有任何处置记录'
    ) as 问题,
  l.姓名,
  l.身份证号,
  l.户编号,
  l.银行,
  l.金额,
  l.余额,
  l.到期日期,
  days_between(l.到期日期, :截止日期) as 逾期天数,
  s.最近处置日期,
  l.贷款状态
from loans l
join open_loans u on u.贷款编号 = l.贷款编号
join loan_places p on p.贷款编号 = l.贷款编号
left join 最近处置 s on s.贷款编号 = l.贷款编号
where days_between(l.到期日期, :截止日期) > :贷款逾期处置天数
  and (
    s.最近处置日期 is null
    or days_between(s.最近处置日期, :截止日期) > :贷款逾期处置天数
  )
order by p.村代码, 对象
