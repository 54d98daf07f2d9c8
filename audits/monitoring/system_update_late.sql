-- title: 人员或风险变动后系统未及时更新
-- code: MON21
-- clause: 一(三)
-- basis: 政策宣传不到位；信息更新不及时
-- team: 防返贫监测专班
-- severity: 中
-- subject: households
-- population: select count(*) from (select distinct coalesce(r.户编号, g.户编号) as 户编号 from system_records r left join households g on g.系统户编号 = r.对象 where r.导出日期 <= :截止日期) s join household_places p on p.户编号 = s.户编号 where in_village(p.村代码)
-- may_be_empty: person_events, monitoring_cases
-- cautions: 人员变动看出生、死亡、迁入、迁出、婚嫁，风险变动看纳入监测和消除风险；只看到系统最近一次更新，变动以后这一户有过更新的都算更新了，更新得晚不晚看不出来，内容对不对由线上线下一致的审计查；多少天内更新是本镇约定，文件没有写；按系统导出那天算，导出太早的查不出来。
-- remedy: 入户核实后更新系统，补录人员增减和风险变动，登记附件1。
with 系统 as (
  select
    coalesce(r.户编号, g.户编号) as 户编号,
    max(r.更新日期) as 更新日期,
    max(r.导出日期) as 导出日期
  from system_records r
  left join households g on g.系统户编号 = r.对象
  where r.导出日期 <= :截止日期
  group by coalesce(r.户编号, g.户编号)
),
变动 as (
  select
    p.户编号,
    e.日期,
    p.姓名 || e.变动类型 as 内容
  from person_events e
  join persons p on p.身份证号 = e.身份证号
  where e.变动类型 in ('出生', '死亡', '迁入', '迁出', '婚嫁')
  union all
  select
    c.户编号,
    c.审定日期 as 日期,
    '纳入监测' as 内容
  from monitoring_cases c
  union all
  select
    c.户编号,
    c.消除日期 as 日期,
    '消除风险' as 内容
  from monitoring_cases c
),
未更新 as (
  select
    s.户编号,
    min(b.日期 || b.内容) as 最早变动,
    min(b.日期) as 变动日期,
    max(s.更新日期) as 更新日期,
    max(s.导出日期) as 导出日期
  from 系统 s
  join 变动 b on b.户编号 = s.户编号
  where b.日期 > s.更新日期
    and days_between(b.日期, s.导出日期) > :系统信息更新天数
  group by s.户编号
)
select
  n.户编号 as 对象,
  p.村代码,
  p.称呼 || n.最早变动 || '，系统最近一次更新在' || n.更新日期 || '，到' || n.导出日期 || '导出时已过'
    || cast(days_between(n.变动日期, n.导出日期) as text) || '天没有更新，超过' || plain(:系统信息更新天数) || '天' as 问题,
  p.户类型,
  p.监测对象类别,
  n.变动日期,
  n.更新日期,
  n.导出日期
from 未更新 n
join household_places p on p.户编号 = n.户编号
order by p.村代码, 对象
