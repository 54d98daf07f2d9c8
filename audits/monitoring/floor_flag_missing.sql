-- title: 应标识整户无劳动能力兜底保障户而未标识
-- code: MON11
-- clause: 一(三)3
-- basis: 在系统内标识为整户无劳动能力兜底保障户
-- team: 防返贫监测专班
-- severity: 中
-- subject: monitoring_cases
-- population: select count(*) from open_monitoring_cases c join monitoring_places p on p.监测编号 = c.监测编号 where in_village(p.村代码)
-- cautions: 只查没有消除风险的；按截止日期当月在享的分散供养特困，或整户无劳动能力且享受全额、最高档低保判断；集中供养的、低保档次没有填的不查；系统已经标识、台账没有填的会误报。
-- remedy: 核实家庭劳动能力和救助档次，在系统内标识并更新台账，登记附件1。
with 情形 as (
  select
    f.户编号,
    min(f.情形) as 情形
  from floor_spells f
  where f.起始月 <= month_of(:截止日期)
    and (f.终止月 is null or f.终止月 >= month_of(:截止日期))
  group by f.户编号
)
select
  c.监测编号 as 对象,
  p.村代码,
  p.称呼 || '是' || f.情形 || '，' || case when c.整户无劳动能力标识 is null then '没有填' else '标识填的是“否”，没有标识为' end
    || '整户无劳动能力兜底保障户' as 问题,
  c.户编号,
  f.情形,
  c.审定日期,
  c.整户无劳动能力标识
from monitoring_cases c
join open_monitoring_cases o on o.监测编号 = c.监测编号
join 情形 f on f.户编号 = c.户编号
join monitoring_places p on p.监测编号 = c.监测编号
where coalesce(c.整户无劳动能力标识, '否') = '否'
order by p.村代码, 对象
