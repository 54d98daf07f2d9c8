-- title: 脱贫户监测户未摸排贷款需求
-- code: IND16
-- clause: 一(四)2
-- basis: 强化对脱贫户和“两类户”的入户走访需求摸排工作，确保应贷尽贷
-- team: 小额信贷专班
-- severity: 低
-- subject: households
-- population: select count(*) from households h where (h.户类型 = '脱贫户' or h.监测对象类别 is not null) and in_village(h.村代码)
-- cautions: 家里没有符合贷款年龄的人的不查；风险已经消除的监测户不查；摸排过没有需求的，要在贷款需求台账里登记“无贷款需求”；标准天数里签过贷款的也算摸排过；多少天摸排一次是本镇约定，不是文件规定。
-- remedy: 入户宣传政策、摸清需求，有需求的帮助申请，没有需求的登记“无贷款需求”。
with 可贷 as (
  select
    r.户编号,
    count(*) as 人数
  from residents r
  where age_on(r.出生日期, :截止日期) >= :小额信贷最低年龄
    and age_on(r.出生日期, :截止日期) <= :小额信贷最高年龄
  group by r.户编号
),
摸排 as (
  select
    q.户编号,
    q.申请日期 as 日期
  from loan_requests q
  union all
  select
    l.户编号,
    l.签订日期 as 日期
  from loans l
),
最近 as (
  select
    m.户编号,
    max(m.日期) as 最近摸排
  from 摸排 m
  where m.日期 <= :截止日期
  group by m.户编号
)
select
  h.户编号 as 对象,
  h.村代码,
  coalesce(v.村名, '村名不详') || coalesce(h.户主姓名, '户主未填') || '户（户编号' || h.户编号 || '，'
    || case when h.户类型 = '脱贫户' then '脱贫户' else h.监测对象类别 end || '）家里有' || cast(k.人数 as text)
    || '人符合贷款年龄，' || coalesce('最近一次摸排贷款需求是' || m.最近摸排, '没有摸排贷款需求的记录') as 问题,
  h.户主姓名,
  h.户类型,
  h.监测对象类别,
  k.人数 as 符合年龄人数,
  m.最近摸排
from households h
join 可贷 k on k.户编号 = h.户编号
left join villages v on v.村代码 = h.村代码
left join 最近 m on m.户编号 = h.户编号
where (
    h.户类型 = '脱贫户'
    or (h.监测对象类别 is not null and coalesce(h.风险是否已消除, '否') = '否')
  )
  and (m.最近摸排 is null or days_between(m.最近摸排, :截止日期) > :贷款需求摸排天数)
order by h.村代码, 对象
