-- title: 秋季学年Y：(Y-15)-09-01至(Y-6)-08-31出生，或满15周岁初中未毕业，未在校且无批准（县外就读计入在校）
-- code: EDU01
-- clause: 一(一)1
-- basis: 对疑似失学辍学学生进行核查分类、精准排查
-- team: 控辍保学专班
-- severity: 高
-- subject: persons
-- population: select count(*) from school_age a cross join registered_term k where in_village(a.村代码)
-- may_be_empty: person_events, disability_certificates
-- cautions: 在县外就读、学生台账没有登记的会误报，核实后补登，就读地填县外或省外；持有效残疾人证的由“适龄残疾儿童未落实随班就读、特校或送教上门”查；休学、延缓入学没有批准文号或批准已经到期的列出；满15周岁初中未毕业按人员台账的文化程度（小学及以下）判断，18周岁以上的不查；已经劝返复学但就读方式没有更新的；本学期的学生台账还没有登记的，结果是无数据。
-- remedy: 入户核实在哪里就读，查全国学籍；确属失学辍学的登记控辍保学劝返台账并劝返，登记附件1。
with 应查 as (
  select
    a.身份证号,
    a.姓名,
    a.出生日期,
    a.户编号,
    a.村代码,
    a.村名,
    '义务教育适龄' as 情形
  from school_age a
  union all
  select
    r.身份证号,
    r.姓名,
    r.出生日期,
    r.户编号,
    r.村代码,
    r.村名,
    '满15周岁初中没有毕业' as 情形
  from residents r
  cross join school_term t
  where r.出生日期 < cast(t.学年 - 15 as text) || '-09-01'
    and r.出生日期 >= cast(t.学年 - 18 as text) || '-09-01'
    and exists (
      select 1
      from persons p
      where p.身份证号 = r.身份证号
        and p.文化程度 in ('文盲或半文盲', '小学')
    )
),
登记 as (
  select
    s.身份证号,
    min(s.就读方式) as 就读方式,
    min(s.不在校原因) as 不在校原因
  from students s
  join school_term t on t.学期 = s.学期
  group by s.身份证号
)
select
  a.身份证号 as 对象,
  a.村代码,
  coalesce(a.村名, '村名不详') || coalesce(a.姓名, '姓名未填') || '（户编号' || coalesce(a.户编号, '未填') || '，'
    || a.出生日期 || '出生）' || a.情形 || '，' || k.学期
    || case
      when g.就读方式 is null then '学生台账里没有登记'
      else '登记为' || g.就读方式 || coalesce('（' || g.不在校原因 || '）', '') || '，没有有效的批准'
    end as 问题,
  a.姓名,
  a.户编号,
  a.出生日期,
  a.情形,
  k.学期,
  g.就读方式,
  g.不在校原因
from 应查 a
cross join registered_term k
left join 登记 g on g.身份证号 = a.身份证号
where not exists (
    select 1
    from enrolled_students e
    where e.身份证号 = a.身份证号
  )
  and not exists (
    select 1
    from excused_students x
    where x.身份证号 = a.身份证号
  )
  and not exists (
    select 1
    from graduates d
    where d.身份证号 = a.身份证号
  )
  and not exists (
    select 1
    from valid_certificates c
    where c.身份证号 = a.身份证号
  )
order by a.村代码, 对象
