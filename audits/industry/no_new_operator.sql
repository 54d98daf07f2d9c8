-- title: 未培育家庭农场、合作社或示范主体
-- code: IND17
-- clause: 一(四)1
-- basis: 积极培育家庭农场、农民合作社等新型经营主体，加强示范创建
-- team: 产业发展专班
-- severity: 低
-- subject: villages
-- population: select count(*) from villages v where in_village(v.村代码)
-- cautions: 只看单位与经营主体台账；停业、注销、吊销的不算；评上示范的企业、车间也算示范主体；一家合作社带动几个村、登记在别的村的会误报；城镇化程度高、没有耕地的村可以没有。
-- remedy: 指导有条件的大户登记家庭农场、合作社，开展示范创建，登记单位与经营主体台账。
select
  v.村代码 as 对象,
  v.村代码,
  coalesce(v.村名, '村名不详') || '没有存续的家庭农场、农民合作社，也没有评上示范的经营主体' as 问题,
  v.村名
from villages v
where not exists (
    select 1
    from organisations o
    where o.村代码 = v.村代码
      and coalesce(o.状态, '存续') = '存续'
      and (o.类型 in ('农民专业合作社', '家庭农场') or o.示范等级 is not null)
  )
order by v.村代码, 对象
