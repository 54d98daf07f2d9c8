-- title: 审定后10天内未制定帮扶计划或未申报措施
-- code: MON04
-- clause: 一(三)2
-- basis: 根据识别监测对象的风险类型10天内完成帮扶计划的制定和帮扶措施申报
-- team: 防返贫监测专班
-- severity: 高
-- subject: monitoring_cases
-- population: select count(*) from monitoring_cases c join monitoring_places p on p.监测编号 = c.监测编号 where c.审定日期 <= :截止日期 and in_village(p.村代码)
-- cautions: 从县级审定日期起算，第10天当天完成不算超期；审定后没有几天就整户死亡或迁出、自然消除的；纸质档案里有计划、台账没有填日期的；以前年度识别的也按现在的天数查。
-- remedy: 查帮扶计划和系统措施申报记录，没有做的立即补做，台账漏填的补填，登记附件1。
with 完成 as (
  select
    c.监测编号,
    case when c.帮扶计划日期 <= :截止日期 then c.帮扶计划日期 end as 帮扶计划日期,
    case when c.措施申报日期 <= :截止日期 then c.措施申报日期 end as 措施申报日期
  from monitoring_cases c
)
select
  c.监测编号 as 对象,
  p.村代码,
  p.称呼 || '在' || c.审定日期 || '审定纳入监测，应在' || add_days(c.审定日期, :帮扶计划天数) || '前完成帮扶计划和措施申报，帮扶计划'
    || case
      when f.帮扶计划日期 is null then '没有制定'
      else '在' || f.帮扶计划日期 || '制定，用了' || cast(days_between(c.审定日期, f.帮扶计划日期) as text) || '天'
    end
    || '，帮扶措施'
    || case
      when f.措施申报日期 is null then '没有申报'
      else '在' || f.措施申报日期 || '申报，用了' || cast(days_between(c.审定日期, f.措施申报日期) as text) || '天'
    end as 问题,
  c.户编号,
  c.监测对象类别,
  c.审定日期,
  c.帮扶计划日期,
  c.措施申报日期,
  c.帮扶责任人,
  c.消除日期
from monitoring_cases c
join 完成 f on f.监测编号 = c.监测编号
join monitoring_places p on p.监测编号 = c.监测编号
where days_between(c.审定日期, coalesce(f.帮扶计划日期, :截止日期)) > :帮扶计划天数
  or days_between(c.审定日期, coalesce(f.措施申报日期, :截止日期)) > :帮扶计划天数
order by p.村代码, 对象
