-- title: 各台账中的人员不在人口册
-- code: REG20
-- clause: 一(九)
-- basis: 信息登记、数据统计还不够精准
-- team: 驻村帮扶专班
-- severity: 中
-- subject: persons
-- population: select count(*) from (select distinct t.身份证号 from people_in_ledgers t) r left join person_villages p on p.身份证号 = r.身份证号 where in_village(p.村代码)
-- may_be_empty: payments, accounts, disability_certificates, welfare_cases, disability_subsidies, welfare_applications, insurance, chronic_applications, chronic_patients, doctor_contracts, loans, post_holders, employment_months, job_subsidies, trainings
-- cautions: 号码写错一位、15位没有换成18位的也会列出，更正号码即可；学生可能是外乡镇的，教师、村医可能是外来的，这几本台账不查；已迁出、已注销但登记过的算在册；刚迁入、刚出生还没有登记的，补登即可。
-- remedy: 核对身份证和户口簿，更正号码或补登人员台账，登记附件1。
select
  t.身份证号 as 对象,
  null as 村代码,
  coalesce(min(t.姓名), '姓名未填') || '（身份证号' || t.身份证号 || '）在' || cast(count(distinct t.台账) as text) || '本台账里有登记，人员台账里没有这个人'
    || '：' || substr(max(case when t.台账 = '惠民惠农资金发放' then '、惠民惠农资金发放' else '' end)
    || max(case when t.台账 = '一卡通账户' then '、一卡通账户' else '' end)
    || max(case when t.台账 = '残疾人证' then '、残疾人证' else '' end)
    || max(case when t.台账 = '社会救助对象' then '、社会救助对象' else '' end)
    || max(case when t.台账 = '残疾人两项补贴' then '、残疾人两项补贴' else '' end)
    || max(case when t.台账 = '救助申请' then '、救助申请' else '' end)
    || max(case when t.台账 = '医保参保' then '、医保参保' else '' end)
    || max(case when t.台账 = '门诊慢特病申请' then '、门诊慢特病申请' else '' end)
    || max(case when t.台账 = '慢病患者管理' then '、慢病患者管理' else '' end)
    || max(case when t.台账 = '家庭医生签约' then '、家庭医生签约' else '' end)
    || max(case when t.台账 = '脱贫人口小额信贷' then '、脱贫人口小额信贷' else '' end)
    || max(case when t.台账 = '公益岗上岗' then '、公益岗上岗' else '' end)
    || max(case when t.台账 = '务工信息' then '、务工信息' else '' end)
    || max(case when t.台账 = '就业奖补' then '、就业奖补' else '' end)
    || max(case when t.台账 = '技能培训' then '、技能培训' else '' end), 2)
    as 问题,
  min(t.姓名) as 姓名,
  count(distinct t.台账) as 台账数
from people_in_ledgers t
where not exists (
    select 1
    from persons p
    where p.身份证号 = t.身份证号
  )
group by t.身份证号
order by 村代码, 对象
