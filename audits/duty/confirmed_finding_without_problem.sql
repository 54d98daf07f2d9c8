-- title: 疑点已核实属实未列入问题台账
-- code: DUT04
-- clause: 三(三)
-- basis: 排查问题后，第一时间将问题排查整改台账报送
-- team: 监督执纪专班
-- severity: 高
-- subject: finding_reviews
-- population: select count(*) from finding_reviews w left join findings f on f.审计 = w.审计 and f.对象 = w.对象 where w.核实结果 = '属实' and in_village(f.村代码)
-- may_be_empty: problems
-- cautions: 核实后几天内应当列入是本镇约定，文件只说第一时间；问题台账里有同一审计、同一对象的，或核实记录写了问题编号的算已列入；同一疑点按期间核实几次的以最早一次属实为准；疑点已经消失的也要列入，因为核实时属实。
-- remedy: 列入附件1问题台账，把问题编号填回核实记录。
with 属实 as (
  select
    w.审计,
    w.对象,
    min(w.核实日期) as 核实日期,
    min(w.核实人) as 核实人,
    max(w.问题编号) as 问题编号
  from finding_reviews w
  where w.核实结果 = '属实'
  group by w.审计, w.对象
)
select
  s.审计 || '|' || s.对象 as 对象,
  f.村代码,
  '疑点“' || coalesce(f.问题, s.审计 || '，' || s.对象) || '”' || s.核实日期 || coalesce('经' || s.核实人, '') || '核实属实，到' || :截止日期
    || '已' || cast(days_between(s.核实日期, :截止日期) as text) || '天没有列入问题台账' as 问题,
  s.审计,
  s.对象 as 疑点对象,
  s.核实日期,
  s.核实人
from 属实 s
left join findings f on f.审计 = s.审计 and f.对象 = s.对象
where s.问题编号 is null
  and days_between(s.核实日期, :截止日期) > :疑点列入台账天数
  and not exists (
    select 1
    from problems q
    where q.审计 = s.审计
      and q.对象 = s.对象
  )
order by f.村代码, 对象
