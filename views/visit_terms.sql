-- title: 有在册的人的户属于哪一类、多少天应当入户走访一次（没有确认间隔的一类户没有这一行）
with 间隔 as (
  select
    t.档次 as 类别,
    max(t.数值) as 间隔天数
  from confirmed_standards t
  where t.项目 = '走访间隔天数'
    and t.生效日期 <= :截止日期
    and (t.失效日期 is null or t.失效日期 >= :截止日期)
  group by t.档次
),
分类 as (
  select
    h.户编号,
    h.村代码,
    h.村名,
    h.户主姓名,
    case
      when h.监测对象类别 is not null and coalesce(h.风险是否已消除, '否') <> '是' then '监测户'
      when h.户类型 = '脱贫户' then '脱贫户'
      else '一般农户'
    end as 类别
  from lived_households h
)
select
  k.户编号,
  k.村代码,
  k.村名,
  k.户主姓名,
  k.类别,
  g.间隔天数
from 分类 k
join 间隔 g on g.类别 = k.类别
