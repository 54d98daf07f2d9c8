-- title: 获得资金的经营主体没有联农带农
-- code: IND13
-- clause: 一(四)1
-- basis: 经营主体与农户利益联结机制不够紧密，联农带农方式比较单一
-- team: 产业发展专班
-- severity: 高
-- subject: projects
-- population: select count(distinct a.项目编号) from assets a where a.资产类别 = '经营性' and a.经营主体 is not null and in_village(a.村代码)
-- cautions: 经营主体按项目形成的经营性资产由谁经营看；只登记了主体、没有填项目编号的带农记录也算；主体名称写法不一致的会误报；已报废的资产不查；村集体自己经营、收益用于全村的，也应登记收益分红。
-- remedy: 督促主体与农户签订订单、务工、流转、分红等协议，登记联农带农台账和附件1。
with 主体 as (
  select
    a.项目编号,
    min(a.经营主体) as 经营主体,
    count(distinct a.经营主体) as 主体数,
    sum(a.原值) as 原值,
    min(a.村代码) as 村代码
  from assets a
  where a.资产类别 = '经营性'
    and coalesce(a.使用状态, '在用') <> '报废'
    and a.经营主体 is not null
  group by a.项目编号
),
只写主体 as (
  select
    b.经营主体
  from benefit_links b
  where b.项目编号 is null
  group by b.经营主体
),
有带动 as (
  select
    b.项目编号
  from benefit_links b
  union
  select
    a.项目编号
  from assets a
  join 只写主体 s on s.经营主体 = a.经营主体
)
select
  j.项目编号 as 对象,
  coalesce(j.村代码, m.村代码) as 村代码,
  coalesce(v.村名, '') || coalesce(j.项目名称, '名称未填') || '（项目编号' || j.项目编号 || '，'
    || coalesce('形成经营性资产' || money(m.原值) || '元', '资产原值未填') || '）由' || m.经营主体
    || case when m.主体数 > 1 then '等' || cast(m.主体数 as text) || '个主体' else '' end
    || '经营，联农带农台账里没有带动任何农户的记录' as 问题,
  j.项目名称,
  m.经营主体,
  m.原值,
  j.资金来源,
  j.结算金额
from 主体 m
join projects j on j.项目编号 = m.项目编号
left join villages v on v.村代码 = coalesce(j.村代码, m.村代码)
left join 有带动 d on d.项目编号 = m.项目编号
where d.项目编号 is null
order by 村代码, 对象
