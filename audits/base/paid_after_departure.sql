-- title: 迁出、服刑后仍在领取补贴
-- code: REG10
-- clause: 一(八)
-- team: 农村养老保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from (select distinct b.身份证号 from payments b) r left join person_villages p on p.身份证号 = r.身份证号 where in_village(p.村代码)
-- may_be_empty: external_flags
-- cautions: 规则是本项目定的，文件没有原话。迁出只查跟着户籍走的低保、特困、残疾人两项补贴、孤儿、事实无人抚养、高龄津贴；养老金跟着参保地走，耕地地力、分红跟着承包地、股份走，迁出后仍可领。服刑期间这些和养老金、公益性岗位补贴都要停；缓刑、在押未判决不是服刑；释放后恢复的合法。迁出、入狱当月发的合法；后来又迁回的不查；已经全部追回的不算。
-- remedy: 与公安、司法核对日期，停发并追回，登记追回金额和附件1。
with 停发 as (
  select
    o.身份证号,
    o.迁出日期 as 起,
    null as 止,
    '迁出' as 事由
  from departures o
  union all
  select
    e.身份证号,
    e.日期 as 起,
    (
      select min(r.日期)
      from person_events r
      where r.身份证号 = e.身份证号
        and r.变动类型 = '刑满释放'
        and r.日期 >= e.日期
    ) as 止,
    '服刑' as 事由
  from person_events e
  where e.变动类型 = '服刑'
    and e.日期 <= :截止日期
  union all
  select
    f.身份证号,
    f.起始日期 as 起,
    f.终止日期 as 止,
    '服刑' as 事由
  from external_flags f
  where f.标识 = '服刑'
    and f.起始日期 <= :截止日期
),
多领 as (
  select distinct
    b.发放编号,
    b.身份证号,
    b.姓名,
    b.项目,
    s.事由,
    s.起,
    b.所属期起,
    coalesce(b.所属期止, b.所属期起) as 所属期止,
    b.金额,
    coalesce(b.追回金额, 0) as 追回金额
  from 停发 s
  join payments b on b.身份证号 = s.身份证号
  where b.所属期起 > month_of(s.起)
    and (s.止 is null or b.所属期起 < month_of(s.止))
    and (
      b.项目 in ('低保金', '特困供养金', '困难残疾人生活补贴', '重度残疾人护理补贴', '孤儿基本生活费', '事实无人抚养儿童基本生活费', '高龄津贴')
      or (s.事由 = '服刑' and b.项目 in ('城乡居民养老金', '公益性岗位补贴'))
    )
    and coalesce(b.发放状态, '已发放') = '已发放'
    and (b.发放日期 is null or b.发放日期 <= :截止日期)
    and (b.金额 is null or coalesce(b.追回金额, 0) < b.金额)
),
逐笔 as (
  -- 一笔只算一次，几个事由取最早的
  select
    d.发放编号,
    d.身份证号,
    min(d.姓名) as 姓名,
    min(d.项目) as 项目,
    min(d.起 || d.事由) as 停发,
    min(d.所属期起) as 所属期起,
    max(d.所属期止) as 所属期止,
    max(d.金额) as 金额,
    max(d.追回金额) as 追回金额
  from 多领 d
  group by d.发放编号, d.身份证号
),
合计 as (
  select
    z.身份证号,
    min(z.姓名) as 姓名,
    min(z.停发) as 停发,
    min(z.项目) as 项目,
    count(distinct z.项目) as 项目数,
    count(*) as 笔数,
    min(z.所属期起) as 首月,
    max(z.所属期止) as 末月,
    sum(coalesce(z.金额, 0)) as 多领金额,
    sum(z.追回金额) as 追回金额,
    sum(case when z.金额 is null then 1 else 0 end) as 金额未填笔数
  from 逐笔 z
  group by z.身份证号
)
select
  t.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(t.姓名, '姓名未填') || coalesce('（户编号' || p.户编号 || '）', '') || t.停发 || '，' || t.首月
    || case when t.末月 > t.首月 then '至' || t.末月 else '' end || '仍发放' || t.项目 || case when t.项目数 > 1 then '等' || cast(t.项目数 as text) || '项' else '' end
    || cast(t.笔数 as text) || '笔，共' || money(t.多领金额) || '元，已追回' || money(t.追回金额) || '元'
    || case when t.金额未填笔数 > 0 then '，另有' || cast(t.金额未填笔数 as text) || '笔没有填金额' else '' end as 问题,
  t.姓名,
  p.户编号,
  t.停发,
  t.首月,
  t.末月,
  t.笔数,
  t.多领金额,
  t.追回金额
from 合计 t
left join person_villages p on p.身份证号 = t.身份证号
order by p.村代码, 对象
