-- title: 线下按监测对象帮扶而系统无记录（体外循环）
-- code: MON18
-- clause: 一(三)
-- basis: 应纳未纳、纳入不及时、体外循环
-- team: 防返贫监测专班
-- severity: 高
-- subject: households
-- population: select count(*) from households h where in_village(h.村代码) and (h.监测对象类别 is not null or exists (select 1 from clues s where s.户编号 = h.户编号 and s.处理结果 = '纳入'))
-- cautions: 户台账填了监测对象类别，或线索处理结果是纳入，监测对象台账里却没有这一户；线索纳入后还在认定期限内的不查；监测对象台账没有及时从系统导出的会误报。
-- remedy: 核对系统，符合条件的立即按程序纳入，不符合条件的更正户台账和线索结果，登记附件1。
with 纳入线索 as (
  select
    s.户编号,
    max(s.线索编号) as 线索编号,
    min(coalesce(s.发现日期, s.推送日期)) as 发现日期
  from clues s
  where s.处理结果 = '纳入'
  group by s.户编号
)
select
  p.户编号 as 对象,
  p.村代码,
  p.称呼
    || case
      when p.监测对象类别 is not null then '在户台账里是' || p.监测对象类别
      else '的线索' || s.线索编号 || '在' || s.发现日期 || '发现，处理结果是纳入，已' || cast(days_between(s.发现日期, :截止日期) as text) || '天'
    end
    || '，监测对象台账里没有这一户' as 问题,
  p.户类型,
  p.监测对象类别,
  s.线索编号,
  s.发现日期
from household_places p
left join 纳入线索 s on s.户编号 = p.户编号
where (p.监测对象类别 is not null or days_between(s.发现日期, :截止日期) > :识别认定天数)
  and not exists (
    select 1
    from monitoring_cases c
    where c.户编号 = p.户编号
  )
order by p.村代码, 对象
