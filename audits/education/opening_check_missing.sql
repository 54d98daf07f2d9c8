-- title: 春秋开学未做学生比对
-- code: EDU11
-- clause: 一(一)1
-- basis: 紧紧抓住招生入学、春秋两季开学关键节点，集中开展控辍保学专项行动，做好学生信息数据比对
-- team: 控辍保学专班
-- severity: 中
-- subject: villages
-- population: select count(*) from villages v where in_village(v.村代码) and exists (select 1 from school_age a where a.村代码 = v.村代码)
-- may_be_empty: screenings, person_events
-- cautions: 开学前后多少天内完成比对是本镇约定，文件没有写；春季按3月1日、秋季按9月1日开学算；没有适龄儿童的村不查；做了比对但没有登记排查记录的，补登即可；比对期限还没有过的不查。
-- remedy: 立即用学籍、户籍信息比对适龄儿童，补登排查记录，发现疑似失学辍学的登记劝返台账，登记附件1。
with 学季(季, 月日) as (
  values
    ('春季', '-03-01'),
    ('秋季', '-09-01')
),
开学 as (
  select
    cast(year_of(:截止日期) as text) || '年' || s.季 as 学期,
    cast(year_of(:截止日期) as text) || s.月日 as 开学日期
  from 学季 s
),
到期 as (
  select
    k.学期,
    k.开学日期
  from 开学 k
  where days_between(k.开学日期, :截止日期) > :开学比对天数
),
已比对 as (
  select distinct
    h.村代码,
    k.学期
  from screenings c
  join households h on h.户编号 = c.户编号
  join 到期 k on days_between(k.开学日期, c.日期) between 0 - :开学比对天数 and :开学比对天数
  where c.排查类型 = '控辍保学'
),
适龄 as (
  select
    a.村代码,
    count(distinct a.身份证号) as 适龄人数
  from school_age a
  group by a.村代码
),
未比对 as (
  select
    a.村代码,
    min(a.适龄人数) as 适龄人数,
    min(k.学期) as 首学期,
    max(k.学期) as 末学期
  from 适龄 a
  cross join 到期 k
  left join 已比对 c on c.村代码 = a.村代码 and c.学期 = k.学期
  where c.学期 is null
  group by a.村代码
)
select
  v.村代码 as 对象,
  v.村代码,
  coalesce(v.村名, '村名不详') || '有义务教育适龄儿童' || cast(n.适龄人数 as text) || '人，' || n.首学期
    || case when n.末学期 > n.首学期 then '、' || n.末学期 else '' end
    || '开学前后' || plain(:开学比对天数) || '天内没有控辍保学排查记录' as 问题,
  n.适龄人数,
  n.首学期,
  n.末学期
from 未比对 n
join villages v on v.村代码 = n.村代码
order by v.村代码, 对象
