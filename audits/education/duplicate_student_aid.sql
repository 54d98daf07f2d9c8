-- title: 同一学期同一资助项目重复享受
-- code: EDU09
-- clause: 一(一)1
-- basis: 教育资助政策落实不够精准
-- team: 控辍保学专班
-- severity: 中
-- subject: persons
-- population: select count(*) from (select distinct a.身份证号 from student_aid a) r left join person_villages p on p.身份证号 = r.身份证号 where in_village(p.村代码)
-- may_be_empty: persons, households
-- cautions: 雨露计划可以和国家助学金同时享受；寄宿生和非寄宿生生活补助不能同时享受，按同一项目查；发放失败、不予资助的不算；按月分次登记的会误报；登记为其他的项目不查；学期中间转学、由两校分别发放各自月份的合法。
-- remedy: 核对发放凭证，重复的停发并追回，登记附件1。
with 归并 as (
  select
    a.身份证号,
    a.姓名,
    a.学期,
    case a.资助项目
      when '寄宿生生活补助' then '寄宿生或非寄宿生生活补助'
      when '非寄宿生生活补助' then '寄宿生或非寄宿生生活补助'
      else a.资助项目
    end as 项目名称,
    a.金额
  from student_aid a
  where coalesce(a.资助状态, '已发放') in ('已发放', '待发放')
    and (a.发放日期 is null or a.发放日期 <= :截止日期)
    and a.资助项目 <> '其他'
),
重复 as (
  select
    g.身份证号,
    g.学期,
    g.项目名称,
    min(g.姓名) as 姓名,
    count(*) as 笔数,
    sum(g.金额) as 合计金额
  from 归并 g
  group by g.身份证号, g.学期, g.项目名称
  having count(*) > 1
),
合计 as (
  select
    c.身份证号,
    min(c.姓名) as 姓名,
    max(c.学期 || c.项目名称) as 项目,
    count(*) as 项数,
    sum(c.笔数) as 笔数,
    sum(c.合计金额) as 合计金额
  from 重复 c
  group by c.身份证号
)
select
  h.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册学生') || coalesce(h.姓名, '姓名未填') || coalesce('（户编号' || p.户编号 || '）', '') || '重复享受' || h.项目
    || case when h.项数 > 1 then '等' || cast(h.项数 as text) || '项' else '' end || '，共' || cast(h.笔数 as text) || '笔'
    || coalesce('、' || money(h.合计金额) || '元', '，金额未填') as 问题,
  h.姓名,
  p.户编号,
  h.项目,
  h.项数,
  h.笔数,
  h.合计金额
from 合计 h
left join person_villages p on p.身份证号 = h.身份证号
order by p.村代码, 对象
