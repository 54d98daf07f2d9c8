-- title: 脱贫监测人口中四类慢病在管患者未签约
-- code: HEA05
-- clause: 一(一)2
-- basis: 家庭医生签约服务要落实到位
-- team: 健康医疗保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from chronic_managed c join residents r on r.身份证号 = c.身份证号 join households h on h.户编号 = r.户编号 where (h.户类型 = '脱贫户' or h.监测对象类别 is not null) and in_village(r.村代码)
-- may_be_empty: person_events
-- cautions: 长期在外地居住、在外地签约的；年初正在续签的；本人不愿意签约并有书面说明的。协议期超过一年的看协议止，没有协议止的看年度。核对数按人和病种数。
-- remedy: 由卫生院组织村医上门签约，建立随访档案，登记附件1。
select
  r.身份证号 as 对象,
  r.村代码,
  coalesce(r.村名, '村名不详') || coalesce(r.姓名, '姓名未填') || '（户编号' || r.户编号
    || coalesce('，' || h.户类型, '') || coalesce('，' || h.监测对象类别, '') || '）是在管的'
    || min(c.病种) || case when count(*) > 1 then '等' || cast(count(*) as text) || '种慢病' else '' end
    || '患者，到' || :截止日期 || '没有有效的家庭医生签约' as 问题,
  r.姓名,
  r.户编号,
  h.户类型,
  h.监测对象类别,
  min(c.病种) as 病种,
  count(*) as 病种数
from chronic_managed c
join residents r on r.身份证号 = c.身份证号
join households h on h.户编号 = r.户编号
where (h.户类型 = '脱贫户' or h.监测对象类别 is not null)
  and not exists (
    select 1
    from doctor_contracts d
    where d.身份证号 = c.身份证号
      and (d.签约日期 is null or d.签约日期 <= :截止日期)
      and coalesce(d.协议止, cast(d.年度 as text) || '-12-31') >= :截止日期
  )
group by r.身份证号, r.村代码, r.村名, r.姓名, r.户编号, h.户类型, h.监测对象类别
order by r.村代码, 对象
