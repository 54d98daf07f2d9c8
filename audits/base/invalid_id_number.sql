-- title: 身份证号校验位、出生日期或长度不合规
-- code: REG01
-- clause: 一(九)
-- basis: 信息登记、数据统计还不够精准
-- team: 驻村帮扶专班
-- severity: 中
-- subject: persons
-- population: select count(*) from id_numbers n join person_villages p on p.身份证号 = n.身份证号 where in_village(p.村代码)
-- cautions: 没有身份证号、用999999开头代替的不查；末位小写x算合规；末三位为000的另有审计；15位的旧号要换成18位；截止日期定得比台账早的，以后一年内出生、登记的出生日期与号码一致的孩子不列；地区码不查（142322开头的、外省嫁入的都合法）。
-- remedy: 核对身份证或户口簿，更正各台账里的号码，登记附件1。
select
  n.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '村名不详') || coalesce(p.姓名, '姓名未填') || '（户编号' || coalesce(p.户编号, '未填') || '）的身份证号' || n.身份证号
    || case
      when n.长度 = 15 then '是15位旧号，没有换成18位'
      when n.长度 <> 18 then '是' || cast(n.长度 as text) || '位，不是18位'
      when n.非数字位数 > 0 then '前17位里有' || cast(n.非数字位数 as text) || '位不是数字'
      when days_between(n.号码出生日期, n.号码出生日期) is null then '里的出生日期' || n.号码出生日期 || '不存在'
      when n.号码出生日期 < '1900-01-01' or n.号码出生日期 > case when p.出生日期 = n.号码出生日期 then add_months(:截止日期, 12) else :截止日期 end then '里的出生日期' || n.号码出生日期 || '不可能'
      else '的校验位不对'
    end as 问题,
  p.姓名,
  p.户编号,
  p.出生日期
from id_numbers n
join person_villages p on p.身份证号 = n.身份证号
where n.长度 <> 18
  or (
    n.末三位为零 = 0
    and (
      n.非数字位数 > 0
      or days_between(n.号码出生日期, n.号码出生日期) is null
      or n.号码出生日期 < '1900-01-01'
      or n.号码出生日期 > case when p.出生日期 = n.号码出生日期 then add_months(:截止日期, 12) else :截止日期 end
      or n.校验位相符 = 0
    )
  )
order by p.村代码, 对象
