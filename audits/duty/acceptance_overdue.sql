-- title: 未按期验收或限期整改仍不合格
-- code: DUT09
-- clause: 二(三)
-- basis: 对限期整改仍不合格的，限期未完成初验的要追究相关责任人责任
-- team: 监督执纪专班
-- severity: 高
-- subject: problems
-- population: select count(*) from problems q where in_village(q.村代码)
-- may_be_empty: acceptances
-- cautions: 验收期按整改时限后26天（8月15日到9月10日）算；已报整改完成而没有验收的由“整改完成而无进展或佐证，9月10日后仍无验收”查；以最近一轮验收为准，限期当天不算超期，不合格而没有写限期的按已经到期看待；验收了没有登记的会误报。
-- remedy: 提请补验收；限期整改仍不合格的追究责任，登记约谈问责。
with 最近 as (
  select
    a.问题编号,
    a.轮次,
    a.验收日期,
    a.验收结论,
    a.限期,
    row_number() over (
      partition by a.问题编号
      order by a.轮次 desc, a.验收日期 desc
    ) as 次序
  from acceptances a
  where a.验收日期 <= :截止日期
)
select
  q.问题编号 as 对象,
  q.村代码,
  p.称呼 || case
    when a.问题编号 is null then '整改时限是' || q.时限日期 || '，应在' || add_days(q.时限日期, :整改验收天数) || '前验收，到'
      || :截止日期 || '没有验收'
    else a.验收日期 || '第' || cast(a.轮次 as text) || '轮验收不合格，' || coalesce('限期' || a.限期 || '，', '没有写限期，') || '到'
      || :截止日期 || '没有再验收合格'
  end as 问题,
  q.专班,
  q.整改结果,
  q.时限日期,
  a.轮次,
  a.验收日期,
  a.限期,
  q.责任人
from problems q
join problem_places p on p.问题编号 = q.问题编号
left join 最近 a on a.问题编号 = q.问题编号 and a.次序 = 1
where (
    a.问题编号 is null
    and coalesce(q.整改结果, '正在整改') = '正在整改'
    and add_days(q.时限日期, :整改验收天数) < :截止日期
  )
  or (
    a.验收结论 = '不合格'
    and (a.限期 is null or a.限期 < :截止日期)
  )
order by q.村代码, 对象
