-- title: 困难群体未起底排查
-- code: WEL11
-- clause: 一(八)2
-- basis: 对困难群体全面起底排查救助政策落实情况，确保应发尽发
-- team: 农村养老保障专班
-- severity: 中
-- subject: households
-- population: select count(*) from needy_households h where in_village(h.村代码)
-- may_be_empty: person_events, welfare_cases, disability_certificates
-- cautions: 困难群体按脱贫户、没有消除风险的监测户、有救助对象的户、有人持有效残疾人证的户查，文件没有列出是哪些户；排查类型是救助起底的才算；多少天起底一次是本镇约定；全户死亡、迁出的不查；和别的排查一起做了没有分类登记的会误报。
-- remedy: 入户核对各项救助政策落实情况，登记起底排查结果，应发未发的补发，登记附件1。
with 排查 as (
  select
    s.户编号,
    max(s.日期) as 最近日期
  from screenings s
  where s.排查类型 = '救助起底'
    and s.日期 <= :截止日期
  group by s.户编号
)
select
  h.户编号 as 对象,
  h.村代码,
  coalesce(h.村名, '村名不详') || coalesce(h.户主姓名, '户主未填') || '户（户编号' || h.户编号 || '，' || h.类别
    || case when h.另一类别 <> h.类别 then '、' || h.另一类别 else '' end || '）' || coalesce(
    '最近一次救助起底排查是' || s.最近日期 || '，到' || :截止日期 || '已' || cast(days_between(s.最近日期, :截止日期) as text) || '天，超过'
      || plain(:救助起底间隔天数) || '天',
    '没有救助起底排查的记录'
  ) as 问题,
  h.户类型,
  h.类别,
  h.另一类别,
  s.最近日期
from needy_households h
left join 排查 s on s.户编号 = h.户编号
where s.最近日期 is null
  or days_between(s.最近日期, :截止日期) > :救助起底间隔天数
order by h.村代码, 对象
