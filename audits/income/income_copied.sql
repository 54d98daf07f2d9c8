-- title: 同村多户收入数据雷同
-- code: INC07
-- clause: 一(二)2
-- basis: 实地入户采集，确保数据真实、群众认可
-- team: 提升脱贫人口人均收入专班
-- severity: 中
-- subject: households
-- population: select count(*) from latest_incomes i join household_places p on p.户编号 = i.户编号 where in_village(p.村代码)
-- cautions: 同村、同年度，其他工资性收入、生产经营性收入、生产经营性支出、纯收入四项完全相同才算；没有务工和经营收入、只靠补贴的户金额相同是正常的，不列；多少户算雷同是本镇约定；按亩均统一测算、家庭情况确实相同的会误报。
-- remedy: 逐户重新入户采集，更正后请农户签字，登记附件1。
with 雷同 as (
  select
    i.户编号,
    i.年度,
    coalesce(i.其他工资性收入, 0) as 其他工资性收入,
    coalesce(i.生产经营性收入, 0) as 生产经营性收入,
    coalesce(i.生产经营性支出, 0) as 生产经营性支出,
    i.纯收入,
    i.采集人,
    i.采集日期,
    count(*) over (
      partition by p.村代码, i.年度, coalesce(i.其他工资性收入, 0), coalesce(i.生产经营性收入, 0), coalesce(i.生产经营性支出, 0), i.纯收入
    ) as 户数
  from latest_incomes i
  join household_places p on p.户编号 = i.户编号
  where coalesce(i.其他工资性收入, 0) + coalesce(i.生产经营性收入, 0) > 0
    and i.纯收入 is not null
)
select
  d.户编号 as 对象,
  p.村代码,
  p.称呼 || cast(d.年度 as text) || '年度收入测算与本村另外' || cast(d.户数 - 1 as text) || '户完全相同：其他工资性收入'
    || money(d.其他工资性收入) || '元，生产经营性收入' || money(d.生产经营性收入) || '元，生产经营性支出' || money(d.生产经营性支出)
    || '元，纯收入' || money(d.纯收入) || '元' as 问题,
  d.年度,
  d.其他工资性收入,
  d.生产经营性收入,
  d.生产经营性支出,
  d.纯收入,
  d.户数,
  d.采集人,
  d.采集日期
from 雷同 d
join household_places p on p.户编号 = d.户编号
where d.户数 >= :收入雷同户数
order by p.村代码, 对象
