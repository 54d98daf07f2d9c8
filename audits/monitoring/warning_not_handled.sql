-- title: 部门预警或自主申报超期未核实反馈
-- code: MON14
-- clause: 一(三)
-- basis: 返贫风险监测预警信息推送处理不够及时
-- team: 防返贫监测专班
-- severity: 高
-- subject: clues
-- population: select count(*) from clues s left join household_places p on p.户编号 = s.户编号 where s.线索来源 in ('部门预警', '自主申报') and in_village(p.村代码)
-- cautions: 部门预警从推送日期起算、看反馈日期，自主申报从发现日期起算、看核实日期；多少天内核实反馈是本镇约定，文件只说不够及时；已经核实、口头反馈没有填日期的会误报；干部排查发现的不在这里查。
-- remedy: 立即入户核实，向推送部门或申报人反馈结果，补填日期，登记附件1。
with 收办 as (
  select
    s.线索编号,
    case s.线索来源 when '部门预警' then coalesce(s.推送日期, s.发现日期) else coalesce(s.发现日期, s.推送日期) end as 收到日期,
    case s.线索来源 when '部门预警' then s.反馈日期 else coalesce(s.核实日期, s.反馈日期) end as 办结日期
  from clues s
  where s.线索来源 in ('部门预警', '自主申报')
),
办理 as (
  select
    k.线索编号,
    k.收到日期,
    case when k.办结日期 <= :截止日期 then k.办结日期 end as 办结日期
  from 收办 k
)
select
  s.线索编号 as 对象,
  p.村代码,
  coalesce(p.称呼, '户台账里没有的户' || s.户编号) || '的' || s.线索来源 || '线索' || s.线索编号 || '（' || coalesce(s.风险情形, '风险情形未填') || '）在'
    || b.收到日期 || '收到，'
    || case when b.办结日期 is null then '到' || :截止日期 || '还没有' else '到' || b.办结日期 || '才' end
    || case s.线索来源 when '部门预警' then '核实反馈' else '核实' end || '，用了'
    || cast(days_between(b.收到日期, coalesce(b.办结日期, :截止日期)) as text) || '天，超过' || plain(:线索核实反馈天数) || '天' as 问题,
  s.户编号,
  s.线索来源,
  s.推送部门,
  s.推送日期,
  s.发现日期,
  s.核实日期,
  s.反馈日期,
  s.处理结果
from clues s
join 办理 b on b.线索编号 = s.线索编号
left join household_places p on p.户编号 = s.户编号
where days_between(b.收到日期, coalesce(b.办结日期, :截止日期)) > :线索核实反馈天数
order by p.村代码, 对象
