-- title: 有培训意愿未安排
-- code: EMP11
-- clause: 一(七)3
-- basis: 根据有就业意愿的脱贫劳动力培训需求清单，及时组织职业技能培训
-- team: 就业帮扶专班
-- severity: 中
-- subject: persons
-- population: select count(*) from (select distinct n.身份证号 from training_needs n) k left join person_villages p on p.身份证号 = k.身份证号 where in_village(p.村代码)
-- may_be_empty: trainings, persons, households, person_events
-- cautions: 登记了又外出务工、本人放弃，没有写未安排原因的；参加了县外培训没有录入台账的；登记以后参加过任何一期培训就算安排；死亡、迁出的不查。登记多少天内应当安排是本镇约定，不是文件规定。
-- remedy: 联系本人，安排近期班次或说明原因，登记附件1。
with 未安排 as (
  select
    n.身份证号,
    min(n.姓名) as 姓名,
    min(n.登记日期) as 登记日期,
    min(n.工种) as 工种
  from training_needs n
  where n.安排班次 is null
    and n.未安排原因 is null
    and days_between(n.登记日期, :截止日期) > :培训安排天数
    and not exists (
      select 1
      from trainings t
      where t.身份证号 = n.身份证号
        and t.开班日期 >= n.登记日期
        and t.开班日期 <= :截止日期
    )
  group by n.身份证号
)
select
  u.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(u.姓名, '姓名未填') || u.登记日期 || '登记了培训意愿'
    || coalesce('（' || u.工种 || '）', '') || '，到' || :截止日期 || '已' || days_between(u.登记日期, :截止日期)
    || '天没有安排培训，也没有写原因' as 问题,
  u.姓名,
  p.户编号,
  u.登记日期,
  u.工种
from 未安排 u
left join person_villages p on p.身份证号 = u.身份证号
left join deaths d on d.身份证号 = u.身份证号
left join departures o on o.身份证号 = u.身份证号
where d.身份证号 is null
  and o.身份证号 is null
order by p.村代码, 对象
