-- title: 三保障、饮水或突发大额支出有风险而无线索、未纳入
-- code: MON01
-- clause: 一(三)1
-- basis: 排查识别不到位，程序不规范、排查不彻底、应纳未纳
-- team: 防返贫监测专班
-- severity: 高
-- subject: households
-- population: select count(*) from lived_households h where in_village(h.村代码)
-- may_be_empty: clues, monitoring_cases, dropout_cases, house_inspections, renovations, person_events
-- cautions: 只是没有参加医保的不算，收入低于监测线的由另一项审计查；危房已登记改造、饮水不达标已登记帮扶措施、本学期劝返台账里已复学安置或核实不属实的不列；近12个月内有线索的，不管结果是什么都不列；近12个月全户合规自付合计多少算大额是本镇约定；刚刚发现还没有登记线索的会误报。
-- remedy: 入户核实，有返贫致贫风险的立即登记线索、按程序纳入监测，没有风险的登记线索写明不纳入的理由，登记附件1。
with 住房 as (
  select
    o.户编号,
    '住房' || max(o.房屋等级) || '危房还有人居住' as 情形
  from house_occupancy o
  where o.房屋等级 in ('C级', 'D级')
    and o.有人居住 = '是'
    and coalesce(o.鉴定日期, :截止日期) <= :截止日期
    and not exists (
      select 1
      from renovations r
      where r.旧房住房编号 = o.住房编号
        or (r.户编号 = o.户编号 and r.旧房住房编号 is null and r.验收日期 is null)
    )
  group by o.户编号
),
饮水 as (
  select
    k.户编号,
    max(k.日期) || '饮水评价不达标，没有帮扶措施' as 情形
  from household_water k
  join latest_water_reviews l
    on l.户编号 = k.户编号
    and l.日期 = k.日期
  where (k.水量评价 = '不达标' or k.水质评价 = '不达标' or k.方便程度评价 = '不达标' or k.保证率评价 = '不达标')
    and trim(coalesce(k.帮扶措施, '')) = ''
  group by k.户编号
),
失学 as (
  select s.身份证号
  from students s
  join school_term t on t.学期 = s.学期
  where s.就读方式 = '疑似辍学'
    and not exists (
      select 1
      from dropout_cases k
      where k.身份证号 = s.身份证号
        and k.劝返结果 <> '劝返中'
        and k.发现日期 >= t.学期起
        and k.发现日期 <= :截止日期
    )
  union
  select d.身份证号
  from dropout_cases d
  where d.发现日期 <= :截止日期
    and (d.销号日期 is null or d.销号日期 > :截止日期)
    and coalesce(d.劝返结果, '劝返中') = '劝返中'
),
教育 as (
  select
    a.户编号,
    '适龄学生' || cast(count(*) as text) || '人疑似失学辍学' as 情形
  from school_age a
  join 失学 x on x.身份证号 = a.身份证号
  group by a.户编号
),
支出 as (
  select
    v.户编号,
    sum(c.合规自付) as 金额
  from medical_claims c
  join person_villages v on v.身份证号 = c.身份证号
  where coalesce(c.结算日期, c.就诊日期) > add_months(:截止日期, -12)
    and coalesce(c.结算日期, c.就诊日期) <= :截止日期
  group by v.户编号
),
医疗 as (
  select
    z.户编号,
    '近12个月医疗合规自付' || money(z.金额) || '元' as 情形
  from 支出 z
  where z.金额 >= :大额自付支出
),
风险 as (
  select
    h.户编号,
    h.村代码,
    h.村名,
    h.户主姓名,
    h.户类型,
    h.监测对象类别,
    coalesce('；' || f.情形, '') || coalesce('；' || w.情形, '') || coalesce('；' || e.情形, '') || coalesce('；' || m.情形, '') as 情形
  from lived_households h
  left join 住房 f on f.户编号 = h.户编号
  left join 饮水 w on w.户编号 = h.户编号
  left join 教育 e on e.户编号 = h.户编号
  left join 医疗 m on m.户编号 = h.户编号
)
select
  r.户编号 as 对象,
  r.村代码,
  coalesce(r.村名, '村名不详') || coalesce(r.户主姓名, '户主未填') || '户（户编号' || r.户编号 || '）' || substr(r.情形, 2)
    || '，没有纳入监测，近12个月也没有登记线索' as 问题,
  r.户类型,
  r.监测对象类别,
  substr(r.情形, 2) as 风险情形
from 风险 r
where r.情形 <> ''
  and not exists (
    select 1
    from open_monitoring_cases o
    where o.户编号 = r.户编号
  )
  and not exists (
    select 1
    from clues s
    where s.户编号 = r.户编号
      and coalesce(s.发现日期, s.推送日期, :截止日期) > add_months(:截止日期, -12)
      and coalesce(s.发现日期, s.推送日期, :截止日期) <= :截止日期
  )
order by r.村代码, 对象
