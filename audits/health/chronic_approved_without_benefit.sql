-- title: 门诊慢特病认定后未落实待遇
-- code: HEA08
-- clause: 一(一)2
-- basis: 及时跟进落实医疗保障政策
-- team: 健康医疗保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from chronic_applications a join residents r on r.身份证号 = a.身份证号 where a.认定结果 = '符合' and in_village(r.村代码)
-- may_be_empty: person_events, medical_claims
-- cautions: 认定后多少天内应当落实是本镇约定；已经有门诊慢特病结算、没有填待遇起的不算；当年没有参保、待遇暂停的要先参保；同一病种申请过几次的，有一次落实了就算落实。
-- remedy: 与医保经办机构核对待遇状态，从认定之日起落实，登记附件1。
select
  r.身份证号 as 对象,
  r.村代码,
  coalesce(r.村名, '村名不详') || coalesce(r.姓名, '姓名未填') || '（户编号' || r.户编号 || '）的' || min(a.病种)
    || case when count(*) > 1 then '等' || cast(count(*) as text) || '种' else '' end || '门诊慢特病'
    || min(a.认定日期) || '认定符合条件，到' || :截止日期 || '已' || cast(days_between(min(a.认定日期), :截止日期) as text)
    || '天没有落实待遇' as 问题,
  r.姓名,
  r.户编号,
  min(a.申请编号) as 申请编号,
  min(a.病种) as 病种,
  min(a.认定日期) as 认定日期,
  min(a.待遇起) as 待遇起
from chronic_applications a
join residents r on r.身份证号 = a.身份证号
where a.认定结果 = '符合'
  and days_between(a.认定日期, :截止日期) > :慢特病待遇落实天数
  -- 同一病种申请过几次的，有一次在认定以后还享受着就算落实
  and not exists (
    select 1
    from chronic_applications n
    where n.身份证号 = a.身份证号
      and n.病种 = a.病种
      and n.待遇起 <= :截止日期
      and (n.待遇止 is null or n.待遇止 >= a.认定日期)
  )
  and not exists (
    select 1
    from medical_claims m
    where m.身份证号 = a.身份证号
      and m.就诊类型 = '门诊慢特病'
      and m.就诊日期 >= a.认定日期
      and m.就诊日期 <= :截止日期
  )
group by r.身份证号, r.村代码, r.村名, r.姓名, r.户编号
order by r.村代码, 对象
