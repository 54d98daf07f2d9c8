-- title: 符合消除条件而未及时启动程序
-- code: MON20
-- clause: 一(三)3
-- basis: 返贫致贫风险稳定消除的，及时启动风险消除程序
-- team: 防返贫监测专班
-- severity: 低
-- subject: monitoring_cases
-- population: select count(*) from open_monitoring_cases c join monitoring_places p on p.监测编号 = c.监测编号 where in_village(p.村代码)
-- standards: 防返贫监测线
-- may_be_empty: person_events, welfare_cases
-- cautions: 只从台账看：识别满规定月数、措施已落实、扣减合规自付支出后的人均纯收入不低于当年监测线；兜底保障情形、有大病、高龄、没有劳动力的应当谨慎，不列；收入不稳定、住房饮水上学还有风险、还要持续跟踪的会误报，由村里研判；多少天内启动是本镇约定。
-- remedy: 逐户研判，符合条件的启动民主评议，不符合的写明继续监测的理由。
with 已落实 as (
  select
    m.监测编号,
    count(*) as 落实项数
  from monitoring_measures m
  where m.落实日期 <= :截止日期
  group by m.监测编号
),
达标 as (
  select
    i.户编号,
    i.年度,
    i.采集日期,
    1.0 * (i.纯收入 - coalesce(i.合规自付支出, 0)) / nullif(i.家庭人口数, 0) as 扣减后人均,
    l.监测线
  from latest_incomes i
  join income_lines l on l.年度 = i.年度
)
select
  c.监测编号 as 对象,
  p.村代码,
  p.称呼 || '在' || c.审定日期 || '审定纳入监测，已落实措施' || cast(f.落实项数 as text) || '项，' || cast(d.年度 as text)
    || '年度扣减合规自付支出后人均' || money(d.扣减后人均) || '元，不低于监测线' || plain(d.监测线) || '元，采集后已'
    || cast(days_between(d.采集日期, :截止日期) as text) || '天，没有启动消除程序' as 问题,
  c.户编号,
  c.审定日期,
  d.年度,
  d.采集日期,
  d.扣减后人均,
  d.监测线
from monitoring_cases c
join open_monitoring_cases o on o.监测编号 = c.监测编号
join 已落实 f on f.监测编号 = c.监测编号
join 达标 d on d.户编号 = c.户编号
join household_members m on m.户编号 = c.户编号
join monitoring_places p on p.监测编号 = c.监测编号
where c.消除评议日期 is null
  and d.扣减后人均 >= d.监测线
  and add_months(c.审定日期, :消除风险最少月数) <= :截止日期
  and days_between(d.采集日期, :截止日期) > :消除程序启动天数
  and m.大病人数 = 0
  and m.劳动力人数 > 0
  and (m.最早出生 is null or age_on(m.最早出生, :截止日期) < :谨慎消除年龄)
  and not exists (
    select 1
    from floor_spells s
    where s.户编号 = c.户编号
      and s.起始月 <= month_of(:截止日期)
      and (s.终止月 is null or s.终止月 >= month_of(:截止日期))
  )
order by p.村代码, 对象
