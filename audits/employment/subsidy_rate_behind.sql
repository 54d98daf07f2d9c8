-- title: 补贴发放率低于10月底80%、11月底100%
-- code: EMP08
-- clause: 一(七)2
-- basis: 确保10月底前发放率达到80%以上、11月底前全部发放到位
-- team: 就业帮扶专班
-- severity: 高
-- subject: villages
-- population: select count(*) from (select f.村代码 from fare_due f union select s.村代码 from stay_due s) d where substr(:截止日期, 6, 5) >= '10-31' and in_village(d.村代码)
-- why_none: select '每年10月31日起才查发放率，截止日期' || :截止日期 || '还没有到' as 原因 where substr(:截止日期, 6, 5) < '10-31'
-- may_be_empty: job_subsidies, person_events
-- standards: 就业补贴发放率目标
-- cautions: 应发的是按务工台账当年务工满规定月数、又过了办理期限的脱贫户和监测户劳动力，不是申请的人；交通补贴和稳岗补助分开算；每年10月31日起查80%，11月30日起查100%，以前的月份不查；全镇一行只在全镇结果里列出；务工地区、务工月份录错的会算错。
-- remedy: 按应发未发名单逐人受理、审核、发放，每周通报进度，登记附件1。
with 目标 as (
  select
    max(s.档次) as 时点,
    max(s.数值) as 发放率
  from confirmed_standards s
  where s.项目 = '就业补贴发放率目标'
    and s.档次 = case
      when substr(:截止日期, 6, 5) >= '11-30' then '11月底'
      when substr(:截止日期, 6, 5) >= '10-31' then '10月底'
    end
    and s.生效日期 <= :截止日期
    and (s.失效日期 is null or s.失效日期 >= :截止日期)
),
应发 as (
  select
    f.村代码,
    f.村名,
    1 as 交通应发,
    case when f.发放日期 is null then 0 else 1 end as 交通已发,
    0 as 稳岗应发,
    0 as 稳岗已发
  from fare_due f
  union all
  select
    s.村代码,
    s.村名,
    0 as 交通应发,
    0 as 交通已发,
    1 as 稳岗应发,
    case when s.发放日期 is null then 0 else 1 end as 稳岗已发
  from stay_due s
),
各地 as (
  select
    d.村代码 as 对象,
    d.村代码,
    min(coalesce(d.村名, '村名不详')) as 名称,
    sum(d.交通应发) as 交通应发,
    sum(d.交通已发) as 交通已发,
    sum(d.稳岗应发) as 稳岗应发,
    sum(d.稳岗已发) as 稳岗已发
  from 应发 d
  where d.村代码 is not null
  group by d.村代码
  union all
  select
    '全镇' as 对象,
    cast(null as text) as 村代码,
    '全镇' as 名称,
    sum(d.交通应发) as 交通应发,
    sum(d.交通已发) as 交通已发,
    sum(d.稳岗应发) as 稳岗应发,
    sum(d.稳岗已发) as 稳岗已发
  from 应发 d
)
select
  g.对象,
  g.村代码,
  g.名称 || '到' || :截止日期
    || case
      when 100.0 * g.交通已发 < t.发放率 * g.交通应发
        then '，一次性交通补贴应发' || g.交通应发 || '人、已发' || g.交通已发 || '人，发放率'
          || plain(round(100.0 * g.交通已发 / nullif(g.交通应发, 0), 2)) || '%'
      else ''
    end
    || case
      when 100.0 * g.稳岗已发 < t.发放率 * g.稳岗应发
        then '，稳岗补助应发' || g.稳岗应发 || '人、已发' || g.稳岗已发 || '人，发放率'
          || plain(round(100.0 * g.稳岗已发 / nullif(g.稳岗应发, 0), 2)) || '%'
      else ''
    end
    || '，没有达到' || t.时点 || '的' || plain(t.发放率) || '%' as 问题,
  g.交通应发,
  g.交通已发,
  g.稳岗应发,
  g.稳岗已发
from 各地 g
cross join 目标 t
where 100.0 * g.交通已发 < t.发放率 * g.交通应发
  or 100.0 * g.稳岗已发 < t.发放率 * g.稳岗应发
order by g.村代码, 对象
