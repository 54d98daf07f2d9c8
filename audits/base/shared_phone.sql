-- title: 不同户登记同一联系电话
-- code: REG08
-- clause: 一(九)
-- basis: 信息登记、数据统计还不够精准
-- team: 驻村帮扶专班
-- severity: 低
-- subject: households
-- population: select count(*) from households h where h.联系电话 is not null and in_village(h.村代码)
-- cautions: 分户不久的父子、由同一个亲属照看的老人可能确实留同一个电话；村干部的电话代替农户的要更正；户内已经没有在册人员的旧户不算。
-- remedy: 拨打核实，换成本户能联系上的电话，登记附件1。
with 电话 as (
  select
    h.户编号,
    h.村代码,
    h.户主姓名,
    replace(replace(h.联系电话, '-', ''), ' ', '') as 号码
  from households h
  where exists (
    select 1
    from persons p
    where p.户编号 = h.户编号
      and coalesce(p.户籍状态, '在籍') not in ('已迁出', '已注销')
  )
),
共用 as (
  select
    t.号码,
    count(*) as 户数,
    min(t.户编号) as 首户,
    max(t.户编号) as 末户
  from 电话 t
  group by t.号码
  having count(*) > 1
)
select
  t.户编号 as 对象,
  t.村代码,
  coalesce(v.村名, '村名不详') || coalesce(t.户主姓名, '户主姓名未填') || '户（户编号' || t.户编号 || '）登记的联系电话'
    || t.号码 || '与户' || case when t.户编号 = s.首户 then s.末户 else s.首户 end
    || case when s.户数 > 2 then '等' || cast(s.户数 - 1 as text) || '户' else '' end || '相同' as 问题,
  t.户主姓名,
  t.号码 as 联系电话,
  s.户数
from 电话 t
join 共用 s on s.号码 = t.号码
left join villages v on v.村代码 = t.村代码
order by t.村代码, 对象
