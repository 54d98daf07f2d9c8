-- title: 资金疑似用于负面清单事项
-- code: FUN03
-- clause: 一(六)1
-- basis: 坚决杜绝衔接资金用于“负面清单”事项
-- team: 资金项目专班
-- severity: 高
-- subject: projects
-- population: select count(*) from funded_projects p where in_village(p.村代码)
-- may_be_empty: allocations, contracts
-- cautions: 只看项目名称和合同名称的字面；民宿接待设施、手机维修培训、农民工工资、盆景种植等是正当用途，已按词表排除，词表没有列到的会误报；名称写得笼统的查不出来，要看合同内容和支付凭证；用语按国家衔接资金管理办法的负面清单整理。
-- remedy: 查实施方案、合同和支付凭证，核实真实用途；确属负面清单的停止支付、收回资金，登记附件1。
with 名称 as (
  select
    p.项目编号,
    '项目名称' as 哪里,
    p.项目名称 as 文字
  from funded_projects p
  union
  select
    c.项目编号,
    '合同名称' as 哪里,
    c.合同名称 as 文字
  from contracts c
),
命中 as (
  select
    m.项目编号,
    min(m.哪里 || '写的是“' || m.文字 || '”，含“' || w.禁用词 || '”') as 说明
  from 名称 m
  join negative_list_words w on instr(m.文字, w.禁用词) > 0
  where not exists (
    select 1
    from lawful_fund_uses e
    where e.禁用词 = w.禁用词
      and instr(m.文字, e.例外词) > 0
  )
  group by m.项目编号
)
select
  p.项目编号 as 对象,
  p.村代码,
  p.称呼 || '（项目编号' || p.项目编号 || '，资金' || p.下达日期 || '下达）' || h.说明 || '，疑似负面清单事项' as 问题,
  p.项目名称,
  p.项目类别,
  p.下达日期
from funded_projects p
join 命中 h on h.项目编号 = p.项目编号
order by p.村代码, 对象
