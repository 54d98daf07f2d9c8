-- title: 同期享受互斥待遇
-- code: REG14
-- clause: 一(八)
-- team: 农村养老保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from (select distinct b.身份证号 from payments b) r left join person_villages p on p.身份证号 = r.身份证号 where exists (select 1 from exclusions x where x.已确认 = '是') and in_village(p.村代码)
-- cautions: 规则是本项目定的，文件没有原话。按待遇互斥关系台账里已确认的“互斥”“择高”查，“补差”“可叠加”的合法；困难残疾人生活补贴、重度残疾人护理补贴与别的待遇互斥的另有审计；所属期没有重叠的（先停后发）合法；发放失败、待发放、已经全部追回的不算。
-- remedy: 核实身份，停发不应享受的一项并追回，登记附件1。
with 互斥 as (
  select distinct
    x.待遇甲,
    x.待遇乙,
    x.规则,
    month_of(x.生效日期) as 起,
    month_of(x.失效日期) as 止
  from exclusions x
  where x.已确认 = '是'
    and x.规则 in ('互斥', '择高')
    and x.待遇甲 not in ('困难残疾人生活补贴', '重度残疾人护理补贴')
    and x.待遇乙 not in ('困难残疾人生活补贴', '重度残疾人护理补贴')
),
到账 as (
  select
    b.身份证号,
    b.姓名,
    b.项目,
    b.所属期起,
    coalesce(b.所属期止, b.所属期起) as 所属期止,
    b.金额
  from payments b
  where coalesce(b.发放状态, '已发放') = '已发放'
    and (b.发放日期 is null or b.发放日期 <= :截止日期)
    -- 只为了快：清单里的项目才看
    and b.项目 in (
      select x.待遇甲
      from 互斥 x
      union all
      select x.待遇乙
      from 互斥 x
    )
    and (b.金额 is null or coalesce(b.追回金额, 0) < b.金额)
),
重叠 as (
  select
    a.身份证号,
    a.姓名,
    x.待遇甲,
    x.待遇乙,
    x.规则,
    case when a.所属期起 > b.所属期起 then a.所属期起 else b.所属期起 end as 起,
    case when a.所属期止 < b.所属期止 then a.所属期止 else b.所属期止 end as 止,
    x.起 as 规则起,
    x.止 as 规则止,
    b.金额
  from 互斥 x
  join 到账 a on a.项目 = x.待遇甲
  join 到账 b on b.身份证号 = a.身份证号 and b.项目 = x.待遇乙
  where a.所属期起 <= b.所属期止
    and b.所属期起 <= a.所属期止
),
合计 as (
  select
    o.身份证号,
    min(o.姓名) as 姓名,
    min(o.待遇甲 || '和' || o.待遇乙 || case when o.规则 = '择高' then '，按规定只能择高享受一项' else '，按规定两项互斥' end) as 说明,
    count(distinct o.待遇甲 || '和' || o.待遇乙) as 组数,
    min(o.起) as 首月,
    max(o.止) as 末月
  from 重叠 o
  where o.规则起 <= o.止
    and (o.规则止 is null or o.规则止 >= o.起)
  group by o.身份证号
)
select
  t.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(t.姓名, '姓名未填') || coalesce('（户编号' || p.户编号 || '）', '') || t.首月
    || case when t.末月 > t.首月 then '至' || t.末月 else '' end || '同期领取' || t.说明
    || case when t.组数 > 1 then '；这样同期领取的共' || cast(t.组数 as text) || '组' else '' end as 问题,
  t.姓名,
  p.户编号,
  t.说明,
  t.组数,
  t.首月,
  t.末月
from 合计 t
left join person_villages p on p.身份证号 = t.身份证号
order by p.村代码, 对象
