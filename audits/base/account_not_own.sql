-- title: 补贴发到他人账户且无监护或代领授权（按户发放项目允许同户账户）
-- code: REG11
-- clause: 一(八)
-- team: 农村养老保障专班
-- severity: 高
-- subject: payments
-- population: select count(*) from payments b left join person_villages p on p.身份证号 = b.身份证号 where b.账号 is not null and in_village(p.村代码)
-- may_be_empty: payment_proxies
-- cautions: 规则是本项目定的，文件没有原话。账户台账里没有的账号说不出是谁的，不查；账户台账写明授权代领的、代领授权台账在发放日期有效的、发给同户大人的未成年人补贴都合法；耕地地力、种粮、退耕还林、公益林、资产分红按户发放，同户人的账户都可以；身份证号登记有误的会误报。
-- remedy: 核对账户开户人，补办监护或代领手续，没有正当理由的改发本人账户并追查去向，登记附件1。
select
  b.发放编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(b.姓名, '姓名未填') || coalesce(b.所属期起 || '的', '') || b.项目
    || '（发放编号' || b.发放编号 || coalesce('，' || money(b.金额) || '元', '，金额未填') || '）发到了'
    || coalesce(k.开户人, '姓名未填') || '的账户' || b.账号 || '，没有监护或代领授权' as 问题,
  b.身份证号,
  b.姓名,
  b.项目,
  b.金额,
  b.发放日期,
  b.账号,
  k.开户人,
  k.开户人身份证号
from payments b
join account_holders k on k.账号 = b.账号
left join person_villages p on p.身份证号 = b.身份证号
where coalesce(b.发放状态, '已发放') = '已发放'
  and (b.发放日期 is null or b.发放日期 <= :截止日期)
  and k.授权代领 = 0
  and not exists (
    select 1
    from accounts a
    where a.账号 = b.账号
      and a.身份证号 = b.身份证号
  )
  and not exists (
    select 1
    from payments_by_proxy x
    where x.发放编号 = b.发放编号
  )
  -- 同户：按户发放的项目，和未成年人由同户的大人代收
  and not exists (
    select 1
    from persons s
    join accounts a on a.身份证号 = s.身份证号
    where a.账号 = b.账号
      and s.户编号 = p.户编号
      and (
        b.项目 in ('耕地地力保护补贴', '种粮补贴', '退耕还林补助', '公益林补偿', '资产收益分红')
        or age_on(p.出生日期, coalesce(b.发放日期, :截止日期)) < 18
      )
  )
order by p.村代码, 对象
