-- title: 收入测算无采集人或农户签字
-- code: INC08
-- clause: 一(二)2
-- basis: 存在脱贫人口收入数据信息采集不规范的情况
-- team: 提升脱贫人口人均收入专班
-- severity: 低
-- subject: households
-- population: select count(*) from latest_incomes i left join household_places p on p.户编号 = i.户编号 where in_village(p.村代码)
-- cautions: 查每户最近一个年度；农户签字空白的按没有签字看待；纸质采集表已经签字、台账没有填的会误报；农户在外、电话核实的注明方式。
-- remedy: 对照纸质采集表核实，没有入户的重新入户采集，请农户签字，登记附件1。
select
  i.户编号 as 对象,
  p.村代码,
  coalesce(p.称呼, '户台账里没有的户' || i.户编号) || cast(i.年度 as text) || '年度收入测算'
    || case when trim(coalesce(i.采集人, '')) = '' then '没有采集人' else '采集人是' || i.采集人 end
    || case when coalesce(i.农户签字, '否') = '否' then '，农户没有签字' else '，农户已经签字' end as 问题,
  p.户类型,
  p.监测对象类别,
  i.年度,
  i.采集人,
  i.采集日期,
  i.农户签字
from latest_incomes i
left join household_places p on p.户编号 = i.户编号
where trim(coalesce(i.采集人, '')) = ''
  or coalesce(i.农户签字, '否') = '否'
order by p.村代码, 对象
