-- title: 同一身份证号登记为两人或分属两户
-- code: REG03
-- clause: 一(九)
-- basis: 信息登记、数据统计还不够精准
-- team: 驻村帮扶专班
-- severity: 中
-- subject: persons
-- population: select count(*) from persons p left join households h on h.户编号 = p.户编号 where in_village(h.村代码)
-- cautions: 只比户台账的户编号；公安户、低保家庭和系统户口径不同，不算重复；迁出户或注销户口的旧登记不算；没有身份证号、用999999开头代替的不查；分户后原户没有改成已迁出的，补改即可。
-- remedy: 核对身份证和户口簿，保留一处登记，另一处改为已迁出或更正号码，登记附件1。
with 在册登记 as (
  select
    p.身份证号,
    p.姓名,
    p.户编号,
    h.村代码
  from persons p
  left join households h on h.户编号 = p.户编号
  where coalesce(p.户籍状态, '在籍') not in ('已迁出', '已注销')
    and substr(p.身份证号, 1, 6) <> '999999'
),
重复 as (
  select
    r.身份证号,
    count(*) as 登记次数,
    min(r.村代码) as 村代码,
    max(r.村代码) as 另一村代码,
    min(r.户编号) as 户编号,
    max(r.户编号) as 另一户编号,
    min(r.姓名) as 姓名,
    max(r.姓名) as 另一姓名
  from 在册登记 r
  group by r.身份证号
  having count(*) > 1
)
select
  d.身份证号 as 对象,
  d.村代码,
  coalesce(v.村名, '村名不详') || coalesce(d.姓名, '姓名未填')
    || case when d.另一姓名 <> d.姓名 then '与' || d.另一姓名 || '用同一个身份证号，共' else '的身份证号' end
    || '登记了' || cast(d.登记次数 as text) || '次，'
    || case
      when d.另一户编号 <> d.户编号 then '分属' || d.户编号 || '、' || d.另一户编号 || '等户'
      else '都在户' || coalesce(d.户编号, '编号未填')
    end as 问题,
  d.姓名,
  d.另一姓名,
  d.户编号,
  d.另一户编号,
  d.另一村代码,
  d.登记次数
from 重复 d
left join villages v on v.村代码 = d.村代码
order by d.村代码, 对象
