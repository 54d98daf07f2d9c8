-- title: 收款方不是合同乙方
-- code: FUN06
-- clause: 一(六)
-- basis: 资金使用方面，未按合同约定付款
-- team: 资金项目专班
-- severity: 高
-- subject: project_payments
-- population: select count(*) from project_payments y join projects j on j.项目编号 = y.项目编号 where y.合同编号 is not null and in_village(j.村代码)
-- cautions: 乙方改过名称、写简称或分公司收款的；法院协助执行、债权转让给第三方的；农民工工资专户和到户补助不查，拨给乡镇、行业部门的另有审计；收款方或乙方空白的查不出来。
-- remedy: 核对合同、委托付款手续和银行回单；无手续付给第三方的追回重付，登记附件1。
select
  y.支付编号 as 对象,
  j.村代码,
  coalesce(v.村名, '') || coalesce(j.项目名称, '名称未填') || '的一笔支付（支付编号' || y.支付编号 || '，合同编号'
    || y.合同编号 || '，' || coalesce(y.实付日期, '日期未填') || '，' || coalesce(money(y.金额) || '元', '金额未填')
    || '）付给了' || y.收款方 || '，合同乙方是' || c.乙方 as 问题,
  y.收款方,
  y.收款方类型,
  c.乙方,
  c.合同名称,
  y.节点,
  y.实付日期,
  y.金额,
  y.项目编号
from project_payments y
join contracts c on c.合同编号 = y.合同编号
join projects j on j.项目编号 = y.项目编号
left join villages v on v.村代码 = j.村代码
where replace(y.收款方, ' ', '') <> replace(c.乙方, ' ', '')
  and coalesce(y.实付日期, :截止日期) <= :截止日期
  and coalesce(y.收款方类型, '未填') not in ('农户', '农民工工资专户', '乡镇', '行业部门')
order by j.村代码, 对象
