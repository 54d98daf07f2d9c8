-- title: 帮扶项目资产
-- description: 经营性、公益性资产；到户类资产和属于农户的资产不公开，所有权人、经营主体、管护人不公开。
-- kind: rows
-- ledger: assets
select
  资产编号, 资产名称, 村代码, 资产类别, 项目编号, 权属层级, 使用状态, 购建年度, 原值,
  确权日期, 移交日期, 停用日期, 合同起, 合同止, 年收益约定,
  published(受益户数) as 受益户数, 资金来源
from assets
where 资产类别 in ('经营性', '公益性')
  and coalesce(权属层级, '') <> '农户'
order by 资产编号
