-- title: 贷款利率高于签订日LPR上限
-- code: IND02
-- clause: 一(四)2
-- basis: 强化贷款贷前审查和贷后管理工作
-- team: 小额信贷专班
-- severity: 中
-- subject: loans
-- standards: LPR
-- population: select count(*) from loan_places p where in_village(p.村代码)
-- cautions: 期限不超过一年的比一年期LPR，一年以上和没有填到期日期的比五年期以上LPR；展期沿用原合同利率，不查；签订日期早于已登记的第一期LPR的、利率或签订日期空白的不查；按月利率填的会漏查。
-- remedy: 核对合同利率和签订当日公布的LPR，由银行退还多收的利息并改正，登记附件1。
with 期限 as (
  select
    l.贷款编号,
    l.签订日期,
    case
      when l.到期日期 <= add_months(coalesce(l.放款日期, l.签订日期), 12) then '1年期'
      else '5年期以上'
    end as 档次
  from loans l
  where coalesce(l.业务类型, '新增贷款') <> '展期'
),
当日 as (
  select
    k.贷款编号,
    k.档次,
    max(s.生效日期) as 生效日期
  from 期限 k
  join confirmed_standards s
    on s.项目 = 'LPR'
    and s.档次 = k.档次
    and s.生效日期 <= k.签订日期
  group by k.贷款编号, k.档次
)
select
  l.贷款编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(l.姓名, '姓名未填') || '的小额信贷（贷款编号' || l.贷款编号 || '，'
    || coalesce('金额' || money(l.金额) || '元', '金额未填') || '）' || l.签订日期 || '签订，年利率' || plain(l.利率)
    || '%，高于当日执行的' || s.档次 || 'LPR' || plain(s.数值) || '%' as 问题,
  l.姓名,
  l.身份证号,
  l.银行,
  l.金额,
  l.签订日期,
  l.到期日期,
  l.利率,
  s.档次 as LPR档次,
  s.数值 as LPR,
  s.生效日期 as LPR公布日期
from loans l
join 当日 k on k.贷款编号 = l.贷款编号
join confirmed_standards s
  on s.项目 = 'LPR'
  and s.档次 = k.档次
  and s.生效日期 = k.生效日期
join loan_places p on p.贷款编号 = l.贷款编号
where l.利率 > s.数值
  and l.签订日期 <= :截止日期
order by p.村代码, 对象
