-- title: 识别后30天内未落实针对性措施
-- code: MON05
-- clause: 一(三)2
-- basis: 30天内落实针对性帮扶措施
-- team: 防返贫监测专班
-- severity: 高
-- subject: monitoring_cases
-- population: select count(*) from monitoring_cases c join monitoring_places p on p.监测编号 = c.监测编号 where c.审定日期 <= :截止日期 and in_village(p.村代码)
-- cautions: 从审定日期起算，看最早落实的一项措施，第30天当天落实不算超期；识别以前就在享受的措施算已经落实；措施已经落实、没有填落实日期的会误报；审定后不久就自然消除的。
-- remedy: 逐户核实措施是否到户，没有落实的立即落实，已经落实的补填落实日期和佐证，登记附件1。
with 最早落实 as (
  select
    m.监测编号,
    min(case when m.落实日期 <= :截止日期 then m.落实日期 end) as 落实日期,
    count(*) as 申报项数
  from monitoring_measures m
  group by m.监测编号
)
select
  c.监测编号 as 对象,
  p.村代码,
  p.称呼 || '在' || c.审定日期 || '审定纳入监测，应在' || add_days(c.审定日期, :帮扶措施落实天数) || '前落实针对性帮扶措施，'
    || case
      when f.监测编号 is null then '到' || :截止日期 || '没有登记任何帮扶措施'
      when f.落实日期 is null then '登记了' || cast(f.申报项数 as text) || '项措施，到' || :截止日期 || '没有一项落实'
      else '最早一项到' || f.落实日期 || '才落实，用了' || cast(days_between(c.审定日期, f.落实日期) as text) || '天'
    end as 问题,
  c.户编号,
  c.监测对象类别,
  c.审定日期,
  f.落实日期,
  f.申报项数,
  c.帮扶责任人,
  c.消除日期
from monitoring_cases c
join monitoring_places p on p.监测编号 = c.监测编号
left join 最早落实 f on f.监测编号 = c.监测编号
where days_between(c.审定日期, coalesce(f.落实日期, :截止日期)) > :帮扶措施落实天数
order by p.村代码, 对象
