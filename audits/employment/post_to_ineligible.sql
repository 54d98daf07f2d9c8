-- title: 上岗人员非脱贫监测人口，或为村干部本人及同户成员
-- code: EMP05
-- clause: 一(七)1
-- basis: 统筹岗位资源，严格选聘管理
-- team: 就业帮扶专班
-- severity: 高
-- subject: persons
-- population: select count(*) from people_on_post k join person_villages p on p.身份证号 = k.身份证号 where in_village(p.村代码)
-- may_be_empty: officials
-- cautions: 只查现在在岗的；风险已消除的监测户不算不符合；分户、婚嫁以后户籍还在一起的；村干部离任没有登记任职止的；本县文件允许安置其他低收入人口、允许村干部家属上岗的；联络组、驻村、村医不算村干部；不在册的人查不出来。村干部家属不得上岗取自外地文件，以本县规定为准。
-- remedy: 查选聘审批和公示，不符合条件的清退，岗位另聘符合条件的人，登记附件1。
with 在册 as (
  select
    p.身份证号,
    p.户编号
  from persons p
  where coalesce(p.户籍状态, '在籍') not in ('已迁出', '已注销')
),
户别 as (
  select
    z.身份证号,
    max(case when h.户类型 = '脱贫户' or h.监测对象类别 is not null then 1 else 0 end) as 符合
  from 在册 z
  join households h on h.户编号 = z.户编号
  group by z.身份证号
),
村干部 as (
  select
    z.户编号,
    c.身份证号,
    min(c.姓名 || coalesce('（' || c.职务 || '）', '')) as 干部
  from officials c
  join 在册 z on z.身份证号 = c.身份证号
  where c.角色 = '村干部'
    and (c.任职起 is null or c.任职起 <= :截止日期)
    and (c.任职止 is null or c.任职止 >= :截止日期)
  group by z.户编号, c.身份证号
),
同户 as (
  select
    z.身份证号,
    min(c.干部) as 干部,
    max(case when c.身份证号 = z.身份证号 then 1 else 0 end) as 本人
  from 在册 z
  join 村干部 c on c.户编号 = z.户编号
  group by z.身份证号
)
select
  o.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '村名不详') || coalesce(o.姓名, '姓名未填') || '在公益岗位' || o.岗位编号 || '（' || o.上岗日期 || '上岗）'
    || case when x.符合 = 0 then '，不是脱贫户、监测户的人' else '' end
    || case when t.本人 = 1 then '，本人是村干部' when t.本人 = 0 then '，与村干部' || t.干部 || '同户' else '' end as 问题,
  o.姓名,
  p.户编号,
  o.岗位编号,
  o.上岗日期,
  t.干部
from people_on_post o
join person_villages p on p.身份证号 = o.身份证号
left join 户别 x on x.身份证号 = o.身份证号
left join 同户 t on t.身份证号 = o.身份证号
where x.符合 = 0
  or t.身份证号 is not null
order by p.村代码, 对象
