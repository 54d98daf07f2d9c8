-- title: 在岗期间外出务工、在校或已死亡
-- code: EMP04
-- clause: 一(七)1
-- basis: 杜绝岗位虚设、人岗不适、一人多岗、变相发钱等问题
-- team: 就业帮扶专班
-- severity: 高
-- subject: persons
-- population: select count(*) from (select distinct h.身份证号 from post_holders h) o left join person_villages p on p.身份证号 = o.身份证号 where in_village(p.村代码)
-- may_be_empty: persons, households, person_events, employment_months
-- cautions: 上岗、离岗当月外出的和死亡当月的不算；离岗没有登记离岗日期的；请假外出、由家人顶岗的；务工地区填错、在县内务工的不算；在校只看人员台账现在的在校生状况。
-- remedy: 查考勤和发放，核实是不是本人在岗；冒名顶替、吃空饷的清退并追回，登记附件1。
with 上岗 as (
  select
    h.身份证号,
    min(h.姓名) as 姓名,
    min(h.岗位编号) as 岗位编号,
    min(h.上岗日期) as 上岗日期,
    max(coalesce(h.离岗日期, :截止日期)) as 到
  from post_holders h
  where h.上岗日期 <= :截止日期
  group by h.身份证号
),
外出 as (
  select
    h.身份证号,
    count(distinct m.月份) as 月数,
    min(m.月份) as 首月
  from post_holders h
  join employment_months m on m.身份证号 = h.身份证号
  where m.是否务工 = '是'
    and m.务工地区 in ('省外', '省内市外', '市内县外')
    and m.月份 > month_of(h.上岗日期)
    and m.月份 <= month_of(:截止日期)
    and (h.离岗日期 is null or m.月份 < month_of(h.离岗日期))
  group by h.身份证号
),
在校 as (
  select
    p.身份证号,
    min(p.在校生状况) as 在校生状况
  from persons p
  join on_post o on o.身份证号 = p.身份证号
  group by p.身份证号
)
select
  h.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(h.姓名, '姓名未填') || '在公益岗位' || h.岗位编号 || '（' || h.上岗日期
    || '上岗）期间'
    || case when w.身份证号 is not null then '，从' || w.首月 || '起有' || w.月数 || '个月登记在县外务工' else '' end
    || case when s.在校生状况 is not null then '，登记为在校生（' || s.在校生状况 || '）' else '' end
    || case when d.身份证号 is not null then '，' || d.死亡日期 || '死亡，到' || h.到 || '还在岗' else '' end as 问题,
  h.姓名,
  p.户编号,
  h.岗位编号,
  h.上岗日期,
  w.月数 as 县外务工月数,
  s.在校生状况,
  d.死亡日期
from 上岗 h
left join person_villages p on p.身份证号 = h.身份证号
left join 外出 w on w.身份证号 = h.身份证号
left join 在校 s on s.身份证号 = h.身份证号
left join deaths d
  on d.身份证号 = h.身份证号
  and month_of(d.死亡日期) < month_of(h.到)
where w.身份证号 is not null
  or s.在校生状况 is not null
  or d.身份证号 is not null
order by p.村代码, 对象
