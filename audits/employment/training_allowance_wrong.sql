-- title: 培训生活费补贴未发或超天数
-- code: EMP10
-- clause: 一(七)3
-- basis: 严格落实生活费补贴
-- team: 就业帮扶专班
-- severity: 中
-- subject: trainings
-- population: select count(*) from trainings t left join person_villages p on p.身份证号 = t.身份证号 where in_village(p.村代码)
-- may_be_empty: persons, households
-- cautions: 没有结业、缺勤过多按规定不发的；补贴由培训机构代发没有登记的；一般农户不享受生活费补贴，只查脱贫户和监测户；登记在两户的人有一户是脱贫户、监测户就查。结班多少天内应当发放是本镇约定。
-- remedy: 核对签到表和发放表，没有发的补发，多发的追回，登记附件1。
with 享受 as (
  select
    p.身份证号,
    max(case when h.户类型 = '脱贫户' or h.监测对象类别 is not null then 1 else 0 end) as 应享
  from persons p
  join households h on h.户编号 = p.户编号
  group by p.身份证号
)
select
  t.班次 || '|' || t.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(t.姓名, '姓名未填') || '参加' || t.班次
    || case
      when t.补贴天数 > t.培训天数 and coalesce(t.补贴发放日期, :截止日期) <= :截止日期
        then '，培训' || plain(t.培训天数) || '天，生活费补贴发了' || plain(t.补贴天数) || '天，多'
          || plain(t.补贴天数 - t.培训天数) || '天'
      else '，' || t.结班日期 || '结班，到' || :截止日期 || '已' || days_between(t.结班日期, :截止日期)
        || '天没有发放生活费补贴'
    end as 问题,
  t.姓名,
  t.工种,
  t.开班日期,
  t.结班日期,
  t.培训天数,
  t.补贴天数,
  t.生活费补贴,
  t.补贴发放日期
from trainings t
left join person_villages p on p.身份证号 = t.身份证号
left join 享受 x on x.身份证号 = t.身份证号
where (t.补贴天数 > t.培训天数 and coalesce(t.补贴发放日期, :截止日期) <= :截止日期)
  or (
    (t.补贴发放日期 is null or t.补贴发放日期 > :截止日期)
    and x.应享 = 1
    and days_between(t.结班日期, :截止日期) > :培训补贴发放天数
  )
order by p.村代码, 对象
