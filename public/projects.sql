-- title: 帮扶项目
-- description: 扶贫专项资金、衔接资金安排的项目，从入库到验收。
-- kind: rows
-- ledger: projects
select
  项目编号, 项目名称, 村代码, 项目类别, 资金来源, 是否形成资产,
  入库日期, 批复日期, 下达日期, 计划开工, 开工日期, 计划竣工, 竣工日期, 验收日期,
  预算金额, 结算金额
from projects
order by 项目编号
