-- title: 脱贫户监测户人均纯收入最低20%户无增收举措
-- code: INC04
-- clause: 一(二)1
-- basis: 全面梳理人均纯收入最低20%户的实际情况
-- team: 提升脱贫人口人均收入专班
-- severity: 中
-- subject: households
-- population: select count(*) from latest_incomes i join household_places p on p.户编号 = i.户编号 where (p.户类型 = '脱贫户' or p.监测对象类别 is not null) and in_village(p.村代码)
-- cautions: 在全镇脱贫户、监测户里排名，不是在村里排名；人均纯收入空白的不排；测算年度上年10月1日以后的举措都算；整户没有劳动能力、由兜底保障的，可以登记转移性收入的举措；落实了没有登记的会误报。
-- remedy: 逐户分析，对照县里32条增收举措落实一条以上并登记，登记附件1。
with 排名 as (
  select
    i.户编号,
    i.年度,
    i.人均纯收入,
    row_number() over (order by i.人均纯收入, i.户编号) as 名次,
    count(*) over () as 户数
  from latest_incomes i
  join household_places p on p.户编号 = i.户编号
  where (p.户类型 = '脱贫户' or p.监测对象类别 is not null)
    and i.人均纯收入 is not null
)
select
  k.户编号 as 对象,
  p.村代码,
  p.称呼 || cast(k.年度 as text) || '年度人均纯收入' || money(k.人均纯收入) || '元，在全镇' || cast(k.户数 as text)
    || '户脱贫户、监测户里倒数第' || cast(k.名次 as text) || '，属于最低' || plain(:最低收入户比例) || '%，没有增收举措的记录' as 问题,
  p.户类型,
  p.监测对象类别,
  k.年度,
  k.人均纯收入,
  k.名次,
  k.户数
from 排名 k
join household_places p on p.户编号 = k.户编号
where k.名次 * 100 <= k.户数 * :最低收入户比例
  and not exists (
    select 1
    from income_measures m
    where m.户编号 = k.户编号
      and m.日期 >= cast(k.年度 - 1 as text) || '-10-01'
      and m.日期 <= :截止日期
  )
order by p.村代码, 对象
