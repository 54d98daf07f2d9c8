-- title: 到截止日期已经付到最终收款人的项目资金（拨给乡镇、行业部门的不算，转付出去的算）
select
  y.支付编号,
  y.项目编号,
  y.合同编号,
  y.金额
from project_payments y
where y.实付日期 <= :截止日期
  and coalesce(y.收款方类型, '未填') not in ('乡镇', '行业部门')
