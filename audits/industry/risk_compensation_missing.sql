-- title: 符合风险补偿条件未补偿
-- code: IND08
-- clause: 一(四)2
-- basis: 对符合风险补偿条件的贷款，做到应补尽补
-- team: 小额信贷专班
-- severity: 高
-- subject: loans
-- population: select count(*) from loan_places p where in_village(p.村代码)
-- cautions: 到期后第一次催收超过标准天数仍没有还清的，按符合补偿条件看待；各县对逾期天数、催收次数、补偿比例的规定不同，多少天是本镇约定；催收没有登记贷后台账的查不出来；已经续贷、展期、核销的不列；补偿材料已报还没有到账的会误报。
-- remedy: 由银行整理催收和尽职材料，向县里申请风险补偿，登记贷后台账和附件1。
with 催收 as (
  select
    e.贷款编号,
    min(e.日期) as 首次催收,
    count(*) as 次数
  from loan_events e
  join loans l on l.贷款编号 = e.贷款编号
  where e.类型 = '催收'
    and e.日期 > l.到期日期
    and e.日期 <= :截止日期
  group by e.贷款编号
)
select
  l.贷款编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(l.姓名, '姓名未填') || '的小额信贷（贷款编号' || l.贷款编号 || '，'
    || coalesce('金额' || money(l.金额) || '元', '金额未填') || coalesce('，余额' || money(l.余额) || '元', '') || '）'
    || l.到期日期 || '到期，从' || c.首次催收 || '起催收' || cast(c.次数 as text) || '次，到' || :截止日期 || '已'
    || cast(days_between(c.首次催收, :截止日期) as text) || '天没有还清，没有申请风险补偿' as 问题,
  l.姓名,
  l.身份证号,
  l.户编号,
  l.银行,
  l.金额,
  l.余额,
  l.到期日期,
  c.首次催收,
  c.次数 as 催收次数,
  l.贷款状态
from loans l
join open_loans u on u.贷款编号 = l.贷款编号
join 催收 c on c.贷款编号 = l.贷款编号
join loan_places p on p.贷款编号 = l.贷款编号
where days_between(c.首次催收, :截止日期) > :风险补偿催收天数
  and not exists (
    select 1
    from loan_events e
    where e.贷款编号 = l.贷款编号
      and e.类型 in ('风险补偿', '核销')
      and e.日期 <= :截止日期
  )
order by p.村代码, 对象
