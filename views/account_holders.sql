-- title: 账户是谁开的、有没有代领授权（一个账号一行）
select
  a.账号,
  min(a.身份证号) as 开户人身份证号,
  min(a.姓名) as 开户人,
  max(case when a.授权代领 = '是' then 1 else 0 end) as 授权代领
from accounts a
group by a.账号
