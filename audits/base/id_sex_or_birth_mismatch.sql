-- title: 性别或出生日期与身份证号不符
-- code: REG04
-- clause: 一(九)
-- basis: 信息登记、数据统计还不够精准
-- team: 驻村帮扶专班
-- severity: 中
-- subject: persons
-- population: select count(*) from id_numbers n join person_villages p on p.身份证号 = n.身份证号 where n.校验位相符 = 1 and in_village(p.村代码)
-- cautions: 只查号码本身合规的，号码不合规的和末三位为000的另有审计；性别、出生日期空白的不算不符；早年补登户口的，证件上的出生日期可能与实际不同，以证件为准。
-- remedy: 核对身份证，更正性别或出生日期，登记附件1。
with 不符 as (
  select
    p.身份证号,
    max(case when p.性别 <> n.号码性别 then '性别登记为' || p.性别 || '，身份证号是' || n.号码性别 else '' end) as 性别不符,
    max(case when p.出生日期 <> n.号码出生日期 then '出生日期登记为' || p.出生日期 || '，身份证号是' || n.号码出生日期 else '' end)
      as 日期不符
  from persons p
  join id_numbers n on n.身份证号 = p.身份证号
  where n.长度 = 18
    and n.非数字位数 = 0
    and n.校验位相符 = 1
    and n.末三位为零 = 0
    and (p.性别 <> n.号码性别 or p.出生日期 <> n.号码出生日期)
  group by p.身份证号
)
select
  d.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '村名不详') || coalesce(p.姓名, '姓名未填') || '（身份证号' || d.身份证号 || '，户编号'
    || coalesce(p.户编号, '未填') || '）' || d.性别不符
    || case when d.性别不符 <> '' and d.日期不符 <> '' then '；' else '' end || d.日期不符 as 问题,
  p.姓名,
  p.户编号,
  d.性别不符,
  d.日期不符
from 不符 d
join person_villages p on p.身份证号 = d.身份证号
order by p.村代码, 对象
