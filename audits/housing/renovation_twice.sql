-- title: 重复享受危房改造
-- code: HOU07
-- clause: 一(一)4
-- basis: “危房改造”排查不彻底、政策落实不到位
-- team: 住房安全保障专班
-- severity: 中
-- subject: households
-- population: select count(*) from renovations r left join households h on h.户编号 = r.户编号 where r.补助金额 > 0 and in_village(h.村代码)
-- cautions: 因自然灾害重新受损、经批准再次改造的；分户以前登记在原户的；审批日期空白的算不出间隔；同一次改造分两次拨款登记成两行的。多少年内不得再次享受按本省规定。
-- remedy: 调取两次审批材料核实，属于重复享受的追回一次补助，登记附件1。
select
  a.户编号 as 对象,
  h.村代码,
  coalesce(v.村名, '村名不详') || coalesce(h.户主姓名, '户主未填') || '户（户编号' || a.户编号 || '）' || min(a.审批日期)
    || '和' || max(b.审批日期) || '两次审批危房改造并领取补助，相隔不满' || plain(:危改重复享受年限) || '年' as 问题,
  min(a.改造编号) as 前一次改造编号,
  max(b.改造编号) as 后一次改造编号,
  min(a.审批日期) as 前一次审批日期,
  max(b.审批日期) as 后一次审批日期,
  max(b.补助金额) as 后一次补助金额
from renovations a
join renovations b on b.户编号 = a.户编号
left join households h on h.户编号 = a.户编号
left join villages v on v.村代码 = h.村代码
where a.改造编号 <> b.改造编号
  and a.补助金额 > 0
  and b.补助金额 > 0
  and a.审批日期 <= b.审批日期
  and add_months(a.审批日期, 12 * :危改重复享受年限) > b.审批日期
group by a.户编号, h.村代码, v.村名, h.户主姓名
order by h.村代码, 对象
