-- title: 附件1的每条问题怎样称呼
select
  q.问题编号,
  q.村代码,
  case when instr(q.对照排查内容排查出的具体问题, v.村名) = 0 then v.村名 else '' end || '问题“'
    || coalesce(q.对照排查内容排查出的具体问题, '内容未填') || '”（' || q.问题编号 || '，' || coalesce(q.专班, '专班未填') || '）' as 称呼
from problems q
left join villages v on v.村代码 = q.村代码
