-- title: 身份证号末三位为000，疑似被 Excel 截断
-- code: REG02
-- clause: 一(九)
-- basis: 信息登记、数据统计还不够精准
-- team: 驻村帮扶专班
-- severity: 中
-- subject: persons
-- population: select count(*) from id_numbers n join person_villages p on p.身份证号 = n.身份证号 where in_village(p.村代码)
-- cautions: Excel 只保留15位数字，第16位起变成0。末三位本来就是000的真号码约有千分之一（校验位相符、第17位为双数的女性），已排除，也就会漏掉被截断后碰巧相符的个别女性；没有身份证号、用999999开头代替的不查。
-- remedy: 找到原始表格或核对身份证，把身份证号一列先设为文本格式再重新填写，登记附件1。
with 登记 as (
  select
    p.身份证号,
    max(p.性别) as 性别
  from persons p
  group by p.身份证号
)
select
  n.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '村名不详') || coalesce(p.姓名, '姓名未填') || '（户编号' || coalesce(p.户编号, '未填') || '）的身份证号'
    || n.身份证号 || '末三位是000，'
    || case when n.校验位相符 = 0 then '校验位不对' else '第17位与登记的性别男不符' end || '，疑似被 Excel 截断' as 问题,
  p.姓名,
  p.户编号,
  r.性别,
  p.出生日期
from id_numbers n
join 登记 r on r.身份证号 = n.身份证号
join person_villages p on p.身份证号 = n.身份证号
where n.末三位为零 = 1
  and (n.校验位相符 = 0 or r.性别 = '男')
order by p.村代码, 对象
