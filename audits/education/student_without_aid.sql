-- title: 家庭经济困难学生本学期应助未助
-- code: EDU06
-- clause: 一(一)1
-- basis: 落实各阶段学生资助政策，确保家庭经济困难学生资助全覆盖
-- team: 控辍保学专班
-- severity: 高
-- subject: persons
-- population: select count(*) from enrolled_students e left join person_villages p on p.身份证号 = e.身份证号 where e.学段 in ('学前', '小学', '初中', '普通高中', '中职', '特殊教育') and in_village(p.村代码)
-- may_be_empty: person_events, student_aid, welfare_cases, disability_certificates
-- cautions: 困难学生指脱贫户、没有消除风险的监测户、低保特困孤儿等救助对象和持证残疾学生，别的困难家庭查不出来；在县外就读、由就读地资助没有登记的会误报；低保按本人在享看，单人保家庭的其他成员不算；高校学生由本人申请，不查；开学多少天内应当发放是本镇约定；登记死亡的不查；本人放弃资助的。
-- remedy: 与学校、学生资助中心核对，符合条件的从本学期起补发，登记附件1。
with 困难 as (
  select
    r.身份证号,
    u.类别
  from person_villages r
  join supported_households u on u.户编号 = r.户编号
  union all
  select
    w.身份证号,
    w.救助类别
  from active_welfare w
  where w.救助类别 in ('低保', '特困', '孤儿', '事实无人抚养')
  union all
  select
    c.身份证号,
    '残疾学生'
  from valid_certificates c
),
困难学生 as (
  select
    d.身份证号,
    min(d.类别) as 类别
  from 困难 d
  group by d.身份证号
)
select
  e.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册学生') || coalesce(e.姓名, '姓名未填') || coalesce('（户编号' || p.户编号 || '）', '') || '属于' || d.类别
    || '，' || e.学期 || '在' || coalesce(e.学校, '学校未填') || '（' || e.学段 || '）就读，没有本学期的学生资助，到'
    || :截止日期 || '开学已' || cast(days_between(e.学期起, :截止日期) as text) || '天' as 问题,
  e.姓名,
  p.户编号,
  d.类别,
  e.学期,
  e.学校,
  e.学段,
  e.年级,
  e.是否寄宿
from enrolled_students e
join 困难学生 d on d.身份证号 = e.身份证号
left join person_villages p on p.身份证号 = e.身份证号
where e.学段 in ('学前', '小学', '初中', '普通高中', '中职', '特殊教育')
  and not exists (
    select 1
    from deaths x
    where x.身份证号 = e.身份证号
  )
  and days_between(e.学期起, :截止日期) > :学生资助发放天数
  and not exists (
    select 1
    from student_aid a
    join aid_stages m on m.资助项目 = a.资助项目
    where a.身份证号 = e.身份证号
      and a.学期 = e.学期
      and a.资助项目 <> '雨露计划'
      and coalesce(a.资助状态, '已发放') in ('已发放', '待发放')
  )
order by p.村代码, 对象
