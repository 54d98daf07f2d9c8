-- title: 招标、监理、变更、验收程序缺失
-- code: FUN15
-- clause: 一(六)
-- basis: 建设过程不规范
-- team: 资金项目专班
-- severity: 高
-- subject: projects
-- population: select count(*) from funded_projects p where p.项目编号 in (select c.项目编号 from contracts c) and in_village(p.村代码)
-- may_be_empty: allocations, project_files, project_payments
-- cautions: 以工代赈、村民自建按规定可以不招标、不请监理的，已经排除；货物、服务合同不需要监理，只看名称含“施工”“工程”的合同；一个项目有几份合同的，结算和变更按合同合计比；分批验收的。招标、监理限额和结算超合同多少要有变更手续，以县里规定为准，示范值是本镇约定。
-- remedy: 查招标、监理、变更、验收资料，补齐手续；规避招标、未验先付的移交有关部门，登记附件1。
with 合同 as (
  select
    c.项目编号,
    sum(c.金额) as 合同金额,
    max(
      case
        when c.金额 >= :招标限额
          and coalesce(c.采购方式, '未填') not in ('公开招标', '邀请招标', '村民自建', '以工代赈')
          then 1
        else 0
      end
    ) as 未招标,
    max(
      case
        when c.金额 >= :监理限额
          and (instr(c.合同名称, '施工') > 0 or instr(c.合同名称, '工程') > 0)
          and c.监理单位 is null
          and coalesce(c.采购方式, '未填') not in ('村民自建', '以工代赈')
          then 1
        else 0
      end
    ) as 无监理
  from contracts c
  group by c.项目编号
),
验收款 as (
  select
    y.项目编号,
    min(y.实付日期) as 实付日期
  from project_payments y
  where y.节点 in ('验收款', '结算款')
    and y.实付日期 <= :截止日期
  group by y.项目编号
),
判断 as (
  select
    c.项目编号,
    c.合同金额,
    c.未招标,
    c.无监理,
    case
      when 100.0 * j.结算金额 > c.合同金额 * (100 + :变更幅度) and f.项目编号 is null then 1
      else 0
    end as 无变更,
    case
      when j.验收日期 < j.竣工日期 then 1
      when y.实付日期 is not null and j.验收日期 is null then 1
      when y.实付日期 < j.验收日期 then 1
      else 0
    end as 验收不合程序,
    j.结算金额,
    j.竣工日期,
    j.验收日期,
    y.实付日期
  from 合同 c
  join projects j on j.项目编号 = c.项目编号
  left join project_files f
    on f.项目编号 = c.项目编号
    and f.项目档案项 = '变更资料'
    and f.齐全情况 = '齐全'
  left join 验收款 y on y.项目编号 = c.项目编号
)
select
  p.项目编号 as 对象,
  p.村代码,
  p.称呼 || '（项目编号' || p.项目编号 || '，' || coalesce('合同金额' || money(d.合同金额) || '元', '合同金额未填') || '）'
    || case when d.未招标 = 1 then '达到招标限额' || money(:招标限额) || '元没有招标；' else '' end
    || case when d.无监理 = 1 then '达到监理限额' || money(:监理限额) || '元没有监理单位；' else '' end
    || case when d.无变更 = 1 then '结算金额' || money(d.结算金额) || '元，超过合同' || plain(:变更幅度)
      || '%以上没有变更资料；' else '' end
    || case when d.验收不合程序 = 1 then '竣工日期' || coalesce(d.竣工日期, '未填') || '，验收日期'
      || coalesce(d.验收日期, '未填') || coalesce('，' || d.实付日期 || '支付验收结算款', '') || '，验收程序前后颠倒；' else '' end
    || '程序不全' as 问题,
  p.项目名称,
  p.项目类别,
  p.下达日期,
  d.合同金额,
  d.结算金额,
  d.竣工日期,
  d.验收日期
from funded_projects p
join 判断 d on d.项目编号 = p.项目编号
where d.未招标 + d.无监理 + d.无变更 + d.验收不合程序 > 0
order by p.村代码, 对象
