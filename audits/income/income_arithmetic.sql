-- title: 收入四项、支出、纯收入、人均不闭合
-- code: INC01
-- clause: 一(二)2
-- basis: 收入测算不规范，收入测算不精准，群众不认可
-- team: 提升脱贫人口人均收入专班
-- severity: 中
-- subject: households
-- population: select count(*) from latest_incomes i left join household_places p on p.户编号 = i.户编号 where in_village(p.村代码)
-- cautions: 查每户最近一个年度；分项空白的按0算，合计、纯收入、人均空白的不比；生产支出补贴加不加都认；容差是本镇约定；按户口人数算人均、家庭人口数填共同生活人数的会误报。
-- remedy: 对照入户采集表重新计算，与农户核对后更正，登记附件1。
with 分项 as (
  select
    i.户编号,
    coalesce(i.公益性岗位收入, 0) + coalesce(i.其他工资性收入, 0) as 工资,
    coalesce(i.资产收益分红, 0) + coalesce(i.其他财产性收入, 0) as 财产,
    coalesce(i.最低生活保障金, 0) + coalesce(i.特困供养金, 0) + coalesce(i.养老金, 0) + coalesce(i.计划生育金, 0)
      + coalesce(i.生态补偿金, 0) + coalesce(i.其他转移性收入, 0) as 转移
  from latest_incomes i
),
应有 as (
  select
    s.户编号,
    s.工资,
    s.财产,
    s.转移,
    s.工资 + coalesce(i.生产经营性收入, 0) + s.财产 + s.转移 - coalesce(i.生产经营性支出, 0) as 纯收入
  from 分项 s
  join latest_incomes i on i.户编号 = s.户编号
),
不闭合 as (
  select
    i.户编号,
    case
      when abs(i.工资性收入 - s.工资) > :收入闭合容差 then '工资性收入填' || money(i.工资性收入) || '元，分项合计' || money(s.工资) || '元；'
      else ''
    end
      || case
        when abs(i.财产性收入 - s.财产) > :收入闭合容差 then '财产性收入填' || money(i.财产性收入) || '元，分项合计' || money(s.财产) || '元；'
        else ''
      end
      || case
        when abs(i.转移性收入 - s.转移) > :收入闭合容差 then '转移性收入填' || money(i.转移性收入) || '元，分项合计' || money(s.转移) || '元；'
        else ''
      end
      || case
        when abs(i.纯收入 - s.纯收入) > :收入闭合容差
          and abs(i.纯收入 - s.纯收入 - coalesce(i.生产支出补贴, 0)) > :收入闭合容差
          then '纯收入填' || money(i.纯收入) || '元，四项收入减支出是' || money(s.纯收入) || '元；'
        else ''
      end
      || case
        when abs(i.人均纯收入 - 1.0 * i.纯收入 / nullif(i.家庭人口数, 0)) > :收入闭合容差
          then '人均纯收入填' || money(i.人均纯收入) || '元，纯收入除以' || cast(i.家庭人口数 as text) || '人是'
            || money(1.0 * i.纯收入 / nullif(i.家庭人口数, 0)) || '元；'
        else ''
      end as 不闭合之处
  from latest_incomes i
  join 应有 s on s.户编号 = i.户编号
)
select
  i.户编号 as 对象,
  p.村代码,
  coalesce(p.称呼, '户台账里没有的户' || i.户编号) || cast(i.年度 as text) || '年度收入测算不闭合：'
    || substr(b.不闭合之处, 1, length(b.不闭合之处) - 1) as 问题,
  i.年度,
  i.家庭人口数,
  i.工资性收入,
  i.生产经营性收入,
  i.财产性收入,
  i.转移性收入,
  i.生产经营性支出,
  i.生产支出补贴,
  i.纯收入,
  i.人均纯收入,
  i.采集人
from latest_incomes i
join 不闭合 b on b.户编号 = i.户编号
left join household_places p on p.户编号 = i.户编号
where b.不闭合之处 <> ''
order by p.村代码, 对象
