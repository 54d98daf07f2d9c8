-- title: 资格有效期内连续断发
-- code: REG16
-- clause: 一(八)
-- team: 农村养老保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from (select distinct s.身份证号 from benefit_spells s) r left join person_villages p on p.身份证号 = r.身份证号 where in_village(p.村代码)
-- may_be_empty: person_events, welfare_cases, disability_subsidies
-- cautions: 规则是本项目定的，文件没有原话，几个月算断发是本镇约定。资格看社会救助对象和残疾人两项补贴两本台账；登记了资格、一次也没有发过的也查；起始月以后头几个月没有发的也算，只查到截止日期前12个月、这一项目在发放台账里最早一个月为止；刚批准、还没有发第一笔的会误报；截止日期当月还没有发的不算；低保金发给同户别人的算发了；死亡、迁出以后的月份不算；发放失败没有补发的月份算没有发，待发放的算发了。
-- remedy: 查明停发原因，符合条件的补发，不符合的补登终止月，登记附件1。
with 离开 as (
  select
    l.身份证号,
    min(month_of(l.日期)) as 月
  from (
    select
      d.身份证号,
      d.死亡日期 as 日期
    from deaths d
    union all
    select
      o.身份证号,
      o.迁出日期 as 日期
    from departures o
  ) l
  group by l.身份证号
),
最早 as (
  -- 发放台账从哪个月开始有这一项目，以前的月份不能说没有发；按发放日期看，补发的是以前的月份
  select
    b.项目,
    min(coalesce(month_of(b.发放日期), b.所属期起)) as 月
  from payments b
  -- 只为了快：有资格的项目才看
  where b.项目 in (select s.项目 from benefit_spells s)
  group by b.项目
),
起查 as (
  select
    e.项目,
    case
      when e.月 > add_months(month_of(:截止日期), -12) then e.月
      else add_months(month_of(:截止日期), -12)
    end as 月
  from 最早 e
  where e.月 is not null
),
发放 as (
  select
    s.身份证号,
    s.户编号,
    s.项目,
    s.起始月,
    s.终止月,
    b.所属期起 as 起,
    coalesce(b.所属期止, b.所属期起) as 止
  from benefit_spells s
  join payments b on b.身份证号 = s.身份证号 and b.项目 = s.项目
  where b.所属期起 is not null
    and (
      b.发放状态 = '待发放'
      or (
        coalesce(b.发放状态, '已发放') = '已发放'
        and (b.发放日期 is null or b.发放日期 <= :截止日期)
      )
    )
  union all
  -- 以前没有发放记录的，当作发到了起查的前一个月
  select
    s.身份证号,
    s.户编号,
    s.项目,
    s.起始月,
    s.终止月,
    q.月 as 起,
    add_months(q.月, -1) as 止
  from benefit_spells s
  join 起查 q on q.项目 = s.项目
  where not exists (
    select 1
    from payments b
    where b.身份证号 = s.身份证号
      and b.项目 = s.项目
      and b.所属期起 < q.月
  )
),
空档 as (
  -- 资格期里两笔之间，和最后一笔到截止日期的上个月
  select
    s.身份证号,
    s.户编号,
    s.项目,
    s.起始月,
    s.终止月,
    max(s.止) over (
      partition by s.身份证号, s.项目, s.起始月, s.终止月
      order by s.起
    ) as 前笔止,
    lead(s.起, 1, month_of(:截止日期)) over (
      partition by s.身份证号, s.项目, s.起始月, s.终止月
      order by s.起
    ) as 后笔起
  from 发放 s
),
资格 as (
  -- 离开的当月还算
  select
    k.身份证号,
    k.户编号,
    k.项目,
    add_months(k.前笔止, 1) as 起,
    add_months(k.后笔起, -1) as 止,
    k.起始月,
    case when a.月 < coalesce(k.终止月, '9999-12') then a.月 else k.终止月 end as 终止月
  from 空档 k
  left join 离开 a on a.身份证号 = k.身份证号
),
断发 as (
  select
    s.身份证号,
    s.项目,
    s.户编号,
    case when s.起始月 > s.起 then s.起始月 else s.起 end as 起,
    case when s.终止月 < s.止 then s.终止月 else s.止 end as 止
  from 资格 s
),
连续 as (
  select
    f.身份证号,
    f.项目,
    f.起,
    f.止
  from 断发 f
  left join person_villages p on p.身份证号 = f.身份证号
  where months_between(f.起, f.止) + 1 >= :断发月数
    -- 低保金发给同户别人的，算发了
    and not exists (
      select 1
      from persons m
      join payments o on o.身份证号 = m.身份证号 and o.项目 = f.项目
      where f.项目 = '低保金'
        and m.户编号 = coalesce(f.户编号, p.户编号)
        and coalesce(o.发放状态, '已发放') in ('已发放', '待发放')
        and o.所属期起 <= f.止
        and coalesce(o.所属期止, o.所属期起) >= f.起
    )
),
合计 as (
  select
    c.身份证号,
    min(c.项目) as 项目,
    count(distinct c.项目) as 项目数,
    min(c.起) as 首月,
    max(c.止) as 末月,
    max(months_between(c.起, c.止) + 1) as 最长月数
  from 连续 c
  group by c.身份证号
)
select
  t.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(p.姓名, '') || coalesce('（户编号' || p.户编号 || '）', '（身份证号' || t.身份证号 || '）')
    || '的' || t.项目 || case when t.项目数 > 1 then '等' || cast(t.项目数 as text) || '项' else '' end || t.首月
    || case when t.末月 > t.首月 then '至' || t.末月 else '' end || '之间最长连续' || cast(t.最长月数 as text)
    || '个月没有发放，其间资格没有终止' as 问题,
  p.姓名,
  p.户编号,
  t.项目,
  t.首月,
  t.末月,
  t.最长月数
from 合计 t
left join person_villages p on p.身份证号 = t.身份证号
order by p.村代码, 对象
