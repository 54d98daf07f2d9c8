-- title: 低保特困对象有财政供养、企业股东、车辆房产等比对信息
-- code: REG18
-- clause: 一(八)
-- team: 农村养老保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from (select distinct s.身份证号, h.村代码 from (select coalesce(w.户编号, p.户编号) as 户编号 from active_welfare w left join person_villages p on p.身份证号 = w.身份证号 where w.救助类别 in ('低保', '特困')) k join persons s on s.户编号 = k.户编号 left join households h on h.户编号 = s.户编号 left join deaths d on d.身份证号 = s.身份证号 left join departures o on o.身份证号 = s.身份证号 where coalesce(s.共同生活, '是') <> '否' and coalesce(s.户籍状态, '在籍') not in ('已迁出', '已注销') and d.身份证号 is null and o.身份证号 is null) t where in_village(t.村代码)
-- may_be_empty: person_events
-- cautions: 规则是本项目定的，文件没有原话。家庭成员按同一户共同生活的人查，列的是有比对信息的那个人，核对数是这些户共同生活的人；死亡、迁出的不查；只有一辆车或只有一处房产是弱线索（摩托车、自住房），车辆和房产同时有才列；退休金要看数额、残疾人用车可以豁免，核实后再定；已经终止的比对信息不算；低保边缘不在这里查。
-- remedy: 入户核实家庭收入和财产，不符合条件的停发，登记附件1。
with 在保户 as (
  select
    h.户编号,
    min(h.救助类别) as 救助类别
  from (
    select
      coalesce(w.户编号, p.户编号) as 户编号,
      w.救助类别
    from active_welfare w
    left join person_villages p on p.身份证号 = w.身份证号
    where w.救助类别 in ('低保', '特困')
  ) h
  group by h.户编号
),
成员 as (
  select distinct
    s.身份证号,
    s.户编号,
    h.救助类别
  from 在保户 h
  join persons s on s.户编号 = h.户编号
  left join deaths d on d.身份证号 = s.身份证号
  left join departures o on o.身份证号 = s.身份证号
  where coalesce(s.共同生活, '是') <> '否'
    and coalesce(s.户籍状态, '在籍') not in ('已迁出', '已注销')
    and d.身份证号 is null
    and o.身份证号 is null
),
比对 as (
  select
    m.户编号,
    m.身份证号,
    min(m.救助类别) as 救助类别,
    max(case when f.标识 in ('财政供养', '企业股东', '法定代表人') then 1 else 0 end) as 强线索,
    max(case when f.标识 = '车辆' then 1 else 0 end) as 有车,
    max(case when f.标识 = '房产' then 1 else 0 end) as 有房,
    min(f.标识) as 标识,
    max(f.标识) as 另一标识
  from 成员 m
  join active_flags f on f.身份证号 = m.身份证号
  where f.标识 in ('财政供养', '企业股东', '法定代表人', '车辆', '房产')
  group by m.户编号, m.身份证号
),
户 as (
  select
    b.户编号,
    max(b.有车) + max(b.有房) as 弱线索
  from 比对 b
  group by b.户编号
),
列出 as (
  select
    b.身份证号,
    min(b.户编号) as 户编号,
    min(b.救助类别) as 救助类别,
    min(b.标识) as 标识,
    max(b.另一标识) as 另一标识
  from 比对 b
  join 户 h on h.户编号 = b.户编号
  where b.强线索 = 1
    or h.弱线索 = 2
  group by b.身份证号
)
select
  t.身份证号 as 对象,
  h.村代码,
  coalesce(v.村名, '村名不详') || coalesce(p.姓名, '姓名未填') || '（户编号' || t.户编号 || '）有' || t.标识
    || case when t.另一标识 <> t.标识 then '、' || t.另一标识 else '' end || '的比对信息，所在户正在享受' || t.救助类别 as 问题,
  p.姓名,
  t.户编号,
  t.救助类别,
  t.标识,
  t.另一标识
from 列出 t
join person_villages p on p.身份证号 = t.身份证号
left join households h on h.户编号 = t.户编号
left join villages v on v.村代码 = h.村代码
order by h.村代码, 对象
