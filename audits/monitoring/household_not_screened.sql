-- title: 未开展防返贫排查的农户
-- code: MON19
-- clause: 一(三)1
-- basis: 返贫致贫风险因素开展常态化排查
-- team: 防返贫监测专班
-- severity: 中
-- subject: households
-- population: select count(*) from (select distinct r.户编号, r.村代码 from residents r) k where in_village(k.村代码)
-- may_be_empty: person_events
-- cautions: 全镇农户都要排查，一般农户也在内；排查类型是防返贫的才算；多少天排查一次是本镇约定；全户死亡、迁出的不查；常年在外、电话排查了没有登记的会误报。
-- remedy: 入户或电话补排查，登记结果；发现风险的登记线索，登记附件1。
with 排查 as (
  select
    s.户编号,
    max(s.日期) as 最近日期
  from screenings s
  where s.排查类型 = '防返贫'
    and s.日期 <= :截止日期
  group by s.户编号
),
在册户 as (
  select
    r.户编号,
    count(*) as 人数
  from residents r
  group by r.户编号
)
select
  p.户编号 as 对象,
  p.村代码,
  p.称呼 || '在册' || cast(k.人数 as text) || '人，' || coalesce(
    '最近一次防返贫排查是' || s.最近日期 || '，到' || :截止日期 || '已' || cast(days_between(s.最近日期, :截止日期) as text) || '天，超过'
      || plain(:防返贫排查间隔天数) || '天',
    '没有防返贫排查的记录'
  ) as 问题,
  p.户类型,
  p.监测对象类别,
  k.人数,
  s.最近日期
from household_places p
join 在册户 k on k.户编号 = p.户编号
left join 排查 s on s.户编号 = p.户编号
where s.最近日期 is null
  or days_between(s.最近日期, :截止日期) > :防返贫排查间隔天数
order by p.村代码, 对象
