-- title: 贷后检查缺失
-- code: IND09
-- clause: 一(四)2
-- basis: 强化贷款贷前审查和贷后管理工作
-- team: 小额信贷专班
-- severity: 低
-- subject: loans
-- population: select count(*) from loan_places p where in_village(p.村代码)
-- may_be_empty: loan_events
-- cautions: 只查还没有到期、没有还清的，逾期的由“逾期未处置”查；银行查过没有登记贷后台账的会误报；没有填到期日期的照样查，放款和签订日期都空白的算不出天数；多少天查一次是本镇约定，不是文件规定。
-- remedy: 会同银行、村里上门查看贷款用途和经营情况，登记贷后台账。
with 检查 as (
  select
    e.贷款编号,
    max(e.日期) as 最近检查
  from loan_events e
  where e.类型 = '检查'
    and e.日期 <= :截止日期
  group by e.贷款编号
)
select
  l.贷款编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(l.姓名, '姓名未填') || '的小额信贷（贷款编号' || l.贷款编号 || '，'
    || coalesce('金额' || money(l.金额) || '元', '金额未填') || '）'
    || coalesce('最近一次贷后检查是' || c.最近检查, coalesce(l.放款日期, l.签订日期) || '放款以后没有贷后检查') || '，到'
    || :截止日期 || '已'
    || cast(days_between(coalesce(c.最近检查, l.放款日期, l.签订日期), :截止日期) as text) || '天' as 问题,
  l.姓名,
  l.身份证号,
  l.户编号,
  l.银行,
  l.金额,
  l.余额,
  l.放款日期,
  l.到期日期,
  c.最近检查,
  l.用途
from loans l
join loan_places p on p.贷款编号 = l.贷款编号
left join 检查 c on c.贷款编号 = l.贷款编号
where days_between(coalesce(c.最近检查, l.放款日期, l.签订日期), :截止日期) > :贷后检查间隔天数
  and (l.到期日期 is null or l.到期日期 >= :截止日期)
  and (l.结清日期 is null or l.结清日期 > :截止日期)
  and (l.余额 is null or l.余额 > 0)
order by p.村代码, 对象
