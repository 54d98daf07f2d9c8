-- title: 超期未入户走访
-- code: DUT10
-- clause: 一(九)3
-- basis: 经常入户走访联系群众、主动嘘寒问暖比较少
-- team: 驻村帮扶专班
-- severity: 中
-- subject: households
-- population: select count(*) from visit_terms k where in_village(k.村代码)
-- standards: 走访间隔天数
-- may_be_empty: person_events
-- cautions: 各类户多少天走访一次按本镇确认的标准，文件没有写；没有确认间隔的一类户不查；没有消除风险的监测户按监测户，风险已消除的按户类型；没有填户类型的按一般农户；全户死亡、迁出的不查；常年在外、电话走访没有登记的，近期才纳入监测的会误报。
-- remedy: 入户走访，了解情况、宣讲政策，登记走访记录。
with 走访 as (
  select
    z.户编号,
    max(z.日期) as 最近日期,
    count(*) as 次数
  from visits z
  where z.日期 <= :截止日期
  group by z.户编号
)
select
  k.户编号 as 对象,
  k.村代码,
  coalesce(k.村名, '村名不详') || coalesce(k.户主姓名, '户主未填') || '户（户编号' || k.户编号 || '，' || k.类别 || '）应当每'
    || plain(k.间隔天数) || '天走访一次，' || coalesce(
    '最近一次走访是' || z.最近日期 || '，到' || :截止日期 || '已' || cast(days_between(z.最近日期, :截止日期) as text) || '天没有走访',
    '没有走访记录'
  ) as 问题,
  k.类别,
  k.间隔天数,
  z.最近日期,
  z.次数
from visit_terms k
left join 走访 z on z.户编号 = k.户编号
where z.最近日期 is null
  or days_between(z.最近日期, :截止日期) > k.间隔天数
order by k.村代码, 对象
