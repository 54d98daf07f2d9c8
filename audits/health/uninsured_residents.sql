-- title: 缴费期后在册未参保人员（除职工或异地参保、高校参保、死亡、参军、服刑、90天内新生儿）
-- code: HEA01
-- clause: 一(一)2
-- basis: 持续抓好脱贫人口基本医保参保
-- team: 健康医疗保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from residents r cross join insurance_year k where in_village(r.村代码)
-- why_none: select '参保台账里还没有' || cast(d.参保年度 as text) || '年度的登记' from insurance_due d where not exists (select 1 from insurance i where i.年度 = d.参保年度)
-- may_be_empty: person_events, external_flags
-- cautions: 没有填身份证号的没法比对，不查，校验时会报错；没有取得部门比对信息时，在外地或随单位参保、高校参保、参军、服刑的人会误报；刚迁入的可能在迁出地参保；出生日期空白的不按新生儿排除；补缴截止月（含当月）以前查上一年度；这一年度的参保台账还没有登记的，结果是无数据。
-- remedy: 逐人核实参保地和未参保原因，动员补缴；符合资助条件的先落实资助参保，核实后登记附件1。
with 参保登记 as (
  select
    i.身份证号,
    max(i.年度) as 最近登记年度
  from insurance i
  group by i.身份证号
),
参军服刑 as (
  -- 参军还没有退役，服刑还没有刑满释放
  select
    e.身份证号
  from person_events e
  cross join insurance_year k
  left join person_events b
    on b.身份证号 = e.身份证号
    and b.变动类型 = case e.变动类型 when '参军' then '退役' else '刑满释放' end
    and b.日期 >= e.日期
    and b.日期 <= k.核查日期
  where e.变动类型 in ('参军', '服刑')
    and e.日期 <= k.核查日期
    and b.身份证号 is null
)
select
  r.身份证号 as 对象,
  r.村代码,
  coalesce(r.村名, '村名不详') || coalesce(r.姓名, '姓名未填') || '（户编号' || coalesce(r.户编号, '未填')
    || coalesce('，' || h.户类型, '') || coalesce('，' || h.监测对象类别, '') || '）到' || k.核查日期
    || '没有' || cast(k.参保年度 as text) || '年度有效的基本医保参保记录，'
    || coalesce('台账里最近的登记是' || cast(g.最近登记年度 as text) || '年度', '台账里没有任何参保登记')
    as 问题,
  r.姓名,
  r.户编号,
  r.出生日期,
  h.户类型,
  h.监测对象类别,
  k.参保年度,
  k.核查日期,
  g.最近登记年度
from residents r
cross join insurance_year k
left join households h on h.户编号 = r.户编号
left join 参保登记 g on g.身份证号 = r.身份证号
where (r.出生日期 is null or days_between(r.出生日期, k.核查日期) > :新生儿参保天数)
  and not exists (
    select 1
    from insurance i
    where i.身份证号 = r.身份证号
      and i.年度 = k.参保年度
      and coalesce(i.参保状态, '正常参保') = '正常参保'
      and (i.参保起 is null or i.参保起 <= k.核查日期)
      and (i.参保止 is null or i.参保止 >= k.核查日期)
  )
  and not exists (
    select 1
    from external_flags f
    where f.身份证号 = r.身份证号
      and f.标识 in ('在押', '服刑', '现役军人', '职工参保', '异地参保', '高校参保')
      and (f.起始日期 is null or f.起始日期 <= k.核查日期)
      and (f.终止日期 is null or f.终止日期 >= k.核查日期)
  )
  and not exists (
    select 1
    from 参军服刑 a
    where a.身份证号 = r.身份证号
  )
order by r.村代码, 对象
