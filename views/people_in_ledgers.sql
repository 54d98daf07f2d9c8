-- title: 各台账里写到的本镇的人，一个号码在一本台账里一行（学生可能是外乡镇的，不列）
select distinct
  t.身份证号,
  t.姓名,
  '惠民惠农资金发放' as 台账
from payments t
union all
select distinct
  t.身份证号,
  t.姓名,
  '一卡通账户' as 台账
from accounts t
union all
select distinct
  t.身份证号,
  t.姓名,
  '残疾人证' as 台账
from disability_certificates t
union all
select distinct
  t.身份证号,
  t.姓名,
  '社会救助对象' as 台账
from welfare_cases t
union all
select distinct
  t.身份证号,
  t.姓名,
  '残疾人两项补贴' as 台账
from disability_subsidies t
union all
select distinct
  t.身份证号,
  t.姓名,
  '救助申请' as 台账
from welfare_applications t
union all
select distinct
  t.身份证号,
  t.姓名,
  '医保参保' as 台账
from insurance t
union all
select distinct
  t.身份证号,
  t.姓名,
  '门诊慢特病申请' as 台账
from chronic_applications t
union all
select distinct
  t.身份证号,
  t.姓名,
  '慢病患者管理' as 台账
from chronic_patients t
union all
select distinct
  t.身份证号,
  t.姓名,
  '家庭医生签约' as 台账
from doctor_contracts t
union all
select distinct
  t.身份证号,
  t.姓名,
  '脱贫人口小额信贷' as 台账
from loans t
union all
select distinct
  t.身份证号,
  t.姓名,
  '公益岗上岗' as 台账
from post_holders t
union all
select distinct
  t.身份证号,
  t.姓名,
  '务工信息' as 台账
from employment_months t
union all
select distinct
  t.身份证号,
  t.姓名,
  '就业奖补' as 台账
from job_subsidies t
union all
select distinct
  t.身份证号,
  t.姓名,
  '技能培训' as 台账
from trainings t
