-- title: 按月领的救助和残疾人两项补贴，每人每项从哪个月到哪个月有资格（终止月空白是还在享受）
select
  w.身份证号,
  w.户编号,
  case w.救助类别
    when '低保' then '低保金'
    when '特困' then '特困供养金'
    when '孤儿' then '孤儿基本生活费'
    else '事实无人抚养儿童基本生活费'
  end as 项目,
  w.起始月,
  w.终止月
from welfare_cases w
where w.救助类别 in ('低保', '特困', '孤儿', '事实无人抚养')
union all
select
  d.身份证号,
  null as 户编号,
  d.补贴种类 as 项目,
  d.起始月,
  d.终止月
from disability_subsidies d
