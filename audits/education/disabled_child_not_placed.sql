-- title: 适龄残疾儿童未落实随班就读、特校或送教上门
-- code: EDU03
-- clause: 一(一)1
-- basis: 残疾儿童教育保障措施政策落实不够到位
-- team: 控辍保学专班
-- severity: 高
-- subject: persons
-- population: select count(*) from school_age a join valid_certificates c on c.身份证号 = a.身份证号 cross join registered_term k where in_village(a.村代码)
-- may_be_empty: person_events
-- cautions: 残疾儿童可以延缓到7周岁入学，当年8月31日不满7周岁的不查；在普通班就读、登记为在读的按已安置看待；经批准休学、延缓入学的不查；在县外特校就读没有登记的会误报；义务教育已经毕业的不查；本学期的学生台账还没有登记的，结果是无数据。
-- remedy: 会同残联、学校评估，一人一案落实随班就读、特校或送教上门，登记学籍和附件1。
with 登记 as (
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
    || a.出生日期 || '出生，' || coalesce(c.残疾类别, '') || coalesce(c.残疾等级, '') || '残疾）' || k.学期
    || case
      when g.就读方式 is null then '学生台账里没有登记'
      else '登记为' || g.就读方式 || coalesce('（' || g.不在校原因 || '）', '')
    end
    || '，没有落实随班就读、特校或送教上门' as 问题,
  a.姓名,
  a.户编号,
  a.出生日期,
  c.残疾人证号,
  c.残疾类别,
  c.残疾等级,
  k.学期,
  g.就读方式,
  g.不在校原因
from school_age a
join valid_certificates c on c.身份证号 = a.身份证号
cross join registered_term k
left join 登记 g on g.身份证号 = a.身份证号
where a.出生日期 <= cast(a.学年 - 7 as text) || '-08-31'
  and not exists (
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
order by a.村代码, 对象
