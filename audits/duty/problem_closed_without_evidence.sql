-- title: 整改完成而无进展或佐证，9月10日后仍无验收
-- code: DUT02
-- clause: 三(三)
-- basis: 进行初步验收、完成“一问题一档案”等整改工作
-- team: 监督执纪专班
-- severity: 高
-- subject: problems
-- population: select count(*) from problems q where in_village(q.村代码)
-- may_be_empty: problem_log, acceptances
-- cautions: 只查整改结果是整改完成、整改完成长期坚持的；佐证以整改进展记录里填的为准，材料在档案里而没有登记的会误报；验收期按整改时限后26天（8月15日到9月10日）算，期内没有验收的不列，验收不合格的另有审计。
-- remedy: 补登整改进展和佐证；没有佐证的改回正在整改；提请验收并登记结论。
with 佐证 as (
  select distinct g.问题编号
  from problem_log g
  where trim(g.佐证) <> ''
),
验收 as (
  select distinct a.问题编号
  from acceptances a
  where a.验收日期 <= :截止日期
),
核对 as (
  select
    q.问题编号,
    case when trim(coalesce(q.整改进展, '')) = '' then '整改进展没有填；' else '' end
      || case when e.问题编号 is null then '没有登记佐证；' else '' end
      || case
        when a.问题编号 is null and add_days(q.时限日期, :整改验收天数) < :截止日期 then '到'
          || add_days(q.时限日期, :整改验收天数) || '验收期已过，没有验收；'
        else ''
      end as 缺少
  from problems q
  left join 佐证 e on e.问题编号 = q.问题编号
  left join 验收 a on a.问题编号 = q.问题编号
  where q.整改结果 in ('整改完成', '整改完成长期坚持')
)
select
  q.问题编号 as 对象,
  q.村代码,
  p.称呼 || '已填“' || q.整改结果 || '”，但是' || substr(k.缺少, 1, length(k.缺少) - 1) as 问题,
  q.专班,
  q.整改结果,
  q.整改进展,
  q.时限日期,
  q.办结日期,
  q.责任人,
  q.督办人
from 核对 k
join problems q on q.问题编号 = k.问题编号
join problem_places p on p.问题编号 = q.问题编号
where k.缺少 <> ''
order by q.村代码, 对象
