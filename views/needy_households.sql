-- title: 困难群体的户：脱贫户、没有消除风险的监测户、有人享受社会救助或持有效残疾人证的户（要有在册的人）
with 困难 as (
  select
    s.户编号,
    s.类别
  from supported_households s
  union all
  select
    m.户编号,
    w.救助类别 || '对象' as 类别
  from residents m
  join active_welfare w on w.身份证号 = m.身份证号
  union all
  select
    m.户编号,
    '持残疾人证' as 类别
  from residents m
  join valid_certificates c on c.身份证号 = m.身份证号
)
select
  h.户编号,
  h.村代码,
  h.村名,
  h.户主姓名,
  h.户类型,
  min(k.类别) as 类别,
  max(k.类别) as 另一类别
from lived_households h
join 困难 k on k.户编号 = h.户编号
group by h.户编号, h.村代码, h.村名, h.户主姓名, h.户类型
