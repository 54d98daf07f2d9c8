-- title: 扣减合规自付支出后低于监测线未纳入监测
-- code: INC02
-- clause: 一(二)2
-- basis: 收入测算未扣减合规自付支出
-- team: 防返贫监测专班
-- severity: 高
-- subject: households
-- population: select count(*) from latest_incomes i join income_lines l on l.年度 = i.年度 left join household_places p on p.户编号 = i.户编号 where in_village(p.村代码)
-- standards: 防返贫监测线
-- may_be_empty: clues, monitoring_cases
-- cautions: 与测算年度自己的监测线比，那一年没有登记监测线的不查；理赔收入抵不抵自付各地口径没有确认，从宽按抵扣以后仍低于监测线的列出；线索正在核实的不列；有存款、房产、子女赡养没有计入收入的会误报。
-- remedy: 入户核实收支，符合条件的立即按程序纳入监测，不符合的写明理由，登记附件1。
with 测算 as (
  select
    i.户编号,
    i.年度,
    i.家庭人口数,
    i.纯收入,
    coalesce(i.合规自付支出, 0) as 合规自付支出,
    coalesce(i.理赔收入, 0) as 理赔收入
  from latest_incomes i
),
扣减后 as (
  select
    i.户编号,
    i.年度,
    i.家庭人口数,
    i.纯收入,
    i.合规自付支出,
    i.理赔收入,
    l.监测线,
    1.0 * (i.纯收入 - case when i.合规自付支出 > i.理赔收入 then i.合规自付支出 - i.理赔收入 else 0 end) / nullif(i.家庭人口数, 0) as 扣减后人均
  from 测算 i
  join income_lines l on l.年度 = i.年度
)
select
  d.户编号 as 对象,
  p.村代码,
  coalesce(p.称呼, '户台账里没有的户' || d.户编号) || cast(d.年度 as text) || '年度纯收入' || money(d.纯收入) || '元，合规自付支出'
    || money(d.合规自付支出) || '元，理赔收入' || money(d.理赔收入) || '元，' || cast(d.家庭人口数 as text) || '人，扣减后人均'
    || money(d.扣减后人均) || '元，低于监测线' || plain(d.监测线) || '元，没有纳入监测' as 问题,
  p.户类型,
  p.监测对象类别,
  d.年度,
  d.家庭人口数,
  d.纯收入,
  d.合规自付支出,
  d.理赔收入,
  d.扣减后人均,
  d.监测线
from 扣减后 d
left join household_places p on p.户编号 = d.户编号
where d.扣减后人均 < d.监测线
  and not exists (
    select 1
    from open_monitoring_cases o
    where o.户编号 = d.户编号
  )
  and not exists (
    select 1
    from clues s
    where s.户编号 = d.户编号
      and s.处理结果 = '核实中'
  )
order by p.村代码, 对象
