-- title: 不在校或不符合条件仍享受资助
-- code: EDU07
-- clause: 一(一)1
-- basis: 教育资助政策落实不够精准
-- team: 控辍保学专班
-- severity: 高
-- subject: persons
-- population: select count(*) from (select distinct a.身份证号 from student_aid a join registered_term t on t.学期 = a.学期) r left join person_villages p on p.身份证号 = r.身份证号 where in_village(p.村代码)
-- may_be_empty: persons
-- cautions: 只查本学期、按学段发放的项目，助学贷款、营养改善计划和一次性资助不查；在县外就读、学生台账没有登记的会误报；学期中间休学、转学的，休学以前发放的合法；雨露计划看户台账现在是不是脱贫户或没有消除风险的监测户；学段、是否寄宿空白的不比对。
-- remedy: 核实就读和家庭情况，不符合条件的停发并追回，登记附件1。
with 资助 as (
  select
    a.身份证号,
    a.姓名 as 登记姓名,
    a.学期,
    a.资助项目,
    a.金额,
    e.身份证号 as 在校,
    e.学段,
    e.是否寄宿
  from student_aid a
  join registered_term t on t.学期 = a.学期
  left join enrolled_students e on e.身份证号 = a.身份证号
  where a.资助项目 in (select m.资助项目 from aid_stages m)
    and coalesce(a.资助状态, '已发放') in ('已发放', '待发放')
    and (a.发放日期 is null or a.发放日期 <= :截止日期)
),
不符 as (
  select
    z.身份证号,
    z.登记姓名,
    z.学期,
    z.资助项目,
    z.金额,
    '没有本学期在校登记' as 原因
  from 资助 z
  where z.在校 is null
  union all
  select
    z.身份证号,
    z.登记姓名,
    z.学期,
    z.资助项目,
    z.金额,
    '在' || z.学段 || '就读' as 原因
  from 资助 z
  where z.学段 is not null
    and not exists (
      select 1
      from aid_stages m
      where m.资助项目 = z.资助项目
        and m.学段 = z.学段
    )
  union all
  select
    z.身份证号,
    z.登记姓名,
    z.学期,
    z.资助项目,
    z.金额,
    case z.是否寄宿 when '是' then '是寄宿生' else '不是寄宿生' end as 原因
  from 资助 z
  where (z.资助项目 = '寄宿生生活补助' and z.是否寄宿 = '否')
    or (z.资助项目 = '非寄宿生生活补助' and z.是否寄宿 = '是')
  union all
  select
    z.身份证号,
    z.登记姓名,
    z.学期,
    z.资助项目,
    z.金额,
    '不是脱贫户或没有消除风险的监测户' as 原因
  from 资助 z
  left join person_villages p on p.身份证号 = z.身份证号
  left join supported_households u on u.户编号 = p.户编号
  where z.资助项目 = '雨露计划'
    and u.户编号 is null
),
合计 as (
  select
    n.身份证号,
    min(n.登记姓名) as 姓名,
    min(n.学期) as 学期,
    min(n.资助项目) as 资助项目,
    count(distinct n.资助项目) as 项目数,
    min(n.原因) as 原因
  from 不符 n
  group by n.身份证号
)
select
  h.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册学生') || coalesce(h.姓名, '姓名未填') || coalesce('（户编号' || p.户编号 || '）', '') || h.学期 || '享受'
    || h.资助项目 || case when h.项目数 > 1 then '等' || cast(h.项目数 as text) || '项' else '' end || '，但' || h.原因 as 问题,
  h.姓名,
  p.户编号,
  h.学期,
  h.资助项目,
  h.项目数,
  h.原因
from 合计 h
left join person_villages p on p.身份证号 = h.身份证号
order by p.村代码, 对象
