-- title: 多村问题或措施文字雷同、措施无针对性
-- code: DUT05
-- clause: 三(三)
-- basis: 整改措施要有针对性、可行性
-- team: 监督执纪专班
-- severity: 中
-- subject: problems
-- population: select count(*) from problems q where in_village(q.村代码)
-- cautions: 几个村完全相同算雷同、多少字以内的套话算没有针对性，都是本镇约定；去掉本村村名再比，只差一个数字的不算雷同；没有村代码的镇级问题不参加比较；同一类问题统一部署、措施确实一样的，简短而具体的措施不含词表里套话的，要人看。
-- remedy: 退回填表人，按本村实际写清谁、在哪、差什么，措施写到人、写到事。
with 文字 as (
  select
    q.问题编号,
    q.村代码,
    v.村名,
    q.专班,
    trim(q.对照排查内容排查出的具体问题) as 具体问题,
    trim(q.整改措施) as 整改措施,
    replace(trim(q.对照排查内容排查出的具体问题), coalesce(v.村名, '村名不详'), '') as 问题去村名,
    replace(trim(q.整改措施), coalesce(v.村名, '村名不详'), '') as 措施去村名
  from problems q
  left join villages v on v.村代码 = q.村代码
),
同问题 as (
  select
    t.问题去村名,
    count(distinct t.村代码) as 村数
  from 文字 t
  group by t.问题去村名
),
同措施 as (
  select
    t.措施去村名,
    count(distinct t.村代码) as 村数
  from 文字 t
  group by t.措施去村名
),
套话 as (
  select
    t.问题编号,
    min(w.套话) as 套话
  from 文字 t
  join empty_measures w on instr(t.整改措施, w.套话) > 0
  where length(t.整改措施) <= :空泛措施字数
  group by t.问题编号
),
比较 as (
  select
    t.问题编号,
    t.村代码,
    t.村名,
    t.专班,
    t.具体问题,
    t.整改措施,
    a.村数 as 问题相同村数,
    m.村数 as 措施相同村数,
    case when t.村代码 is not null and a.村数 >= :文字雷同村数 then cast(a.村数 as text) || '个村的问题文字完全相同；' else '' end
      || case when t.村代码 is not null and m.村数 >= :文字雷同村数 then cast(m.村数 as text) || '个村的整改措施文字完全相同；' else '' end
      || case when w.问题编号 is not null then '整改措施只有' || cast(length(t.整改措施) as text) || '个字，是“' || w.套话 || '”一类的套话，没有针对性；' else '' end
      as 不符之处
  from 文字 t
  left join 同问题 a on a.问题去村名 = t.问题去村名
  left join 同措施 m on m.措施去村名 = t.措施去村名
  left join 套话 w on w.问题编号 = t.问题编号
)
select
  b.问题编号 as 对象,
  b.村代码,
  case when instr(b.具体问题, b.村名) > 0 then '' else coalesce(b.村名, '') end || '问题“' || coalesce(b.具体问题, '内容未填') || '”（' || b.问题编号 || '，措施“'
    || coalesce(b.整改措施, '没有填') || '”）' || substr(b.不符之处, 1, length(b.不符之处) - 1) as 问题,
  b.专班,
  b.具体问题,
  b.整改措施,
  b.问题相同村数,
  b.措施相同村数
from 比较 b
where b.不符之处 <> ''
order by b.村代码, 对象
