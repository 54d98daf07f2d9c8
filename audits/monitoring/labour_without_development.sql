-- title: 有劳动能力的监测户无开发式帮扶措施
-- code: MON08
-- clause: 一(三)2
-- basis: 帮扶措施落实不到位
-- team: 防返贫监测专班
-- severity: 中
-- subject: monitoring_cases
-- population: select count(*) from open_monitoring_cases c join monitoring_places p on p.监测编号 = c.监测编号 where in_village(p.村代码)
-- may_be_empty: person_events
-- cautions: 开发式帮扶指产业、就业、金融、公益岗位四组；有没有劳动能力看共同生活的在册成员有没有普通劳动力或技能劳动力，在校生、照料病人的没有条件务工的会误报；审定未满落实期限的不查。
-- remedy: 因户因人落实产业、就业、金融或公益岗位帮扶，确实不具备条件的写明原因，登记附件1。
with 劳动力 as (
  select
    p.户编号,
    count(*) as 劳动力人数
  from persons p
  join residents r on r.身份证号 = p.身份证号 and r.户编号 = p.户编号
  where p.劳动技能 in ('普通劳动力', '技能劳动力')
    and p.在校生状况 is null
    and coalesce(p.共同生活, '是') = '是'
  group by p.户编号
)
select
  o.监测编号 as 对象,
  p.村代码,
  p.称呼 || '有劳动力' || cast(l.劳动力人数 as text) || '人，在' || o.审定日期 || '审定纳入监测，到' || :截止日期 || '已'
    || cast(days_between(o.审定日期, :截止日期) as text) || '天，没有产业、就业、金融、公益岗位等开发式帮扶措施' as 问题,
  o.户编号,
  o.审定日期,
  l.劳动力人数
from open_monitoring_cases o
join 劳动力 l on l.户编号 = o.户编号
join monitoring_places p on p.监测编号 = o.监测编号
where days_between(o.审定日期, :截止日期) > :帮扶措施落实天数
  and not exists (
    select 1
    from monitoring_measures m
    where m.监测编号 = o.监测编号
      and m.措施组 in ('产业帮扶', '就业帮扶', '金融帮扶', '公益岗位帮扶')
      and coalesce(m.申报日期, m.落实日期, :截止日期) <= :截止日期
  )
order by p.村代码, 对象
