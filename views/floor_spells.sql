-- title: 暂不消除风险的情形：分散供养特困人员，整户无劳动能力且享受全额或最高档农村低保，及其起止月
select
  coalesce(w.户编号, p.户编号) as 户编号,
  case w.救助类别 when '特困' then '分散供养特困人员' else '整户无劳动能力且享受' || w.档次 || '低保' end as 情形,
  w.起始月,
  w.终止月
from welfare_cases w
left join person_villages p on p.身份证号 = w.身份证号
left join households h on h.户编号 = coalesce(w.户编号, p.户编号)
where (w.救助类别 = '特困' and w.供养方式 = '分散供养')
  or (w.救助类别 = '低保' and w.档次 in ('全额', '最高档') and h.整户无劳动能力 = '是')
