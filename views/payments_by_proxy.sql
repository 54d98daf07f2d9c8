-- title: 发到代领人账户、发放当天有代领授权的发放
select distinct b.发放编号
from payments b
join payment_proxies x on x.账号 = b.账号 and x.受益人身份证号 = b.身份证号
where (b.发放日期 is null or x.起始日期 <= b.发放日期)
  and (x.终止日期 is null or b.发放日期 is null or x.终止日期 >= b.发放日期)
