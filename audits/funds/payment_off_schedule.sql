-- title: 未按合同约定节点付款
-- code: FUN07
-- clause: 一(六)
-- basis: 资金使用方面，未按合同约定付款
-- team: 资金项目专班
-- severity: 中
-- subject: project_payments
-- population: select count(*) from project_payments y join projects j on j.项目编号 = y.项目编号 where y.合同编号 is not null and in_village(j.村代码)
-- cautions: 节点达成日期没有登记的；因乙方开票迟、质量有争议、上级资金没有到位而晚付的；合同约定有宽限期的；支付没有填应付日期的看合同付款节点。晚付多少天算问题是本镇约定，不是文件规定。
-- remedy: 对照合同付款条款、验收单和支付凭证；提前付的说明原因，拖欠的及时支付，登记附件1。
with 节点 as (
  select
    m.合同编号,
    m.节点,
    min(m.达成日期) as 达成日期,
    max(m.应付日期) as 应付日期
  from contract_milestones m
  group by m.合同编号, m.节点
),
支付 as (
  select
    y.支付编号,
    y.项目编号,
    y.收款方,
    y.收款方类型,
    y.节点,
    coalesce(y.应付日期, m.应付日期) as 应付日期,
    y.实付日期,
    y.金额,
    m.合同编号 as 有节点,
    m.达成日期
  from project_payments y
  left join 节点 m
    on m.合同编号 = y.合同编号
    and m.节点 = y.节点
  where y.合同编号 is not null
    and coalesce(y.收款方类型, '未填') not in ('乡镇', '行业部门')
)
select
  s.支付编号 as 对象,
  j.村代码,
  coalesce(v.村名, '') || coalesce(j.项目名称, '名称未填') || '的' || coalesce(s.节点, '一笔款') || '（支付编号'
    || s.支付编号 || '，' || coalesce(money(s.金额) || '元', '金额未填') || '）'
    || case
      when s.实付日期 < s.达成日期 and s.实付日期 <= :截止日期 then s.实付日期 || '支付，付款条件' || s.达成日期 || '才达成，提前'
        || days_between(s.实付日期, s.达成日期) || '天'
      when s.有节点 is not null and s.达成日期 is null and s.实付日期 <= :截止日期
        then s.实付日期 || '支付，付款条件还没有达成'
      when s.实付日期 <= :截止日期 then '应当在' || s.应付日期 || '以前支付，实际' || s.实付日期 || '支付，晚'
        || days_between(s.应付日期, s.实付日期) || '天'
      else '应当在' || s.应付日期 || '以前支付，到' || :截止日期 || '还没有支付，已晚'
        || days_between(s.应付日期, :截止日期) || '天'
    end as 问题,
  s.收款方,
  s.节点,
  s.达成日期,
  s.应付日期,
  s.实付日期,
  s.金额,
  s.项目编号
from 支付 s
join projects j on j.项目编号 = s.项目编号
left join villages v on v.村代码 = j.村代码
where (s.实付日期 < s.达成日期 and s.实付日期 <= :截止日期)
  or (s.有节点 is not null and s.达成日期 is null and s.实付日期 <= :截止日期)
  or days_between(
    s.应付日期,
    case when s.实付日期 <= :截止日期 then s.实付日期 else :截止日期 end
  ) > :付款宽限天数
order by j.村代码, 对象
