-- title: 病种属门诊慢特病目录而未申请（普通两病除外）
-- code: HEA09
-- clause: 一(一)2
-- basis: 及时将符合条件的困难群体纳入
-- team: 健康医疗保障专班
-- severity: 中
-- subject: persons
-- population: select count(*) from chronic_patients c join residents r on r.身份证号 = c.身份证号 where c.病种 not in ('高血压', '2型糖尿病') and in_village(r.村代码)
-- may_be_empty: person_events, chronic_applications, external_flags
-- standards: 门诊慢特病病种
-- cautions: 病种在目录里不等于病情达到认定标准；普通高血压、糖尿病走两病用药保障，不算；已经治愈、结束管理的不算；职工或异地参保的在参保地申请；刚确诊的给一段时间，多少天是本镇约定。
-- remedy: 由村医告知申请条件和材料，帮助申请；不符合的书面说明，登记附件1。
select
  r.身份证号 as 对象,
  r.村代码,
  coalesce(r.村名, '村名不详') || coalesce(r.姓名, '姓名未填') || '（户编号' || r.户编号 || '）患' || min(c.病种)
    || case when count(*) > 1 then '等' || cast(count(*) as text) || '种病' else '' end
    || coalesce('，' || min(c.确诊日期) || '确诊', '') || '，属于门诊慢特病目录，到' || :截止日期 || '没有申请登记' as 问题,
  r.姓名,
  r.户编号,
  min(c.病种) as 病种,
  count(*) as 病种数,
  min(c.确诊日期) as 确诊日期
from chronic_patients c
join residents r on r.身份证号 = c.身份证号
join confirmed_standards t
  on t.项目 = '门诊慢特病病种'
  and t.档次 = c.病种
  and t.数值 = 1
  and t.生效日期 <= :截止日期
  and (t.失效日期 is null or t.失效日期 >= :截止日期)
where c.病种 not in ('高血压', '2型糖尿病')
  and (c.管理止 is null or c.管理止 >= :截止日期)
  and (c.确诊日期 is null or days_between(c.确诊日期, :截止日期) > :慢特病申请提示天数)
  and not exists (
    select 1
    from chronic_applications a
    where a.身份证号 = c.身份证号
      and a.病种 = c.病种
      and (a.申请日期 is null or a.申请日期 <= :截止日期)
  )
  and not exists (
    select 1
    from active_flags f
    where f.身份证号 = c.身份证号
      and f.标识 in ('职工参保', '异地参保')
  )
group by r.身份证号, r.村代码, r.村名, r.姓名, r.户编号
order by r.村代码, 对象
