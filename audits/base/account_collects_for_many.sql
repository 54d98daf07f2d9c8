-- title: 同一账户为多户多人收款
-- code: REG12
-- clause: 一(八)
-- team: 农村养老保障专班
-- severity: 高
-- subject: accounts
-- population: select count(*) from (select distinct b.账号 from payments b where b.账号 is not null) t left join account_holders k on k.账号 = t.账号 left join person_villages p on p.身份证号 = k.开户人身份证号 where in_village(p.村代码)
-- may_be_empty: payment_proxies, accounts
-- cautions: 规则是本项目定的，文件没有原话，起查的人数是本镇约定；两户以上才算；代领授权台账有授权的受益人（如敬老院代领）不算；开户人自己领的也算一人；发放失败、待发放的不算；同一家分户的老人由儿子代收又没有办手续的，补办即可。
-- remedy: 调取账户流水，查明为谁代收、钱给了谁，补办授权或改发本人账户，登记附件1。
with 收款 as (
  select
    b.账号,
    b.身份证号,
    sum(coalesce(b.金额, 0)) as 金额
  from payments b
  where b.账号 is not null
    and coalesce(b.发放状态, '已发放') = '已发放'
    and (b.发放日期 is null or b.发放日期 <= :截止日期)
    and not exists (
      select 1
      from payments_by_proxy x
      where x.发放编号 = b.发放编号
    )
  group by b.账号, b.身份证号
),
代收 as (
  select
    s.账号,
    count(*) as 人数,
    -- 不在册的人各算一户
    count(distinct coalesce(p.户编号, s.身份证号)) as 户数,
    sum(s.金额) as 金额,
    min(p.村代码) as 村代码
  from 收款 s
  left join person_villages p on p.身份证号 = s.身份证号
  group by s.账号
)
select
  t.账号 as 对象,
  coalesce(p.村代码, t.村代码) as 村代码,
  coalesce(v.村名, '村名不详') || coalesce(k.开户人 || '的账户', '开户人不明的账户') || t.账号 || '收了' || cast(t.户数 as text) || '户'
    || cast(t.人数 as text) || '人的补贴，共' || money(t.金额) || '元，没有代领授权' as 问题,
  k.开户人,
  k.开户人身份证号,
  t.户数,
  t.人数,
  t.金额
from 代收 t
left join account_holders k on k.账号 = t.账号
left join person_villages p on p.身份证号 = k.开户人身份证号
left join villages v on v.村代码 = coalesce(p.村代码, t.村代码)
where t.人数 >= :账户代收起查人数
  and t.户数 > 1
order by 村代码, 对象
