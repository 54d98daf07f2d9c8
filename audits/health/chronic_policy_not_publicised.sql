-- title: 未开展慢特病政策宣传
-- code: HEA14
-- clause: 一(一)2
-- basis: 慢特病政策宣传不到位
-- team: 健康医疗保障专班
-- severity: 中
-- subject: villages
-- population: select count(*) from villages v where in_village(v.村代码)
-- cautions: 综合宣传里讲了慢特病的，内容要写出“慢特病”才认得出；县里、卫生院统一组织的也要登记到村；多少天至少宣传一次是本镇约定。
-- remedy: 由村两委和村医用村民会议、微信群、入户等方式宣传门诊慢特病政策，留存资料，登记附件1。
with 宣传 as (
  select
    p.村代码,
    max(p.日期) as 最近日期
  from publicity p
  where (p.主题 = '门诊慢特病' or instr(p.内容, '慢特病') > 0)
    and p.日期 <= :截止日期
  group by p.村代码
)
select
  v.村代码 as 对象,
  v.村代码,
  coalesce(v.村名, '村名不详') || case
    when n.最近日期 is null then '台账里没有任何门诊慢特病政策宣传'
    else '最近一次门诊慢特病政策宣传是' || n.最近日期 || '，到' || :截止日期 || '已'
      || cast(days_between(n.最近日期, :截止日期) as text) || '天'
  end as 问题,
  n.最近日期
from villages v
left join 宣传 n on n.村代码 = v.村代码
where n.最近日期 is null
  or days_between(n.最近日期, :截止日期) > :慢特病宣传间隔天数
order by v.村代码, 对象
