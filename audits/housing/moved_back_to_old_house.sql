-- title: 搬入新居后返回危旧房居住
-- code: HOU04
-- clause: 一(一)4
-- basis: 有的搬进新居后又返回危旧房居住
-- team: 住房安全保障专班
-- severity: 高
-- subject: houses
-- population: select count(*) from renovations r join house_occupancy o on o.住房编号 = r.旧房住房编号 where r.入住日期 <= :截止日期 and in_village(o.村代码)
-- may_be_empty: house_inspections
-- cautions: 原址修缮加固、旧房就是新房的不算；搬入以前的巡查不算；旧房转为生产用房、白天在那里干活的要问清楚；租给别人住的也要搬离。
-- remedy: 当天动员搬回新居，旧房拆除或封存断电，问清返回的原因并解决，登记附件1。
select
  r.旧房住房编号 as 对象,
  o.村代码,
  coalesce(o.村名, '村名不详') || coalesce(o.户主姓名, '户主未填') || '户（户编号' || o.户编号 || '）' || max(r.入住日期)
    || '搬入改造后的新居（改造编号' || max(r.改造编号) || '），旧房（住房编号' || r.旧房住房编号
    || coalesce('，' || o.房屋等级, '') || '）' || coalesce(o.巡查日期 || '巡查时', '住房台账登记') || '又有人居住' as 问题,
  o.户编号,
  o.房屋等级,
  max(r.入住日期) as 入住日期,
  max(r.旧房处置) as 旧房处置,
  o.巡查日期
from renovations r
join house_occupancy o on o.住房编号 = r.旧房住房编号
where r.入住日期 <= :截止日期
  and o.有人居住 = '是'
  and (o.巡查日期 is null or o.巡查日期 > r.入住日期)
  and coalesce(r.改造方式, '其他') <> '修缮加固'
  and coalesce(r.新房住房编号, '没有登记') <> r.旧房住房编号
group by r.旧房住房编号, o.村代码, o.村名, o.户主姓名, o.户编号, o.房屋等级, o.巡查日期
order by o.村代码, 对象
