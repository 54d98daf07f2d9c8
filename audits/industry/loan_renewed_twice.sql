-- title: 展期或续贷超过一次
-- code: IND10
-- clause: 一(四)2
-- basis: 强化贷款贷前审查和贷后管理工作
-- team: 小额信贷专班
-- severity: 中
-- subject: loans
-- population: select count(*) from loan_places p where in_village(p.村代码)
-- may_be_empty: loan_events
-- cautions: 续贷、展期各一次合法；按原贷款编号往前找三笔，也看贷后台账里同一笔登记了几次；同一次续贷登记了两条的会误报；还清以后隔了一段时间重新申请的应填新增贷款；各限一次是政策的一般规定，本县另有规定的以本县为准。
-- remedy: 核对合同，停止再次续贷、展期，制定还款计划，登记附件1。
with 上一笔 as (
  select
    l.贷款编号,
    l.业务类型,
    a.业务类型 as 前一业务,
    b.业务类型 as 前二业务,
    c.业务类型 as 前三业务
  from loans l
  join loans a on a.贷款编号 = l.原贷款编号
  left join loans b on b.贷款编号 = a.原贷款编号
  left join loans c on c.贷款编号 = b.原贷款编号
  where l.业务类型 in ('续贷', '展期')
),
多次 as (
  select
    s.贷款编号,
    s.业务类型
  from 上一笔 s
  where s.业务类型 = s.前一业务
    or s.业务类型 = s.前二业务
    or s.业务类型 = s.前三业务
  union all
  select
    e.贷款编号,
    e.类型 as 业务类型
  from loan_events e
  where e.类型 in ('续贷', '展期')
  group by e.贷款编号, e.类型
  having count(*) > 1
),
合并 as (
  select
    m.贷款编号,
    min(m.业务类型) as 业务类型
  from 多次 m
  group by m.贷款编号
)
select
  l.贷款编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(l.姓名, '姓名未填') || '的小额信贷（贷款编号' || l.贷款编号 || '，'
    || coalesce('金额' || money(l.金额) || '元', '金额未填') || coalesce('，原贷款编号' || l.原贷款编号, '') || '）'
    || m.业务类型 || '超过一次' as 问题,
  l.姓名,
  l.身份证号,
  l.户编号,
  l.银行,
  l.金额,
  l.业务类型,
  l.原贷款编号,
  l.签订日期,
  l.到期日期,
  l.贷款状态
from loans l
join 合并 m on m.贷款编号 = l.贷款编号
join loan_places p on p.贷款编号 = l.贷款编号
order by p.村代码, 对象
