-- title: 分散特困或整户无劳动能力兜底户被消除风险
-- code: MON10
-- clause: 一(三)3
-- basis: 在系统内标识为整户无劳动能力兜底保障户，暂不消除风险
-- team: 防返贫监测专班
-- severity: 高
-- subject: monitoring_cases
-- population: select count(*) from monitoring_cases c join monitoring_places p on p.监测编号 = c.监测编号 where c.消除日期 <= :截止日期 and in_village(p.村代码)
-- cautions: 自然消除（整户死亡、迁出）不查；看消除当月是不是分散供养特困人员，或整户无劳动能力且享受全额、最高档低保，消除以后才享受的不算；整户无劳动能力按户台账现在的登记，消除时有劳动能力的会误报。
-- remedy: 核实消除时的情形，符合兜底保障条件的恢复监测并标识，登记附件1。
with 情形 as (
  select
    c.监测编号,
    min(f.情形) as 情形
  from monitoring_cases c
  join floor_spells f on f.户编号 = c.户编号
  where f.起始月 <= month_of(c.消除日期)
    and (f.终止月 is null or f.终止月 >= month_of(c.消除日期))
  group by c.监测编号
)
select
  c.监测编号 as 对象,
  p.村代码,
  p.称呼 || '在' || c.消除日期 || '消除风险，当月是' || f.情形 || '，应当标识为整户无劳动能力兜底保障户，暂不消除风险' as 问题,
  c.户编号,
  f.情形,
  c.审定日期,
  c.消除日期,
  c.消除方式,
  c.整户无劳动能力标识,
  c.消除研判理由
from monitoring_cases c
join 情形 f on f.监测编号 = c.监测编号
join monitoring_places p on p.监测编号 = c.监测编号
where c.消除日期 <= :截止日期
  and coalesce(c.消除方式, '帮扶消除') <> '自然消除'
order by p.村代码, 对象
