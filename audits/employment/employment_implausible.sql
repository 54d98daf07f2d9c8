-- title: 务工收入、时间、年龄明显失真
-- code: EMP13
-- clause: 一(七)4
-- basis: 严禁弄虚作假、数据失真失实
-- team: 就业帮扶专班
-- severity: 中
-- subject: persons
-- population: select count(*) from (select distinct m.身份证号 from employment_months m where m.月份 <= month_of(:截止日期)) k left join person_villages p on p.身份证号 = k.身份证号 where in_village(p.村代码)
-- may_be_empty: persons, households
-- cautions: 短期零工、季节性务工收入确实很低的；包工头、跑运输收入确实很高的；劳动技能、在校生状况没有更新的；勤工俭学的。收入上下限取自全国系统数据核查规则的第三方整理，不是文件规定。
-- remedy: 逐人电话或入户核实务工地点、时间、收入，改正台账和系统，登记附件1。
with 收入 as (
  select
    m.身份证号,
    min(m.姓名) as 姓名,
    min(m.月份) as 首月,
    count(distinct m.月份) as 月数,
    min(m.月收入) as 最低,
    max(m.月收入) as 最高
  from employment_months m
  where m.是否务工 = '是'
    and m.月份 <= month_of(:截止日期)
  group by m.身份证号
),
本人 as (
  select
    p.身份证号,
    max(p.出生日期) as 出生日期,
    min(p.劳动技能) as 劳动技能,
    min(case when p.劳动技能 in ('丧失劳动力', '无劳动力') then 1 else 0 end) as 无劳力,
    min(p.在校生状况) as 在校生状况
  from persons p
  group by p.身份证号
),
判断 as (
  select
    r.身份证号,
    case when r.最低 < :务工月收入下限 then 1 else 0 end as 低,
    case when r.最高 > :务工月收入上限 then 1 else 0 end as 高,
    case when age_on(x.出生日期, r.首月 || '-01') < :务工最小年龄 then 1 else 0 end as 小,
    case when x.无劳力 = 1 and x.在校生状况 is null then 1 else 0 end as 弱,
    case when x.在校生状况 is not null then 1 else 0 end as 学
  from 收入 r
  left join 本人 x on x.身份证号 = r.身份证号
)
select
  r.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(r.姓名, '姓名未填') || '登记务工' || r.月数 || '个月（从' || r.首月 || '起）'
    || case when d.低 = 1 then '，最低月收入' || money(r.最低) || '元，低于' || plain(:务工月收入下限) || '元' else '' end
    || case when d.高 = 1 then '，最高月收入' || money(r.最高) || '元，高于' || plain(:务工月收入上限) || '元' else '' end
    || case when d.小 = 1 then '，务工时不满' || plain(:务工最小年龄) || '周岁' else '' end
    || case when d.弱 = 1 then '，劳动技能登记为' || x.劳动技能 else '' end
    || case when d.学 = 1 then '，登记为在校生（' || x.在校生状况 || '）' else '' end as 问题,
  r.姓名,
  p.户编号,
  r.月数,
  r.首月,
  r.最低 as 最低月收入,
  r.最高 as 最高月收入,
  x.出生日期,
  x.劳动技能,
  x.在校生状况
from 收入 r
join 判断 d on d.身份证号 = r.身份证号
left join 本人 x on x.身份证号 = r.身份证号
left join person_villages p on p.身份证号 = r.身份证号
where d.低 + d.高 + d.小 + d.弱 + d.学 > 0
order by p.村代码, 对象
