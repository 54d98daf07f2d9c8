-- title: 附件1填报不符合填表说明
-- code: DUT06
-- clause: 附件1
-- basis: 整改措施要有针对性、可行性……整改进展填写已经做了的具体工作
-- team: 监督执纪专班
-- severity: 中
-- subject: problems
-- population: select count(*) from problems q where in_village(q.村代码)
-- cautions: 整改进展是否只写打算按开头的词判断，措施和进展是否只是一句空话按整格的文字判断，词表没有列到的查不出来；措施有没有针对性要人看；村级台账的责任人可以是村干部，不比对；牵头单位与专班的牵头单位不同、或专班没有登记主要负责人的不比对；责任人后面写了职务或写了几个人的会误报；新发现的问题还没有进展的。
-- remedy: 退回填表人按附件1填表说明补正。
with 只写打算 as (
  -- 进展以“将于”“计划”等开头，又没有写已经做了什么
  select
    q.问题编号,
    min(w.打算) as 打算
  from problems q
  join intention_phrases w on substr(trim(q.整改进展), 1, length(w.打算)) = w.打算
  left join done_phrases d on instr(q.整改进展, d.已做) > 0
  where d.已做 is null
  group by q.问题编号
),
填报 as (
  select
    q.问题编号,
    case
        when trim(coalesce(q.整改措施, '')) = '' then '整改措施没有填；'
        when m.空话 is not null then '整改措施只写了“' || m.空话 || '”，没有写怎样整改；'
        else ''
      end
      || case
        when trim(coalesce(q.整改进展, '')) = '' then '整改进展没有填；'
        when e.空话 is not null then '整改进展只写了“' || e.空话 || '”，没有写已经做了的工作；'
        when i.问题编号 is not null then '整改进展以“' || i.打算 || '”开头，没有写已经做了的工作；'
        else ''
      end
      || case
        when trim(coalesce(q.整改时限, '')) = '' then '整改时限没有填；'
        when q.时限日期 is null and q.整改时限 like '%月%日%' and instr(q.整改时限, '年') = 0
          then '整改时限没有写明年份，算不出是否超期；'
        when q.时限日期 is null then '整改时限没有明确到哪一天；'
        else ''
      end
      || case when q.整改结果 is null then '整改结果没有填；' else '' end
      || case when trim(coalesce(q.牵头单位, '')) = '' then '牵头单位没有填；' else '' end
      || case
        when trim(coalesce(q.责任人, '')) = '' then '责任人没有填；'
        when t.专班 is not null then '责任人填的是' || q.责任人 || '，牵头单位主要负责人是' || t.主要负责人 || '；'
        else ''
      end as 不符之处
  from problems q
  left join 只写打算 i on i.问题编号 = q.问题编号
  left join empty_phrases m on m.空话 = replace(trim(q.整改措施), '。', '')
  left join empty_phrases e on e.空话 = replace(trim(q.整改进展), '。', '')
  left join teams t
    on t.专班 = q.专班
    and t.牵头单位 = q.牵头单位
    and t.主要负责人 <> q.责任人
    and coalesce(q.级别, '镇') <> '村'
)
select
  q.问题编号 as 对象,
  q.村代码,
  case when instr(q.对照排查内容排查出的具体问题, v.村名) > 0 then '' else coalesce(v.村名, '') end || '问题“' || coalesce(q.对照排查内容排查出的具体问题, '内容未填') || '”（' || q.问题编号
    || '）的附件1填报不符合填表说明：' || substr(f.不符之处, 1, length(f.不符之处) - 1) as 问题,
  q.级别,
  q.专班,
  q.整改措施,
  q.整改进展,
  q.整改时限,
  q.时限日期,
  q.整改结果,
  q.牵头单位,
  q.责任人,
  q.填表人
from problems q
join 填报 f on f.问题编号 = q.问题编号
left join villages v on v.村代码 = q.村代码
where f.不符之处 <> ''
  and coalesce(q.填报日期, :截止日期) <= :截止日期
order by q.村代码, 对象
