-- title: 务工信息未在每月3日前更新
-- code: EMP12
-- clause: 一(七)4
-- basis: 每月3日前，完成务工就业数据采集更新
-- team: 就业帮扶专班
-- severity: 中
-- subject: villages
-- population: select count(distinct r.村代码) from employment_months m join residents r on r.身份证号 = m.身份证号 where m.月份 <= month_of(:截止日期) and in_village(r.村代码)
-- may_be_empty: person_events
-- cautions: 只看最近一个应当更新的月份；按期采集、以后又改正过的，更新日期变成改正那天，会误报；近一年登记过的人每月都应当有一行，不务工的是否务工填“否”；一个月也没有登记过的村不在核对数里；死亡、迁出的不算。
-- remedy: 走访核实，补登漏报的人，查清迟报原因，按月通报，登记附件1。
with 期 as (
  select add_months(month_of(add_days(:截止日期, 0 - :务工信息更新日)), -1) as 月份
),
登记 as (
  select
    m.身份证号,
    t.月份,
    max(case when m.月份 = t.月份 then 1 else 0 end) as 有,
    max(case when m.月份 = t.月份 then m.更新日期 end) as 更新日期
  from employment_months m
  join 期 t
    on m.月份 <= t.月份
    and m.月份 > add_months(t.月份, -12)
  group by m.身份证号, t.月份
),
各村 as (
  select
    r.村代码,
    min(coalesce(r.村名, '村名不详')) as 村名,
    e.月份,
    count(*) as 人数,
    sum(1 - e.有) as 没有,
    sum(case when e.有 = 1 and e.更新日期 is null then 1 else 0 end) as 空白,
    sum(
      case when e.更新日期 > add_days(add_months(e.月份, 1) || '-01', :务工信息更新日 - 1) then 1 else 0 end
    ) as 迟
  from 登记 e
  join residents r on r.身份证号 = e.身份证号
  where r.村代码 is not null
  group by r.村代码, e.月份
)
select
  g.村代码 as 对象,
  g.村代码,
  g.村名 || g.月份 || '务工信息应更新' || g.人数 || '人'
    || case when g.没有 > 0 then '，' || g.没有 || '人没有登记' else '' end
    || case when g.迟 > 0 then '，' || g.迟 || '人在次月' || plain(:务工信息更新日) || '日以后更新' else '' end
    || case when g.空白 > 0 then '，' || g.空白 || '人没有更新日期' else '' end as 问题,
  g.月份,
  g.人数,
  g.没有,
  g.迟,
  g.空白
from 各村 g
where g.没有 + g.迟 + g.空白 > 0
order by g.村代码, 对象
