-- title: 六类重点对象住C、D级房未纳入改造
-- code: HOU01
-- clause: 一(一)4
-- basis: 立即纳入动态保障政策范围
-- team: 住房安全保障专班
-- severity: 高
-- subject: households
-- population: select count(*) from lived_households h where h.六类重点对象 is not null and in_village(h.村代码)
-- may_be_empty: house_inspections, renovations, person_events
-- cautions: 鉴定后正在上报的，多少天内应当上报是本镇约定；自己另有安全住房、拒绝改造并签字的；已经享受易地搬迁的；住房台账和巡查都没有填有没有人住的查不出来。
-- remedy: 当天上报镇村镇建设部门，纳入危房改造，改造前先搬离，登记附件1。
select
  h.户编号 as 对象,
  h.村代码,
  coalesce(h.村名, '村名不详') || coalesce(h.户主姓名, '户主未填') || '户（户编号' || h.户编号 || '，' || h.六类重点对象
    || '）住' || max(o.房屋等级) || '房（住房编号' || min(o.住房编号) || coalesce('，' || min(o.鉴定日期) || '鉴定', '')
    || '），到' || :截止日期 || '没有纳入危房改造' as 问题,
  h.六类重点对象,
  max(o.房屋等级) as 房屋等级,
  min(o.住房编号) as 住房编号,
  min(o.鉴定日期) as 鉴定日期
from lived_households h
join house_occupancy o on o.户编号 = h.户编号
where h.六类重点对象 is not null
  and o.房屋等级 in ('C级', 'D级')
  and o.有人居住 = '是'
  and (o.鉴定日期 is null or days_between(o.鉴定日期, :截止日期) > :危改上报天数)
  and not exists (
    select 1
    from renovations r
    where r.户编号 = h.户编号
      and (
        r.旧房住房编号 = o.住房编号
        or (r.旧房住房编号 is null and r.验收日期 is null)
      )
  )
group by h.户编号, h.村代码, h.村名, h.户主姓名, h.六类重点对象
order by h.村代码, 对象
