-- title: 符合低保线索而未纳入救助
-- code: WEL08
-- clause: 一(八)2
-- basis: 将符合条件的困难群众及时按规定程序纳入救助范围
-- team: 农村养老保障专班
-- severity: 高
-- subject: households
-- population: select count(*) from latest_incomes i join lived_households h on h.户编号 = i.户编号 where i.人均纯收入 is not null and in_village(h.村代码)
-- may_be_empty: person_events, welfare_cases, welfare_applications
-- cautions: 只是线索：低保要看财产、赡养和刚性支出，收入测算口径也与低保核算不完全相同（残疾人两项补贴不计入低保家庭收入）；人均纯收入已经包括低保金，所以只查没有人享受低保、特困的户；近12个月内申请过低保、特困的不列，不管结果是什么；只有做过收入测算的户才查得到；分户、外出没有共同生活的会误报。
-- remedy: 入户核对家庭经济状况，符合条件的帮助申请低保、特困，不符合的写明理由，登记附件1。
with 救助 as (
  select
    coalesce(w.户编号, p.户编号) as 户编号
  from active_welfare w
  left join person_villages p on p.身份证号 = w.身份证号
  where w.救助类别 in ('低保', '特困')
),
申请 as (
  select
    coalesce(a.户编号, p.户编号) as 户编号
  from welfare_applications a
  left join person_villages p on p.身份证号 = a.身份证号
  where a.救助类别 in ('低保', '特困')
    and coalesce(a.申请日期, a.受理日期) > add_months(:截止日期, -12)
    and coalesce(a.申请日期, a.受理日期) <= :截止日期
)
select
  h.户编号 as 对象,
  h.村代码,
  coalesce(h.村名, '村名不详') || coalesce(h.户主姓名, '户主未填') || '户（户编号' || h.户编号 || '）' || cast(i.年度 as text) || '年度人均纯收入'
    || money(i.人均纯收入) || '元，低于农村低保标准' || plain(:农村低保标准) || '元，没有人享受低保、特困，近12个月也没有申请' as 问题,
  h.户类型,
  h.监测对象类别,
  i.年度,
  i.家庭人口数,
  i.纯收入,
  i.人均纯收入,
  i.合规自付支出
from latest_incomes i
join lived_households h on h.户编号 = i.户编号
where i.人均纯收入 < :农村低保标准
  and not exists (
    select 1
    from 救助 w
    where w.户编号 = h.户编号
  )
  and not exists (
    select 1
    from 申请 a
    where a.户编号 = h.户编号
  )
order by h.村代码, 对象
