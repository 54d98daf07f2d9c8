-- title: 签订时借款户不是脱贫户或监测户
-- code: IND15
-- clause: 一(四)2
-- basis: 真正用于支持脱贫户发展生产和开展经营活动
-- team: 小额信贷专班
-- severity: 高
-- subject: loans
-- population: select count(*) from loan_places p where in_village(p.村代码)
-- may_be_empty: monitoring_cases
-- cautions: 现在是监测户、签订时还没有纳入的才算；没有登记监测档案或审定日期的按签订时已经是监测户看待；风险消除以后才签订的不列；分户以后原户是脱贫户、新户没有标的，户编号填错的会误报；签订日期空白的只看现在的户类型。
-- remedy: 核对签订时的户身份；确属不符的停止贴息，由银行按普通贷款处理，登记附件1。
with 纳入 as (
  select
    c.户编号,
    min(c.审定日期) as 最早审定
  from monitoring_cases c
  group by c.户编号
)
select
  l.贷款编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(l.姓名, '姓名未填') || '的小额信贷（贷款编号' || l.贷款编号 || '，'
    || coalesce('金额' || money(l.金额) || '元', '金额未填') || '）' || coalesce(l.签订日期 || '签订', '签订日期未填') || '，'
    || case
      when h.户编号 is null then '借款户不在户台账里'
      when h.监测对象类别 is null then '借款户' || h.户编号 || '是' || coalesce(h.户类型, '户类型未填的户')
        || '，不是脱贫户或监测户'
      else '借款户' || h.户编号 || '到' || m.最早审定 || '才纳入监测，签订时不是脱贫户或监测户'
    end as 问题,
  l.姓名,
  l.身份证号,
  h.户编号,
  h.户类型,
  h.监测对象类别,
  m.最早审定,
  l.银行,
  l.金额,
  l.签订日期,
  l.贷款状态
from loans l
join loan_homes r on r.贷款编号 = l.贷款编号
join loan_places p on p.贷款编号 = l.贷款编号
left join households h on h.户编号 = r.户编号
left join 纳入 m on m.户编号 = r.户编号
where coalesce(h.户类型, '未填') <> '脱贫户'
  and coalesce(l.签订日期, :截止日期) <= :截止日期
  and (h.监测对象类别 is null or m.最早审定 > l.签订日期)
order by p.村代码, 对象
