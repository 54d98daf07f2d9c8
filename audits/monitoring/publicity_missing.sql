-- title: 村未开展防返贫政策宣传
-- code: MON17
-- clause: 一(三)4
-- basis: 防止返贫监测帮扶政策宣传不够到位，影响农户自主申报和帮扶措施落实
-- team: 防返贫监测专班
-- severity: 中
-- subject: villages
-- population: select count(*) from villages v where in_village(v.村代码) and exists (select 1 from households h where h.村代码 = v.村代码)
-- cautions: 主题是防返贫监测或综合的才算，主题没有填的按内容里有没有“防返贫”“防止返贫”看；多少天内应当宣传一次是本镇约定；没有农户的村不查；开展了没有登记的会误报。
-- remedy: 通过海报、宣传单、微信群、村民会议开展宣传并登记，留存照片，登记附件1。
with 宣传 as (
  select
    x.村代码,
    max(x.日期) as 最近日期
  from publicity x
  where x.日期 <= :截止日期
    and (
      x.主题 in ('防返贫监测', '综合')
      or (x.主题 is null and (instr(x.内容, '防返贫') > 0 or instr(x.内容, '防止返贫') > 0))
    )
  group by x.村代码
)
select
  v.村代码 as 对象,
  v.村代码,
  v.村名 || coalesce(
    '最近一次防返贫政策宣传是' || x.最近日期 || '，到' || :截止日期 || '已'
      || cast(days_between(x.最近日期, :截止日期) as text) || '天，超过' || plain(:防返贫宣传间隔天数) || '天',
    '没有防返贫政策宣传的记录'
  ) as 问题,
  x.最近日期
from villages v
left join 宣传 x on x.村代码 = v.村代码
where exists (
    select 1
    from households h
    where h.村代码 = v.村代码
  )
  and (x.最近日期 is null or days_between(x.最近日期, :截止日期) > :防返贫宣传间隔天数)
order by 对象
