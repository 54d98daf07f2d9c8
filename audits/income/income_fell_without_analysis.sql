-- title: 收入下降户未逐户研判施策
-- code: INC05
-- clause: 一(二)1
-- basis: 对低收入人口中的收入下降户，各村要逐户分析研判、因户因人施策
-- team: 提升脱贫人口人均收入专班
-- severity: 中
-- subject: households
-- population: select count(*) from latest_incomes i join household_places p on p.户编号 = i.户编号 where (p.户类型 = '脱贫户' or p.监测对象类别 is not null) and in_village(p.村代码)
-- cautions: 只查脱贫户、监测户，人均纯收入与上一年度比；文件没有写降多少才算，幅度按本镇确认的标准；人口增加使人均下降的也要研判；研判了没有登记、没有写结论的会误报。
-- remedy: 逐户分析下降的原因，写出结论和措施，登记附件1。
with 上年 as (
  select
    i.户编号,
    i.年度,
    max(i.人均纯收入) as 人均纯收入
  from incomes i
  group by i.户编号, i.年度
)
select
  i.户编号 as 对象,
  p.村代码,
  p.称呼 || cast(i.年度 as text) || '年度人均纯收入' || money(i.人均纯收入) || '元，比上一年度的' || money(y.人均纯收入) || '元减少'
    || money(y.人均纯收入 - i.人均纯收入) || '元，没有研判的记录' as 问题,
  p.户类型,
  p.监测对象类别,
  i.年度,
  i.人均纯收入,
  y.人均纯收入 as 上年人均纯收入
from latest_incomes i
join household_places p on p.户编号 = i.户编号
join 上年 y on y.户编号 = i.户编号 and y.年度 = i.年度 - 1
where (p.户类型 = '脱贫户' or p.监测对象类别 is not null)
  and i.人均纯收入 * 100 < y.人均纯收入 * (100 - :收入下降比例)
  and not exists (
    select 1
    from income_analyses a
    where a.户编号 = i.户编号
      and a.年度 = i.年度
      and a.研判日期 <= :截止日期
      and trim(a.结论) <> ''
  )
order by p.村代码, 对象
