-- title: 到截止日期资金已经下达、在核查年度以内的项目（项目管理费除外，没有填下达日期的看资金下达台账最早一笔）
with 首笔 as (
  select
    a.项目编号,
    min(a.日期) as 日期
  from allocations a
  group by a.项目编号
)
select
  j.项目编号,
  j.项目名称,
  j.项目类别,
  j.村代码,
  coalesce(v.村名, '') || coalesce(j.项目名称, '名称未填') as 称呼,
  coalesce(j.下达日期, f.日期) as 下达日期
from projects j
left join 首笔 f on f.项目编号 = j.项目编号
left join villages v on v.村代码 = j.村代码
where coalesce(j.下达日期, f.日期) <= :截止日期
  and coalesce(j.项目类别, '未填') <> '项目管理费'
  and year_of(coalesce(j.下达日期, f.日期)) >= :资金项目核查起始年度
