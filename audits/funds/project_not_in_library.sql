-- title: 未入库先下达或先开工
-- code: FUN01
-- clause: 一(六)
-- basis: 项目入库程序不规范
-- team: 资金项目专班
-- severity: 高
-- subject: projects
-- population: select count(*) from projects j where in_village(j.村代码)
-- may_be_empty: allocations
-- cautions: 入库日期填成了批复日期、调整后重新入库的日期的；入库日期和下达日期都空白的是台账缺项，不在这里查；没有填下达日期的看资金下达台账最早一笔。只查核查起始年度以来的项目，从哪年查起是本镇约定，不是文件规定。
-- remedy: 查入库审定文件、资金文件和开工报告，核实三个日期；确属未入库先安排的，停止拨付，补办程序，登记附件1。
with 首笔 as (
  select
    a.项目编号,
    min(a.日期) as 日期
  from allocations a
  group by a.项目编号
),
项目 as (
  select
    j.项目编号,
    coalesce(j.下达日期, f.日期) as 下达日期
  from projects j
  left join 首笔 f on f.项目编号 = j.项目编号
)
select
  j.项目编号 as 对象,
  j.村代码,
  coalesce(v.村名, '') || coalesce(j.项目名称, '名称未填') || '（项目编号' || j.项目编号 || '，'
    || coalesce('预算金额' || money(j.预算金额) || '元', '预算未填') || '）'
    || coalesce('入库日期' || j.入库日期, '没有入库日期')
    || coalesce('，资金' || x.下达日期 || '下达', '') || coalesce('，' || j.开工日期 || '开工', '')
    || case
      when j.入库日期 is null then '，资金下达时没有入库'
      when j.入库日期 > x.下达日期 and x.下达日期 <= :截止日期 then '，资金下达' || days_between(x.下达日期, j.入库日期) || '天以后才入库'
      else '，开工' || days_between(j.开工日期, j.入库日期) || '天以后才入库'
    end as 问题,
  j.项目名称,
  j.项目类别,
  j.资金来源,
  j.入库日期,
  x.下达日期,
  j.开工日期,
  j.预算金额
from projects j
join 项目 x on x.项目编号 = j.项目编号
left join villages v on v.村代码 = j.村代码
where (
    (j.入库日期 is null and x.下达日期 <= :截止日期)
    or (j.入库日期 > x.下达日期 and x.下达日期 <= :截止日期)
    or (j.入库日期 > j.开工日期 and j.开工日期 <= :截止日期)
  )
  and year_of(coalesce(x.下达日期, j.开工日期)) >= :资金项目核查起始年度
order by j.村代码, 对象
