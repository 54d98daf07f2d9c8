-- title: 脱贫户监测户中高职学生未享受雨露计划
-- code: EDU08
-- clause: 一(一)1
-- basis: 落实各阶段学生资助政策，确保家庭经济困难学生资助全覆盖
-- team: 控辍保学专班
-- severity: 高
-- subject: persons
-- population: select count(*) from enrolled_students e join person_villages p on p.身份证号 = e.身份证号 join supported_households u on u.户编号 = p.户编号 where e.学段 in ('中职', '高职高专', '技师学院') and in_village(p.村代码)
-- may_be_empty: person_events, student_aid
-- cautions: 学籍正在省里比对、还没有审核的；风险已经消除的监测户不享受；按学年一次发放、登记在上一学期的会误报；开学多少天内应当发放是本镇约定；登记死亡的不查；本人放弃的。
-- remedy: 核对学籍，帮助申报雨露计划，从本学期起补发，登记附件1。
select
  e.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '村名不详') || coalesce(e.姓名, '姓名未填') || '（户编号' || p.户编号 || '，' || u.类别 || '）' || e.学期 || '在'
    || coalesce(e.学校, '学校未填') || '（' || e.学段 || '）就读，没有本学期的雨露计划补助，到' || :截止日期 || '开学已'
    || cast(days_between(e.学期起, :截止日期) as text) || '天' as 问题,
  e.姓名,
  p.户编号,
  u.类别,
  e.学期,
  e.学校,
  e.学段,
  e.年级
from enrolled_students e
join person_villages p on p.身份证号 = e.身份证号
join supported_households u on u.户编号 = p.户编号
where e.学段 in ('中职', '高职高专', '技师学院')
  and not exists (
    select 1
    from deaths x
    where x.身份证号 = e.身份证号
  )
  and days_between(e.学期起, :截止日期) > :学生资助发放天数
  and not exists (
    select 1
    from student_aid a
    where a.身份证号 = e.身份证号
      and a.学期 = e.学期
      and a.资助项目 = '雨露计划'
      and coalesce(a.资助状态, '已发放') in ('已发放', '待发放')
  )
order by p.村代码, 对象
