-- title: 送教上门次数或课时低于标准
-- code: EDU04
-- clause: 一(一)1
-- basis: 送教上门政策落实不够到位，台账不够规范
-- team: 控辍保学专班
-- severity: 高
-- subject: persons
-- population: select count(*) from enrolled_students e left join person_villages p on p.身份证号 = e.身份证号 where e.就读方式 = '送教上门' and in_village(p.村代码)
-- may_be_empty: person_events, home_teaching, persons, households
-- cautions: 只查本学期已经过完的教学月份（秋季9至12月，春季3至6月），寒暑假不查；学期中间才开始送教、住院或外出暂停送教的会误报；登记死亡的不查；课时空白的按没有课时算；每月几次、每次几课时各地不同，按本镇确认的标准。
-- remedy: 核对送教记录，按一人一案补足次数和课时，登记附件1。
with 每月 as (
  select
    e.身份证号,
    m.月份,
    count(h.日期) as 次数,
    sum(coalesce(h.课时, 0)) as 课时数
  from enrolled_students e
  cross join term_months m
  left join home_teaching h
    on h.身份证号 = e.身份证号
    and month_of(h.日期) = m.月份
  where e.就读方式 = '送教上门'
    and not exists (
      select 1
      from deaths d
      where d.身份证号 = e.身份证号
    )
  group by e.身份证号, m.月份
),
不足 as (
  select
    n.身份证号,
    count(*) as 不足月数,
    min(n.月份) as 首月,
    max(n.月份) as 末月,
    sum(n.次数) as 次数,
    sum(n.课时数) as 课时数
  from 每月 n
  where n.次数 < :送教每月次数
    or n.课时数 < :送教每月次数 * :送教每次课时
  group by n.身份证号
)
select
  e.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册学生') || coalesce(e.姓名, '姓名未填') || '（' || coalesce(e.学校, '学校未填') || '）' || n.首月
    || case when n.不足月数 > 1 then '至' || n.末月 || '有' || cast(n.不足月数 as text) || '个月' else '' end
    || '送教上门不足：共' || cast(n.次数 as text) || '次、' || plain(n.课时数) || '课时，每月应当' || plain(:送教每月次数) || '次、'
    || plain(:送教每月次数 * :送教每次课时) || '课时' as 问题,
  e.姓名,
  e.学校,
  p.户编号,
  n.不足月数,
  n.首月,
  n.末月,
  n.次数,
  n.课时数
from 不足 n
join enrolled_students e on e.身份证号 = n.身份证号
left join person_villages p on p.身份证号 = n.身份证号
order by p.村代码, 对象
