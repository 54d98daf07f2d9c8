-- title: 产业项目未归入或重复归入四个一批
-- code: IND11
-- clause: 一(四)3
-- basis: 按要求对“四个一批”开展专项排查，进一步完善“四个一批”台账
-- team: 产业发展专班
-- severity: 中
-- subject: projects
-- population: select count(*) from projects j where j.项目类别 = '产业发展' and in_village(j.村代码)
-- cautions: 只查项目类别是产业发展、已经完工、2016年以后下达的；到户的小型产业项目有的地方合并归类；项目编号填错的会误报；跨村项目没有村代码，只在全镇结果里列出。
-- remedy: 实地查看项目现状，按巩固、升级、盘活、调整归入一类，补登四个一批台账。
with 归类 as (
  select
    k.项目编号,
    count(distinct k.四个一批类别) as 类数,
    min(k.四个一批类别) as 一类,
    max(k.四个一批类别) as 另一类
  from industry_projects k
  group by k.项目编号
),
完工 as (
  select
    j.项目编号,
    coalesce(j.验收日期, j.竣工日期) as 完工日期,
    year_of(coalesce(j.下达日期, j.批复日期, j.入库日期, j.开工日期, j.验收日期, j.竣工日期)) as 项目年度
  from projects j
  where j.项目类别 = '产业发展'
)
select
  j.项目编号 as 对象,
  j.村代码,
  coalesce(v.村名, '') || coalesce(j.项目名称, '名称未填') || '（项目编号' || j.项目编号 || '，'
    || coalesce('结算金额' || money(j.结算金额) || '元', '预算金额' || money(j.预算金额) || '元', '金额未填') || '）'
    || f.完工日期 || '完工，'
    || case
      when k.项目编号 is null then '没有归入“四个一批”的任何一类'
      else '同时归入“四个一批”的' || k.一类 || '、' || k.另一类 || '等' || cast(k.类数 as text) || '类'
    end as 问题,
  j.项目名称,
  f.项目年度,
  j.竣工日期,
  j.验收日期,
  j.预算金额,
  j.结算金额,
  j.资金来源,
  k.类数
from projects j
join 完工 f on f.项目编号 = j.项目编号
left join villages v on v.村代码 = j.村代码
left join 归类 k on k.项目编号 = j.项目编号
where f.完工日期 <= :截止日期
  and f.项目年度 >= :资产起算年度
  and (k.项目编号 is null or k.类数 > 1)
order by j.村代码, 对象
