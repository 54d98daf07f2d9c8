-- title: 危房仍有人居住
-- code: HOU02
-- clause: 一(一)4
-- basis: 人不进危房
-- team: 住房安全保障专班
-- severity: 高
-- subject: houses
-- population: select count(*) from house_occupancy o where o.房屋等级 in ('C级', 'D级') and in_village(o.村代码)
-- may_be_empty: house_inspections, renovations
-- cautions: 修缮加固已经验收、还没有重新鉴定的不算；住房台账和巡查都没有填有没有人住的查不出来；短时间回去取东西、看护的要问清楚；改造期间临时居住的也要搬离。
-- remedy: 当天动员搬离并安排临时住处，贴警示标识，符合条件的纳入危房改造，登记附件1。
select
  o.住房编号 as 对象,
  o.村代码,
  coalesce(o.村名, '村名不详') || coalesce(o.户主姓名, '户主未填') || '户（户编号' || o.户编号 || '）的' || o.房屋等级
    || '危房（住房编号' || o.住房编号 || coalesce('，' || o.鉴定日期 || '鉴定', '') || '）'
    || coalesce(o.巡查日期 || '巡查时', '住房台账登记') || '仍有人居住' as 问题,
  o.户编号,
  o.房屋等级,
  o.鉴定日期,
  o.巡查日期,
  o.有人居住
from house_occupancy o
where o.房屋等级 in ('C级', 'D级')
  and o.有人居住 = '是'
  and coalesce(o.鉴定日期, :截止日期) <= :截止日期
  and not exists (
    select 1
    from renovations r
    where r.旧房住房编号 = o.住房编号
      and r.改造方式 = '修缮加固'
      and r.验收日期 <= :截止日期
      and (o.鉴定日期 is null or r.验收日期 > o.鉴定日期)
  )
order by o.村代码, 对象
