-- title: 走访记录雷同、同一干部一日走访过多
-- code: DUT11
-- clause: 一(九)3
-- basis: 工作不够细致，信息登记、数据统计还不够精准
-- team: 驻村帮扶专班
-- severity: 中
-- subject: visits
-- population: select count(*) from visits z left join household_places p on p.户编号 = z.户编号 where z.日期 <= :截止日期 and in_village(p.村代码)
-- may_be_empty: officials
-- cautions: 一日走访多少户算过多、多少户内容相同算雷同，都是本镇约定；同一干部、走访内容完全相同的户才算雷同，不到10个字的（如“宣传政策”）不算，内容空白的不算；同一户同一天登记两次的按一户数；集中发放、全村排查一天走很多户是正常的；没有填干部编号的不查。
-- remedy: 电话或入户回访核实，不实的重新走访、如实登记。
with 走访 as (
  select
    z.走访编号,
    z.户编号,
    z.干部编号,
    z.日期,
    trim(z.走访内容) as 走访内容
  from visits z
  where z.日期 <= :截止日期
),
一日 as (
  select
    y.干部编号,
    y.日期,
    count(distinct y.户编号) as 户数
  from 走访 y
  group by y.干部编号, y.日期
),
雷同 as (
  select
    y.干部编号,
    y.走访内容,
    count(distinct y.户编号) as 户数
  from 走访 y
  where length(y.走访内容) >= 10
  group by y.干部编号, y.走访内容
),
可疑 as (
  select
    y.走访编号,
    y.户编号,
    y.干部编号,
    y.日期,
    y.走访内容,
    d.户数 as 一日户数,
    e.户数 as 雷同户数,
    case when d.户数 > :一日走访户数上限 then '当天共走访' || cast(d.户数 as text) || '户，超过' || plain(:一日走访户数上限) || '户；' else '' end
      || case when e.户数 >= :走访雷同户数 then '走访内容“' || e.走访内容 || '”与另外' || cast(e.户数 - 1 as text) || '户完全相同；' else '' end as 疑点
  from 走访 y
  join 一日 d on d.干部编号 = y.干部编号 and d.日期 = y.日期
  left join 雷同 e on e.干部编号 = y.干部编号 and e.走访内容 = y.走访内容
)
select
  k.走访编号 as 对象,
  p.村代码,
  coalesce(g.姓名, '干部') || '（干部编号' || k.干部编号 || '）' || k.日期 || '走访' || coalesce(p.称呼, '户编号' || k.户编号) || '（走访编号'
    || k.走访编号 || '），' || substr(k.疑点, 1, length(k.疑点) - 1) as 问题,
  g.姓名 as 干部姓名,
  k.日期,
  k.走访内容,
  k.一日户数,
  k.雷同户数
from 可疑 k
left join officials g on g.干部编号 = k.干部编号
left join household_places p on p.户编号 = k.户编号
where k.疑点 <> ''
order by p.村代码, 对象
