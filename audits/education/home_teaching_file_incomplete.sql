-- title: 送教上门学生无学籍或记录无监护人签字
-- code: EDU05
-- clause: 一(一)1
-- basis: 送教上门政策落实不够到位，台账不够规范
-- team: 控辍保学专班
-- severity: 中
-- subject: persons
-- population: select count(*) from enrolled_students e left join person_villages p on p.身份证号 = e.身份证号 where e.就读方式 = '送教上门' and in_village(p.村代码)
-- may_be_empty: home_teaching, persons, households
-- cautions: 只看本学期到截止日期的送教记录；签字一栏空白的按没有签字看待，纸质记录已经签字的补登即可；正在办理学籍的。
-- remedy: 补办学籍，由监护人补签送教记录，一人一案建档，登记附件1。
with 未签 as (
  select
    h.身份证号,
    count(*) as 未签次数,
    min(h.日期) as 首次
  from home_teaching h
  join school_term t on h.日期 >= t.学期起
  where h.日期 <= :截止日期
    and coalesce(h.监护人签字, '否') <> '是'
  group by h.身份证号
)
select
  e.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册学生') || coalesce(e.姓名, '姓名未填') || '（' || coalesce(e.学校, '学校未填') || '）' || e.学期 || '送教上门'
    || case when e.学籍号 is null then '，没有学籍号' else '' end
    || case
      when n.身份证号 is not null then '，从' || n.首次 || '起有' || cast(n.未签次数 as text) || '次送教记录没有监护人签字'
      else ''
    end as 问题,
  e.姓名,
  e.学校,
  p.户编号,
  e.学籍号,
  n.未签次数,
  n.首次 as 首次未签日期
from enrolled_students e
left join 未签 n on n.身份证号 = e.身份证号
left join person_villages p on p.身份证号 = e.身份证号
where e.就读方式 = '送教上门'
  and (e.学籍号 is null or n.身份证号 is not null)
order by p.村代码, 对象
