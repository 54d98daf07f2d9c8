-- title: 资金支出率低于序时进度
-- code: FUN04
-- clause: 一(六)1
-- basis: 资金序时支出缓慢
-- team: 资金项目专班
-- severity: 中
-- subject: projects
-- population: select count(*) from funded_projects p where year_of(p.下达日期) = year_of(add_months(month_of(:截止日期), -1)) and in_village(p.村代码)
-- standards: 资金支出率目标
-- cautions: 只看截止日期上月底所在年度下达的项目；下达不久的不查；拨给乡镇、行业部门还没有转付的不算支出；支付没有录入台账的；资金分几批下达、最后一批很晚的。各月底目标和下达多少天起算是本镇约定，不是文件规定。
-- remedy: 逐项目分析支出慢的原因，加快实施和报账，按月调度通报，登记附件1。
with 目标 as (
  select
    max(s.数值) as 支出率
  from confirmed_standards s
  where s.项目 = '资金支出率目标'
    and s.档次 = substr(add_months(month_of(:截止日期), -1), 6, 2) || '月底'
    and s.生效日期 <= :截止日期
    and (s.失效日期 is null or s.失效日期 >= :截止日期)
),
下达 as (
  select
    a.项目编号,
    sum(a.金额) as 金额
  from allocations a
  where a.日期 <= :截止日期
  group by a.项目编号
),
支付 as (
  select
    y.项目编号,
    sum(y.金额) as 金额
  from project_spending y
  group by y.项目编号
)
select
  p.项目编号 as 对象,
  p.村代码,
  p.称呼 || '（项目编号' || p.项目编号 || '）资金' || p.下达日期 || '下达，共' || money(d.金额) || '元，到' || :截止日期
    || '已支付' || money(coalesce(y.金额, 0)) || '元，支出率'
    || plain(round(100.0 * coalesce(y.金额, 0) / nullif(d.金额, 0), 2)) || '%，低于'
    || substr(add_months(month_of(:截止日期), -1), 6, 2) || '月底应达到的' || plain(t.支出率) || '%' as 问题,
  p.项目名称,
  p.项目类别,
  p.下达日期,
  d.金额 as 下达金额,
  coalesce(y.金额, 0) as 已支付
from funded_projects p
join 下达 d on d.项目编号 = p.项目编号
cross join 目标 t
left join 支付 y on y.项目编号 = p.项目编号
where year_of(p.下达日期) = year_of(add_months(month_of(:截止日期), -1))
  and days_between(p.下达日期, :截止日期) > :资金支出起算天数
  and round(100.0 * coalesce(y.金额, 0) - t.支出率 * d.金额, 2) < 0
order by p.村代码, 对象
