-- title: 特困或工伤护理费领取者领取任一补贴，孤儿领取生活补贴（孤儿可领护理补贴）
-- code: WEL03
-- clause: 一(八)
-- team: 农村养老保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from (select distinct b.身份证号 from payments b where b.项目 in ('困难残疾人生活补贴', '重度残疾人护理补贴')) r left join person_villages p on p.身份证号 = r.身份证号 where in_village(p.村代码)
-- may_be_empty: external_flags
-- cautions: 互斥的规则出自残疾人两项补贴制度，文件没有原话。孤儿可以领取护理补贴；特困、孤儿、工伤护理费开始的当月已经发了的合法，次月起应停发；所属期没有重叠的（先停后发）合法；已经全部追回的、没有到账的不算；比对信息没有写起始日期的按一直领取看待。
-- remedy: 核实身份，停发不应享受的一项并追回多领部分，登记附件1。
with 排除 as (
  select
    w.身份证号,
    w.救助类别 || '救助' as 原因,
    case when w.救助类别 = '特困' then '两项' else '生活' end as 范围,
    w.起始月 as 起,
    w.终止月 as 止
  from welfare_cases w
  where w.救助类别 in ('特困', '孤儿')
  union all
  select
    f.身份证号,
    f.标识 as 原因,
    case when f.标识 = '工伤护理费' then '两项' else '生活' end as 范围,
    month_of(f.起始日期) as 起,
    month_of(f.终止日期) as 止
  from external_flags f
  where f.标识 in ('工伤护理费', '孤儿')
),
到账 as (
  select
    b.发放编号,
    b.身份证号,
    b.姓名,
    b.项目,
    coalesce(b.所属期起, b.所属期止, month_of(b.发放日期)) as 首月,
    coalesce(b.所属期止, b.所属期起, month_of(b.发放日期)) as 末月,
    coalesce(b.金额, 0) - coalesce(b.追回金额, 0) as 未追回
  from payments b
  where b.项目 in ('困难残疾人生活补贴', '重度残疾人护理补贴')
    and coalesce(b.发放状态, '已发放') = '已发放'
    and (b.发放日期 is null or b.发放日期 <= :截止日期)
    and (b.金额 is null or coalesce(b.追回金额, 0) < b.金额)
),
-- 同一笔发放，两条理由都成立的只算一次
不应发 as (
  select
    y.发放编号,
    min(y.身份证号) as 身份证号,
    min(y.姓名) as 姓名,
    min(y.项目) as 项目,
    min(y.首月) as 首月,
    max(y.末月) as 末月,
    min(y.未追回) as 未追回,
    max(x.原因) as 原因
  from 到账 y
  join 排除 x on x.身份证号 = y.身份证号
  where (x.范围 = '两项' or y.项目 = '困难残疾人生活补贴')
    and (x.起 is null or y.末月 > x.起)
    and (x.止 is null or y.首月 <= x.止)
  group by y.发放编号
),
合计 as (
  select
    n.身份证号,
    min(n.姓名) as 姓名,
    min(n.项目) as 项目,
    count(distinct n.项目) as 项目数,
    max(n.原因) as 原因,
    min(n.首月) as 首月,
    max(n.末月) as 末月,
    count(*) as 笔数,
    sum(n.未追回) as 未追回
  from 不应发 n
  group by n.身份证号
)
select
  t.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(t.姓名, '姓名未填') || coalesce('（户编号' || p.户编号 || '）', '') || '享受' || t.原因
    || '，' || t.首月 || case when t.末月 > t.首月 then '至' || t.末月 else '' end || '又领取' || t.项目
    || case when t.项目数 > 1 then '等' || cast(t.项目数 as text) || '项' else '' end || cast(t.笔数 as text)
    || '笔，没有追回的共' || money(t.未追回) || '元' as 问题,
  t.姓名,
  p.户编号,
  t.原因,
  t.项目,
  t.首月,
  t.末月,
  t.笔数,
  t.未追回
from 合计 t
left join person_villages p on p.身份证号 = t.身份证号
order by p.村代码, 对象
