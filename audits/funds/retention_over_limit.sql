-- title: 质保金比例超限或到期未退
-- code: FUN12
-- clause: 一(六)
-- basis: 资金使用方面，未按合同约定付款
-- team: 资金项目专班
-- severity: 中
-- subject: contracts
-- population: select count(*) from contracts c join projects j on j.项目编号 = c.项目编号 where in_village(j.村代码)
-- may_be_empty: contract_milestones
-- cautions: 货物、服务采购的履约保证金写成质保金的；质保期内有质量问题没有修复、扣留有依据的；退还日期没有补登的。到期多少天不退算问题是本镇约定，比例上限是建设工程质量保证金的规定。
-- remedy: 查合同条款和质保期验收记录；超比例的改正退还，到期无质量问题的及时退还，登记附件1。
with 到期 as (
  select
    m.合同编号,
    min(m.质保到期日) as 质保到期日,
    sum(m.应付金额) as 应退金额
  from contract_milestones m
  where m.节点 = '质保金'
    and days_between(m.质保到期日, :截止日期) > :质保金退还天数
    and (m.退还日期 is null or m.退还日期 > :截止日期)
  group by m.合同编号
)
select
  c.合同编号 as 对象,
  j.村代码,
  coalesce(v.村名, '') || coalesce(j.项目名称, '名称未填') || '的合同（合同编号' || c.合同编号 || '，乙方'
    || coalesce(c.乙方, '未填') || '）'
    || case when c.质保金比例 > :质保金比例上限
      then '质保金比例' || plain(c.质保金比例) || '%，超过' || plain(:质保金比例上限) || '%' else '' end
    || case when c.质保金比例 > :质保金比例上限 and d.合同编号 is not null then '；' else '' end
    || case when d.合同编号 is not null
      then '质保金' || coalesce(money(d.应退金额) || '元', '') || d.质保到期日 || '到期，到' || :截止日期 || '已'
        || days_between(d.质保到期日, :截止日期) || '天没有退还' else '' end as 问题,
  c.合同名称,
  c.乙方,
  c.金额 as 合同金额,
  c.签订日期,
  c.质保金比例,
  d.质保到期日,
  d.应退金额,
  c.项目编号
from contracts c
join projects j on j.项目编号 = c.项目编号
left join 到期 d on d.合同编号 = c.合同编号
left join villages v on v.村代码 = j.村代码
where c.质保金比例 > :质保金比例上限
  or d.合同编号 is not null
order by j.村代码, 对象
