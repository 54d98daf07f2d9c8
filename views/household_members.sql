-- title: 每户到截止日期在册的人：最年长的哪天出生、几人患大病、几个劳动力
select
  p.户编号,
  min(p.出生日期) as 最早出生,
  sum(case when instr(p.健康状况, '患有大病') > 0 then 1 else 0 end) as 大病人数,
  sum(case when p.劳动技能 in ('普通劳动力', '技能劳动力') then 1 else 0 end) as 劳动力人数
from persons p
join residents r on r.身份证号 = p.身份证号 and r.户编号 = p.户编号
group by p.户编号
