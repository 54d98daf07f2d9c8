-- title: 人岗不相适（年龄、劳动能力）
-- code: EMP02
-- clause: 一(七)1
-- basis: 存在乡村公益性岗位虚设、人岗不相适等情况
-- team: 就业帮扶专班
-- severity: 中
-- subject: persons
-- population: select count(*) from people_on_post k left join person_villages p on p.身份证号 = k.身份证号 where in_village(p.村代码)
-- cautions: 县里对弱劳力、半劳力岗位放宽年龄的；人员台账劳动技能没有更新的；登记在两户、劳动技能不一致的，都是无劳动能力才列；不在册的人查不出来。年龄下限是法定就业年龄，上限以县里规定为准，示范值是本镇约定。
-- remedy: 上门核实年龄和劳动能力，不适合的调整岗位或退出，符合条件的转兜底保障，登记附件1。
with 劳动力 as (
  select
    p.身份证号,
    min(p.出生日期) as 出生日期,
    min(p.劳动技能) as 劳动技能,
    min(case when p.劳动技能 in ('丧失劳动力', '无劳动力') then 1 else 0 end) as 无劳力
  from persons p
  group by p.身份证号
)
select
  o.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '村名不详') || coalesce(o.姓名, '姓名未填') || '在公益岗位' || o.岗位编号 || '（' || o.上岗日期 || '上岗）'
    || case
      when age_on(x.出生日期, o.上岗日期) < :公益岗最小年龄
        then '，上岗时只有' || age_on(x.出生日期, o.上岗日期) || '周岁'
      else ''
    end
    || case
      when age_on(x.出生日期, :截止日期) > :公益岗最大年龄
        then '，已' || age_on(x.出生日期, :截止日期) || '周岁，超过' || plain(:公益岗最大年龄) || '周岁'
      else ''
    end
    || case when x.无劳力 = 1 then '，登记为' || x.劳动技能 else '' end as 问题,
  o.姓名,
  p.户编号,
  o.岗位编号,
  o.上岗日期,
  x.出生日期,
  x.劳动技能
from people_on_post o
join 劳动力 x on x.身份证号 = o.身份证号
join person_villages p on p.身份证号 = o.身份证号
where age_on(x.出生日期, o.上岗日期) < :公益岗最小年龄
  or age_on(x.出生日期, :截止日期) > :公益岗最大年龄
  or x.无劳力 = 1
order by p.村代码, 对象
