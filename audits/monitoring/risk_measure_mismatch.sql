-- title: 风险类型与帮扶措施不对应
-- code: MON07
-- clause: 一(三)2
-- basis: 帮扶措施落实不到位
-- team: 防返贫监测专班
-- severity: 中
-- subject: monitoring_cases
-- population: select count(*) from open_monitoring_cases c join monitoring_places p on p.监测编号 = c.监测编号 where in_village(p.村代码)
-- cautions: 只比对因病、因残、因学、因安全住房、因安全饮水五类，对照关系来自国家系统的数据核查，写在视图里；只查没有消除风险、已经过了制定帮扶计划期限的；措施组填错、对应的措施写在别的组里的会误报。
-- remedy: 按风险类型补充针对性措施，措施组填错的更正，登记附件1。
with 不对应 as (
  select
    r.监测编号,
    min(r.风险类型) as 风险类型,
    count(*) as 类数
  from monitoring_risks r
  where r.风险类型 in ('因病', '因残', '因学', '因安全住房', '因安全饮水')
    and not exists (
      select 1
      from monitoring_measures m
      join risk_measures w on w.措施组 = m.措施组
      where m.监测编号 = r.监测编号
        and w.风险类型 = r.风险类型
        and coalesce(m.申报日期, m.落实日期, :截止日期) <= :截止日期
    )
  group by r.监测编号
),
措施 as (
  select
    m.监测编号,
    count(*) as 措施项数
  from monitoring_measures m
  where coalesce(m.申报日期, m.落实日期, :截止日期) <= :截止日期
  group by m.监测编号
)
select
  o.监测编号 as 对象,
  p.村代码,
  p.称呼 || '的风险类型有“' || d.风险类型 || '”' || case when d.类数 > 1 then '等' || cast(d.类数 as text) || '类' else '' end
    || case
      when s.监测编号 is null then '，没有登记任何帮扶措施'
      else '，登记了' || cast(s.措施项数 as text) || '项帮扶措施，没有一项是针对它的'
    end as 问题,
  o.户编号,
  o.审定日期,
  d.风险类型,
  d.类数,
  s.措施项数
from open_monitoring_cases o
join 不对应 d on d.监测编号 = o.监测编号
join monitoring_places p on p.监测编号 = o.监测编号
left join 措施 s on s.监测编号 = o.监测编号
where days_between(o.审定日期, :截止日期) > :帮扶计划天数
order by p.村代码, 对象
