-- title: 应报周调度、周通报未报
-- code: DUT08
-- clause: 二(二)
-- basis: 整改期间对重点工作实行每周调度、每周通报
-- team: 监督执纪专班
-- severity: 中
-- subject: report_duties
-- population: select count(*) from report_duties d where d.报送种类 in ('周调度', '周通报') and in_village(d.村代码)
-- may_be_empty: reports
-- cautions: 哪个单位哪一周应报由报送任务台账规定；应报日期当天不算没有报；迟报的不列；报送资料里没有写报送日期的按没有报看待；单位名称、期次与报送任务写法不同的会误报。
-- remedy: 补报；确实报过的补登报送日期。
select
  d.报送单位 || '|' || d.报送种类 || '|' || d.期次 as 对象,
  d.村代码,
  d.报送单位 || '第' || d.期次 || '期' || d.报送种类 || '应在' || d.应报日期 || '报，到' || :截止日期 || '已过'
    || cast(days_between(d.应报日期, :截止日期) as text) || '天没有报' as 问题,
  d.报送单位,
  d.报送种类,
  d.期次,
  d.应报日期
from report_duties d
where d.报送种类 in ('周调度', '周通报')
  and d.应报日期 < :截止日期
  and not exists (
    select 1
    from reports r
    where r.报送单位 = d.报送单位
      and r.报送种类 = d.报送种类
      and r.期次 = d.期次
      and r.报送日期 <= :截止日期
  )
order by d.村代码, 对象
