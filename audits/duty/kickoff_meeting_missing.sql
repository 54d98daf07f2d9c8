-- title: 村未按期召开动员部署会
-- code: DUT15
-- clause: 二(一)
-- basis: 各村要立即召开问题排查整改动员部署会
-- team: 监督执纪专班
-- severity: 中
-- subject: villages
-- population: select count(*) from villages v where in_village(v.村代码)
-- may_be_empty: reports
-- cautions: 开没有开会以报送资料里的动员部署记录为准，开了没有报的会误报；期限取报送任务里动员部署记录最早的应报日期（文件是7月25日前），当天报的算按期；迟报的也列。
-- remedy: 没有开的补开，开了的补报会议记录并说明原因。
with 期限 as (
  select min(d.应报日期) as 应报日期
  from report_duties d
  where d.报送种类 = '动员部署记录'
),
记录 as (
  select
    r.村代码,
    min(r.报送日期) as 报送日期
  from reports r
  where r.报送种类 = '动员部署记录'
    and r.报送日期 <= :截止日期
  group by r.村代码
)
select
  v.村代码 as 对象,
  v.村代码,
  v.村名 || '应在' || x.应报日期 || '前召开动员部署会，' || coalesce(
    r.报送日期 || '才报动员部署记录，迟了' || cast(days_between(x.应报日期, r.报送日期) as text) || '天',
    '到' || :截止日期 || '没有动员部署记录'
  ) as 问题,
  v.村名,
  x.应报日期,
  r.报送日期
from villages v
cross join 期限 x
left join 记录 r on r.村代码 = v.村代码
where x.应报日期 < :截止日期
  and (r.报送日期 is null or r.报送日期 > x.应报日期)
order by v.村代码, 对象
