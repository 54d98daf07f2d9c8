-- title: 有产品待售的村长期无消费帮扶记录
-- code: INC09
-- clause: 一(二)3
-- basis: 组织开展“五进九销”消费帮扶活动
-- team: 消费帮扶专班
-- severity: 低
-- subject: villages
-- population: select count(*) from (select distinct s.村代码 from village_products s where s.年度 = year_of(:截止日期) and s.待售数量 > 0) k where in_village(k.村代码)
-- cautions: 只看当年登记了待售数量的村；多少天没有记录算长期是本镇约定；产品还没有收获、刚登记不久的不算，从登记日期起算；通过合作社、电商平台销售没有登记到村的会误报。
-- remedy: 对接机关、学校、企业、市场和电商渠道，组织一次销售并登记，登记附件1。
with 待售 as (
  select
    s.村代码,
    min(s.产品) as 产品,
    count(*) as 种数,
    min(s.登记日期) as 登记日期
  from village_products s
  where s.年度 = year_of(:截止日期)
    and s.待售数量 > 0
  group by s.村代码
),
销售 as (
  select
    x.村代码,
    max(x.日期) as 最近日期
  from consumption_aid x
  where x.日期 <= :截止日期
  group by x.村代码
)
select
  w.村代码 as 对象,
  w.村代码,
  coalesce(v.村名, '村名不详') || '有' || w.产品 || case when w.种数 > 1 then '等' || cast(w.种数 as text) || '种产品' else '' end || '待售，'
    || coalesce('最近一次消费帮扶是' || x.最近日期 || '，到' || :截止日期 || '已' || cast(days_between(x.最近日期, :截止日期) as text) || '天',
      '没有消费帮扶的记录') as 问题,
  w.种数,
  w.登记日期,
  x.最近日期
from 待售 w
left join villages v on v.村代码 = w.村代码
left join 销售 x on x.村代码 = w.村代码
where (w.登记日期 is null or days_between(w.登记日期, :截止日期) > :消费帮扶间隔天数)
  and (x.最近日期 is null or days_between(x.最近日期, :截止日期) > :消费帮扶间隔天数)
order by 对象
