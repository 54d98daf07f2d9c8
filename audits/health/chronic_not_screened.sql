-- title: 脱贫户监测户低收入户未定期排查慢特病
-- code: HEA15
-- clause: 一(一)2
-- basis: 门诊慢特病情况开展排查
-- team: 健康医疗保障专班
-- severity: 中
-- subject: households
-- population: select count(*) from (select h.户编号 from lived_households h where h.户类型 = '脱贫户' or h.监测对象类别 is not null union select coalesce(w.户编号, p.户编号) as 户编号 from active_welfare w left join person_villages p on p.身份证号 = w.身份证号 where w.救助类别 in ('低保', '低保边缘', '特困')) y join lived_households h on h.户编号 = y.户编号 where in_village(h.村代码)
-- may_be_empty: person_events, welfare_cases
-- cautions: 低收入户指当月低保、低保边缘、特困的户；全户外出、电话排查的也要登记；多少天至少排查一次是本镇约定。
-- remedy: 由村医和帮扶责任人逐户排查门诊慢特病情况，符合的帮助申请，登记附件1。
with 排查 as (
  select
    s.户编号,
    max(s.日期) as 最近日期
  from screenings s
  where s.排查类型 = '慢特病'
    and s.日期 <= :截止日期
  group by s.户编号
),
应查 as (
  select h.户编号
  from lived_households h
  where h.户类型 = '脱贫户'
    or h.监测对象类别 is not null
  union
  -- 救助台账没有填户编号的，看人员台账
  select coalesce(w.户编号, p.户编号) as 户编号
  from active_welfare w
  left join person_villages p on p.身份证号 = w.身份证号
  where w.救助类别 in ('低保', '低保边缘', '特困')
)
select
  h.户编号 as 对象,
  h.村代码,
  coalesce(h.村名, '村名不详') || coalesce(h.户主姓名, '户主未填') || '户（户编号' || h.户编号
    || coalesce('，' || h.户类型, '') || coalesce('，' || h.监测对象类别, '') || '）'
    || case
      when n.最近日期 is null then '台账里没有慢特病排查记录'
      else '最近一次慢特病排查是' || n.最近日期 || '，到' || :截止日期 || '已'
        || cast(days_between(n.最近日期, :截止日期) as text) || '天'
    end as 问题,
  h.户类型,
  h.监测对象类别,
  n.最近日期
from 应查 y
join lived_households h on h.户编号 = y.户编号
left join 排查 n on n.户编号 = h.户编号
where n.最近日期 is null
  or days_between(n.最近日期, :截止日期) > :慢特病排查间隔天数
order by h.村代码, 对象
