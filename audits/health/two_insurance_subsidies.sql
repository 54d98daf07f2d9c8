-- title: 同一年度按两种身份重复资助参保
-- code: HEA04
-- clause: 一(一)2
-- basis: 落实医保参保资助政策不到位
-- team: 健康医疗保障专班
-- severity: 中
-- subject: persons
-- population: select count(*) from insurance i cross join insurance_year k left join person_villages p on p.身份证号 = i.身份证号 where i.年度 = k.参保年度 and i.资助金额 > 0 and in_village(p.村代码)
-- cautions: 年中身份变化、后一笔是补差的要看资助文件；登记更正、旧的一行没有删掉的。补缴截止月（含当月）以前查上一年度；一人一年只按最高的一种身份资助。
-- remedy: 与医保、财政核对资助到账，重复的退回，只按最高的一种身份资助，登记附件1。
select
  i.身份证号 as 对象,
  p.村代码,
  case when p.身份证号 is null then '不在册的' else coalesce(p.村名, '村名不详') end || coalesce(min(i.姓名), '姓名未填')
    || cast(k.参保年度 as text) || '年度按' || min(i.资助类别) || '和' || max(i.资助类别) || '重复资助参保，合计'
    || money(sum(i.资助金额)) || '元' as 问题,
  k.参保年度,
  min(i.资助类别) as 资助类别一,
  max(i.资助类别) as 资助类别二,
  sum(i.资助金额) as 资助合计
from insurance i
cross join insurance_year k
left join person_villages p on p.身份证号 = i.身份证号
where i.年度 = k.参保年度
  and i.资助金额 > 0
group by i.身份证号, p.身份证号, p.村代码, p.村名, k.参保年度
having count(distinct i.资助类别) > 1
order by p.村代码, 对象
