-- title: 家庭人口数与户内在册人数不符
-- code: REG07
-- clause: 一(九)
-- basis: 信息登记、数据统计还不够精准
-- team: 驻村帮扶专班
-- severity: 低
-- subject: households
-- population: select count(*) from households h where h.家庭人口数 is not null and in_village(h.村代码)
-- may_be_empty: person_events
-- cautions: 家庭人口数按共同生活的人算，共同生活填“否”的、已迁出、已注销的和人员变动台账登记死亡、迁出的不算，空白的按共同生活算；刚出生、刚去世还没有更新的，补改即可；同一个人录了两遍的只算一次。
-- remedy: 入户核对共同生活的人，更正家庭人口数或人员台账，登记附件1。
with 在册 as (
  select
    p.户编号,
    count(distinct p.身份证号 || case when substr(p.身份证号, 1, 6) = '999999' then p.姓名 else '' end) as 人数
  from persons p
  left join deaths d on d.身份证号 = p.身份证号
  left join departures o on o.身份证号 = p.身份证号
  where coalesce(p.户籍状态, '在籍') not in ('已迁出', '已注销')
    and coalesce(p.共同生活, '是') <> '否'
    and d.身份证号 is null
    and o.身份证号 is null
  group by p.户编号
)
select
  h.户编号 as 对象,
  h.村代码,
  coalesce(v.村名, '村名不详') || coalesce(h.户主姓名, '户主姓名未填') || '户（户编号' || h.户编号 || '）登记的家庭人口数是'
    || cast(h.家庭人口数 as text) || '人，人员台账里在册、共同生活的是' || cast(coalesce(r.人数, 0) as text) || '人' as 问题,
  h.户主姓名,
  h.家庭人口数,
  coalesce(r.人数, 0) as 在册共同生活人数
from households h
left join 在册 r on r.户编号 = h.户编号
left join villages v on v.村代码 = h.村代码
where h.家庭人口数 <> coalesce(r.人数, 0)
order by h.村代码, 对象
