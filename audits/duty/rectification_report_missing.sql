-- title: 台账、方案、整改报告未按期报送
-- code: DUT14
-- clause: 二(二)
-- basis: 8月15日前，各专班、各村要形成整改报告
-- team: 监督执纪专班
-- severity: 中
-- subject: report_duties
-- population: select count(*) from report_duties d where d.报送种类 in ('排查台账', '整改方案', '整改报告') and in_village(d.村代码)
-- may_be_empty: reports
-- cautions: 哪个单位应报什么由报送任务台账规定；应报日期当天报的算按期；迟报的也列；分几次报的以最早一次为准；没有写报送日期的按没有报看待；单位名称、期次与报送任务写法不同的会误报。
-- remedy: 没有报的补报，迟报的说明原因；确实按期报过的更正报送日期。
with 报送 as (
  select
    r.报送单位,
    r.报送种类,
    r.期次,
    min(r.报送日期) as 报送日期
  from reports r
  where r.报送日期 <= :截止日期
  group by r.报送单位, r.报送种类, r.期次
)
select
  d.报送单位 || '|' || d.报送种类 || '|' || d.期次 as 对象,
  d.村代码,
  d.报送单位 || '的' || d.报送种类 || '应在' || d.应报日期 || '前报，' || coalesce(
    r.报送日期 || '才报，迟了' || cast(days_between(d.应报日期, r.报送日期) as text) || '天',
    '到' || :截止日期 || '已过' || cast(days_between(d.应报日期, :截止日期) as text) || '天没有报'
  ) as 问题,
  d.报送单位,
  d.报送种类,
  d.期次,
  d.应报日期,
  r.报送日期
from report_duties d
left join 报送 r
  on r.报送单位 = d.报送单位
  and r.报送种类 = d.报送种类
  and r.期次 = d.期次
where d.报送种类 in ('排查台账', '整改方案', '整改报告')
  and d.应报日期 < :截止日期
  and (r.报送日期 is null or r.报送日期 > d.应报日期)
order by d.村代码, 对象
