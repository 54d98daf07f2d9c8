-- title: 户内没有户主或户主多于一人
-- code: REG05
-- clause: 一(九)
-- basis: 信息登记、数据统计还不够精准
-- team: 驻村帮扶专班
-- severity: 中
-- subject: households
-- population: select count(*) from households h where in_village(h.村代码)
-- cautions: 只看在册的人，已迁出、已注销的不算；整户都已迁出或注销的户不查；户主去世后正在办理变更的，补改即可；同一个户主录了两遍的另有审计。
-- remedy: 核对户口簿，确定一名户主，其他人改为与户主的实际关系，登记附件1。
with 户内 as (
  select
    p.户编号,
    count(*) as 在册人数,
    count(distinct case when p.与户主关系 = '户主' then p.身份证号 end) as 户主人数
  from persons p
  where coalesce(p.户籍状态, '在籍') not in ('已迁出', '已注销')
  group by p.户编号
)
select
  h.户编号 as 对象,
  h.村代码,
  coalesce(v.村名, '村名不详') || '户' || h.户编号 || '（户台账的户主姓名：' || coalesce(h.户主姓名, '未填')
    || '）在册登记' || cast(d.在册人数 as text) || '人，'
    || case when d.户主人数 = 0 then '没有一人登记为户主' else '登记了' || cast(d.户主人数 as text) || '个户主' end
    as 问题,
  h.户主姓名,
  d.在册人数,
  d.户主人数
from households h
join 户内 d on d.户编号 = h.户编号
left join villages v on v.村代码 = h.村代码
where d.户主人数 <> 1
order by h.村代码, 对象
