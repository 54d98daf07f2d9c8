-- title: 帮扶责任人不是明确的1名
-- code: MON06
-- clause: 一(三)2
-- basis: 明确1名帮扶责任人
-- team: 防返贫监测专班
-- severity: 中
-- subject: monitoring_cases
-- population: select count(*) from open_monitoring_cases c join monitoring_places p on p.监测编号 = c.监测编号 where in_village(p.村代码)
-- cautions: 只查没有消除风险的；刚审定、还在制定帮扶计划期限内的不查；几个人的按标点和空格判断，姓名中间有空格、姓名后面用标点写了单位或电话的会误报；责任人已经调走没有更换的查不出来。
-- remedy: 明确1名帮扶责任人，其余的写作帮扶成员，更新系统和台账，登记附件1。
with 几个人 as (
  select
    c.监测编号,
    min(w.标志) as 标志
  from monitoring_cases c
  join name_marks w on instr(trim(c.帮扶责任人), w.标志) > 0
  group by c.监测编号
)
select
  c.监测编号 as 对象,
  p.村代码,
  p.称呼 || '在' || c.审定日期 || '审定纳入监测，到' || :截止日期 || '已' || cast(days_between(c.审定日期, :截止日期) as text) || '天，'
    || case
      when f.监测编号 is null then '没有明确帮扶责任人'
      else '帮扶责任人一栏写的是“' || c.帮扶责任人 || '”，不是明确的1名'
    end as 问题,
  c.户编号,
  c.监测对象类别,
  c.审定日期,
  c.帮扶责任人
from monitoring_cases c
join open_monitoring_cases o on o.监测编号 = c.监测编号
join monitoring_places p on p.监测编号 = c.监测编号
left join 几个人 f on f.监测编号 = c.监测编号
where days_between(c.审定日期, :截止日期) > :帮扶计划天数
  and (trim(coalesce(c.帮扶责任人, '')) = '' or f.监测编号 is not null)
order by p.村代码, 对象
