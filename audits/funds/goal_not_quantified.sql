-- title: 绩效目标未量化
-- code: FUN09
-- clause: 一(六)2
-- basis: 项目绩效目标设定的指标未细化实化量化
-- team: 资金项目专班
-- severity: 中
-- subject: projects
-- population: select count(*) from funded_projects p where in_village(p.村代码)
-- may_be_empty: allocations
-- cautions: 用汉字写数字（如“百分之百”）的；单位写在指标名称里的；社会效益、生态效益、可持续影响可以定性，这三类不要求有数字；绩效目标表报了、台账没有录入的。
-- remedy: 对照绩效目标表，把指标改成有数字、有单位、能核对的，补录台账，登记附件1。
with 数字(字) as (
  values ('0'), ('1'), ('2'), ('3'), ('4'), ('5'), ('6'), ('7'), ('8'), ('9')
),
指标 as (
  select
    x.项目编号,
    x.绩效指标,
    case
      when exists (select 1 from 数字 n where instr(x.目标值, n.字) > 0)
        and (x.计量单位 is not null or replace(x.目标值, '%', '') <> x.目标值)
        then 1
      else 0
    end as 已量化,
    case when x.维度 in ('社会效益', '生态效益', '可持续影响') then 0 else 1 end as 应量化
  from performance x
),
汇总 as (
  select
    m.项目编号,
    count(*) as 指标数,
    sum(m.已量化) as 量化数,
    sum(m.应量化 * (1 - m.已量化)) as 未量化数,
    min(case when m.应量化 * (1 - m.已量化) = 1 then m.绩效指标 end) as 例子
  from 指标 m
  group by m.项目编号
)
select
  p.项目编号 as 对象,
  p.村代码,
  p.称呼 || '（项目编号' || p.项目编号 || '，资金' || p.下达日期 || '下达）'
    || case
      when g.项目编号 is null then '没有绩效指标'
      when g.未量化数 > 0 then '的绩效指标' || g.指标数 || '项，' || g.未量化数 || '项没有量化，如“'
        || coalesce(g.例子, '名称未填') || '”没有数字或单位'
      else '的绩效指标' || g.指标数 || '项全部是定性的，没有一项量化'
    end as 问题,
  p.项目名称,
  p.项目类别,
  p.下达日期,
  g.指标数,
  g.未量化数
from funded_projects p
left join 汇总 g on g.项目编号 = p.项目编号
where g.项目编号 is null
  or g.未量化数 > 0
  or g.量化数 = 0
order by p.村代码, 对象
