-- title: 门诊慢特病不符合条件未书面告知
-- code: HEA07
-- clause: 一(一)2
-- basis: 对不符合条件的及时书面告知申请人
-- team: 健康医疗保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from chronic_applications a left join person_villages p on p.身份证号 = a.身份证号 where a.认定结果 = '不符合' and in_village(p.村代码)
-- may_be_empty: person_events
-- cautions: 认定后几天内应当告知是本镇约定；书面送达、邮寄以外的短信、电话、口头不算书面；已经死亡的不算；认定日期空白的按已经超过看待；告知方式空白而有书面告知日期的不算。
-- remedy: 补发书面告知并由申请人签收，解释不符合的原因，登记附件1。
select
  a.身份证号 as 对象,
  p.村代码,
  case when p.身份证号 is null then '不在册的' else coalesce(p.村名, '村名不详') end || coalesce(min(a.姓名), '姓名未填')
    || '申请' || min(a.病种) || case when count(*) > 1 then '等' || cast(count(*) as text) || '种' else '' end
    || '门诊慢特病，' || coalesce(min(a.认定日期) || '认定不符合条件', '认定不符合条件') || '，到' || :截止日期
    || '没有书面告知' || coalesce('（登记的是' || max(a.告知方式) || '）', '') as 问题,
  min(a.申请编号) as 申请编号,
  min(a.病种) as 病种,
  min(a.认定日期) as 认定日期,
  max(a.书面告知日期) as 书面告知日期,
  max(a.告知方式) as 告知方式
from chronic_applications a
left join person_villages p on p.身份证号 = a.身份证号
left join deaths d on d.身份证号 = a.身份证号
where a.认定结果 = '不符合'
  and d.身份证号 is null
  and (a.认定日期 is null or days_between(a.认定日期, :截止日期) > :慢特病书面告知天数)
  and (
    a.书面告知日期 is null
    or a.书面告知日期 > :截止日期
    or a.告知方式 in ('短信', '电话', '口头')
  )
group by a.身份证号, p.身份证号, p.村代码, p.村名
order by p.村代码, 对象
