-- title: 从发现线索到纳入超期
-- code: MON02
-- clause: 一(三)
-- basis: 应纳未纳、纳入不及时
-- team: 防返贫监测专班
-- severity: 高
-- subject: monitoring_cases
-- population: select count(*) from monitoring_cases c join clues s on s.线索编号 = c.线索编号 join monitoring_places p on p.监测编号 = c.监测编号 where in_village(p.村代码)
-- cautions: 从线索的发现日期起算，没有发现日期的按部门推送日期；文件只说纳入不及时，多少天是上级程序规定，按本镇确认的标准；农户外出、等待部门比对结果而延长的；没有填线索编号的查不出来。
-- remedy: 查清在哪一步耽误，补办程序，尽快审定纳入，登记附件1。
with 审定 as (
  select
    c.监测编号,
    case when c.审定日期 <= :截止日期 then c.审定日期 end as 审定日期
  from monitoring_cases c
)
select
  c.监测编号 as 对象,
  p.村代码,
  p.称呼 || '的风险线索' || s.线索编号 || '在' || coalesce(s.发现日期, s.推送日期) || '发现，'
    || case
      when d.审定日期 is null then '到' || :截止日期 || '还没有审定'
      else '到' || d.审定日期 || '才审定纳入'
    end
    || '，用了' || cast(days_between(coalesce(s.发现日期, s.推送日期), coalesce(d.审定日期, :截止日期)) as text) || '天，超过'
    || plain(:识别认定天数) || '天' as 问题,
  c.户编号,
  s.线索编号,
  s.线索来源,
  s.推送日期,
  s.发现日期,
  c.评议日期,
  c.乡镇审核日期,
  c.审定日期
from monitoring_cases c
join 审定 d on d.监测编号 = c.监测编号
join clues s on s.线索编号 = c.线索编号
join monitoring_places p on p.监测编号 = c.监测编号
where days_between(coalesce(s.发现日期, s.推送日期), coalesce(d.审定日期, :截止日期)) > :识别认定天数
order by p.村代码, 对象
