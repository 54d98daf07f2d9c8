-- title: 年级与年龄明显不符
-- code: EDU10
-- clause: 一(一)1
-- basis: 做好学生信息数据比对
-- team: 控辍保学专班
-- severity: 低
-- subject: persons
-- population: select count(*) from enrolled_students e join person_villages p on p.身份证号 = e.身份证号 where in_village(p.村代码)
-- may_be_empty: disability_certificates
-- standards: 学段最小年龄, 学段最大年龄
-- cautions: 年龄按学年开始前8月31日的周岁算，出生日期以人员台账为准；残疾、病休留级或提前入学的会误报；特殊教育不分年级，不查；持有效残疾人证的放宽一岁；学段、出生日期空白的不查。各学段的年龄上下限是数据核查的经验值，不是文件规定。
-- remedy: 核对户口簿和学籍，更正出生日期或学段年级。
with 年龄 as (
  select
    e.身份证号,
    e.姓名,
    e.学期,
    e.学校,
    e.学段,
    e.年级,
    p.户编号,
    p.村代码,
    p.村名,
    p.出生日期,
    age_on(p.出生日期, cast(e.学年 as text) || '-08-31') as 周岁,
    case when c.身份证号 is null then 0 else 1 end as 放宽,
    (
      select min(s.数值)
      from confirmed_standards s
      where s.项目 = '学段最小年龄'
        and s.档次 = e.学段
        and s.生效日期 <= :截止日期
        and (s.失效日期 is null or s.失效日期 >= :截止日期)
    ) as 最小年龄,
    (
      select max(s.数值)
      from confirmed_standards s
      where s.项目 = '学段最大年龄'
        and s.档次 = e.学段
        and s.生效日期 <= :截止日期
        and (s.失效日期 is null or s.失效日期 >= :截止日期)
    ) as 最大年龄
  from enrolled_students e
  join person_villages p on p.身份证号 = e.身份证号
  left join valid_certificates c on c.身份证号 = e.身份证号
)
select
  n.身份证号 as 对象,
  n.村代码,
  coalesce(n.村名, '村名不详') || coalesce(n.姓名, '姓名未填') || '（' || n.出生日期 || '出生）' || n.学期 || '在'
    || coalesce(n.学校, '学校未填') || '（' || n.学段 || coalesce(n.年级, '') || '），学年开始时' || cast(n.周岁 as text) || '周岁，'
    || case when n.周岁 < n.最小年龄 then '小于' || plain(n.最小年龄) else '大于' || plain(n.最大年龄) end || '周岁' as 问题,
  n.姓名,
  n.户编号,
  n.出生日期,
  n.周岁,
  n.学校,
  n.学段,
  n.年级,
  n.最小年龄,
  n.最大年龄
from 年龄 n
where n.周岁 < n.最小年龄
  or n.周岁 - n.放宽 > n.最大年龄
order by n.村代码, 对象
