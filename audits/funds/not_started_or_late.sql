-- title: 未按期开工、超期未竣工验收
-- code: FUN11
-- clause: 一(六)1
-- basis: 项目开工率、资金支出率等资金管理使用情况进行分析、调度和通报
-- team: 资金项目专班
-- severity: 中
-- subject: projects
-- population: select count(*) from funded_projects p where in_village(p.村代码)
-- may_be_empty: allocations
-- cautions: 经批准延期、计划日期没有更新的；已经开工、竣工、验收，日期没有补登的；计划开工、计划竣工没有填的查不出来。宽限几天算问题是本镇约定，不是文件规定。
-- remedy: 到现场查看进度，查明原因，能开工的限期开工，竣工的及时验收，确需延期的办理手续，登记附件1。
with 进度 as (
  select
    j.项目编号,
    j.计划开工,
    j.计划竣工,
    case when j.开工日期 <= :截止日期 then j.开工日期 end as 开工日期,
    case when j.竣工日期 <= :截止日期 then j.竣工日期 end as 竣工日期,
    case when j.验收日期 <= :截止日期 then j.验收日期 end as 验收日期
  from projects j
),
判断 as (
  select
    s.项目编号,
    case
      when s.开工日期 is null and s.竣工日期 is null and s.验收日期 is null
        then days_between(s.计划开工, :截止日期)
      else days_between(s.计划开工, s.开工日期)
    end as 晚开工天数,
    case
      when s.竣工日期 is null and s.验收日期 is null then days_between(s.计划竣工, :截止日期)
    end as 超期天数,
    case when s.验收日期 is null then days_between(s.竣工日期, :截止日期) end as 未验收天数
  from 进度 s
)
select
  p.项目编号 as 对象,
  p.村代码,
  p.称呼 || '（项目编号' || p.项目编号 || '，资金' || p.下达日期 || '下达）'
    || case when d.晚开工天数 > :开工宽限天数
      then '，计划' || s.计划开工 || '开工，' || coalesce('实际' || s.开工日期 || '开工，', '还没有开工，') || '晚了'
        || d.晚开工天数 || '天' else '' end
    || case when d.超期天数 > :竣工宽限天数
      then '，计划' || s.计划竣工 || '竣工，到' || :截止日期 || '超期' || d.超期天数 || '天没有竣工' else '' end
    || case when d.未验收天数 > :竣工验收天数
      then '，' || s.竣工日期 || '竣工，到' || :截止日期 || '已' || d.未验收天数 || '天没有验收' else '' end as 问题,
  p.项目名称,
  p.项目类别,
  p.下达日期,
  s.计划开工,
  s.开工日期,
  s.计划竣工,
  s.竣工日期,
  s.验收日期
from funded_projects p
join 进度 s on s.项目编号 = p.项目编号
join 判断 d on d.项目编号 = p.项目编号
where d.晚开工天数 > :开工宽限天数
  or d.超期天数 > :竣工宽限天数
  or d.未验收天数 > :竣工验收天数
order by p.村代码, 对象
